import {
  elementsOf,
  kindOf,
  present,
  type Expression,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import { builderAt, type Builder } from "../build.ts";
import { columnsOf } from "../../ir/columns.ts";
import { boundColumns, isTuple, itemExpr } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Item, Rel } from "../../ir/types.ts";
import { elementColumn, readCalls, type GraphCalls } from "./graph-functions.ts";
import { all, joinOn, own, refuseGraph, type Graph } from "./graph.ts";
import { idText, lacks, orientedEdges, path, pathsOf, type Cycles } from "./paths.ts";
import type { Pattern, PatternEdge } from "./pattern.ts";

/** The clauses of `graph-match` and `graph-shortest-paths`. */
export interface MatchNode extends SyntaxNode {
  readonly WhereClause: Kusto.Language.Syntax.WhereClause | null;
  readonly ProjectClause: Kusto.Language.Syntax.ProjectClause | null;
}

/** The matches of a pattern: a row for each, with the columns of its elements. */
export interface Matches {
  readonly rel: Rel;
  readonly items: readonly Item[];
  readonly calls: GraphCalls;
}

interface Site {
  readonly node: MatchNode;
  readonly graph: Graph;
  readonly pattern: Pattern;
  readonly cycles: Cycles;
  readonly calls: GraphCalls;
  readonly lowering: Lowering;
  readonly build: Builder;
}

/** The rows that match, and what the operator projects of them. */
export function matchesOf(
  node: MatchNode,
  { graph, pattern, cycles, lowering }: Omit<Site, "node" | "calls" | "build">,
): Matches {
  const build = builderAt(lowering.span(node));
  if (node.ProjectClause === null) {
    refuseGraph({ at: node, lowering }, "a pattern without `project` gives a graph, which has no translation", "`project` properties"); // oxfmt-ignore
  }
  const where = node.WhereClause?.Condition ?? undefined;
  const project = elementsOf(node.ProjectClause.Expressions);
  const calls = readCalls({ where, project }, pattern, lowering);
  const site: Site = { node, graph, pattern, cycles, calls, lowering, build };
  const { rel, crossing } = joined(site);
  const row = lowering.over(rel);
  const condition = where === undefined ? undefined : row.scalar(where);
  const filtered = condition === undefined ? rel : build.filter(rel, condition);
  const checked = crossing === undefined ? filtered : uncrossed(filtered, { crossing, condition, build }); // oxfmt-ignore
  return { rel: checked, items: itemsOf(node.ProjectClause, project, row), calls };
}

/** Stops the query where one edge would stand for two of different sequences: whether it may is not documented. */
function uncrossed(
  rel: Rel,
  { crossing, condition, build }: { crossing: Expr; condition: Expr | undefined; build: Builder },
): Rel {
  const text = build.text("whether an edge may be part of two sequences of a pattern");
  // Of rows that are left out it is no question, and the database may ask it of them first.
  const asked = condition === undefined ? crossing : all([condition, crossing]);
  return build.filter(rel, build.call("$clear-cut", "bool", asked ?? crossing, text));
}

function itemsOf(
  clause: Kusto.Language.Syntax.ProjectClause,
  project: readonly Expression[],
  row: Lowering,
): readonly Item[] {
  const operator = clause.Parent as unknown as Expression;
  const names = boundColumns(operator).map(({ name }) => name);
  return project.map((node, at) => {
    if (isElement(node)) {
      refuseGraph({ at: node, lowering: row }, "a node or an edge as a whole has no translation", "`project` its properties"); // oxfmt-ignore
    }
    return { name: present(names[at]), expr: itemExpr(node, row) };
  });
}

/** True for a node or an edge of the pattern, whatever name it is given. */
function isElement(node: Expression): boolean {
  const named = kindOf(node) === "SimpleNamedExpression";
  const bare = named ? present((node as Kusto.Language.Syntax.SimpleNamedExpression).Expression) : node; // oxfmt-ignore
  return kindOf(bare) === "NameReference" && isTuple(bare);
}

/** The pattern as joins: each edge to a node that is there already, and the node at its other end. */
function joined(site: Site): { readonly rel: Rel; readonly crossing: Expr | undefined } {
  const { pattern, lowering } = site;
  const [first] = pattern.nodes;
  const nodes = nodesOf(site);
  let rel = firstNode(present(first), { nodes, site });
  const known = new Set([present(first)]);
  const waiting = [...pattern.edges];
  const done: PatternEdge[] = [];
  const crossing: Expr[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ left, right }) => known.has(left) || known.has(right));
    const [edge] = waiting.splice(Math.max(at, 0), 1);
    if (at < 0 || edge === undefined) {
      return refuseGraph({ at: present(waiting[0] ?? edge).node, lowering }, "a pattern of parts that share no node has no translation", "connect the sequences by a node"); // oxfmt-ignore
    }
    rel = withEdge(rel, edge, { known, nodes, site });
    const repeats = done.map((other) => [other, sameEdge(rel, [edge, other], site)] as const);
    if (site.cycles === "unique_edges") {
      const unique = repeats
        .filter(([other]) => other.sequence === edge.sequence)
        .map(([, same]) => site.build.call("not", "bool", same));
      const where = all(unique);
      if (where !== undefined) rel = site.build.filter(rel, where);
      crossing.push(...repeats.filter(([other]) => other.sequence !== edge.sequence).map(([, same]) => same)); // oxfmt-ignore
    }
    done.push(edge);
  }
  const open = pattern.nodes.find((name) => !known.has(name));
  if (open !== undefined) {
    refuseGraph({ at: site.node, lowering }, "a pattern of parts that share no node has no translation", "connect the sequences by a node"); // oxfmt-ignore
  }
  if (site.cycles === "none") rel = withoutCycles(rel, site);
  const [one] = crossing;
  const any: Expr | undefined =
    one === undefined || crossing.length === 1
      ? one
      : { kind: "or", items: crossing, type: "bool", span: one.span };
  return { rel, crossing: any };
}

interface Nodes {
  readonly nodes: Rel;
  readonly site: Site;
}

/** The nodes; where they are asked for, with their degrees. */
function nodesOf({ graph, calls, lowering, build }: Site): Rel {
  if (!calls.degrees) return graph.nodes;
  const degrees = [
    ["$node_degree_in", own.target],
    ["$node_degree_out", own.source],
  ] as const;
  let rel: Rel = graph.nodes;
  for (const [name, end] of degrees) {
    const counted = build.group(
      graph.edges,
      { [own.node]: build.column(graph.edges, end) },
      { [name]: build.aggregate("count", "long") },
    );
    const all = joinOn({ left: rel, right: counted, join: "leftouter" }, [[own.node, own.node]], {
      [name]: name,
    });
    const count = build.call("coalesce", "long", build.column(all, name), build.long(0));
    rel = build.extend(all, { [name]: count });
  }
  return lowering.bind("$degrees", rel, { materialized: true });
}

/** The nodes as the node `name` of the pattern, from which the others are reached. */
function firstNode(name: string, { nodes, site: { build } }: Nodes): Rel {
  const items = columnsOf(nodes).map((column) => [
    elementColumn(name, column.name),
    build.column(nodes, column.name),
  ]);
  return build.project(nodes, Object.fromEntries(items));
}

/** `rel` with the columns of the node `name`, whose id is in the column `from`. */
function withNode(
  rel: Rel,
  { name, from }: { readonly name: string; readonly from: string },
  nodes: Rel,
): Rel {
  const names = columnsOf(nodes).map((column) => column.name);
  const rename = Object.fromEntries(names.map((each) => [each, elementColumn(name, each)]));
  return joinOn({ left: rel, right: nodes }, [[from, own.node]], rename);
}

function withEdge(
  rel: Rel,
  edge: PatternEdge,
  { known, nodes, site }: Nodes & { readonly known: Set<string> },
): Rel {
  const { graph, calls, cycles, lowering } = site;
  const table =
    edge.range === undefined
      ? orientedEdges(graph, edge.direction)
      : pathsOf(edge, { graph, values: calls.paths, cycles, lowering });
  const rename = Object.fromEntries(
    columnsOf(table).map(({ name }) => [
      name,
      name.startsWith("$path ") ? name : elementColumn(edge.name, name),
    ]),
  );
  const begins = known.has(edge.left);
  const id = (node: string): string => elementColumn(node, own.node);
  const keys: (readonly [string, string])[] = [];
  if (begins) keys.push([id(edge.left), path.from]);
  if (known.has(edge.right)) keys.push([id(edge.right), path.to]);
  const along = joinOn({ left: rel, right: table }, keys, rename);
  if (keys.length === 2) return along;
  const [name, end] = begins ? [edge.right, path.to] : [edge.left, path.from];
  known.add(name);
  return withNode(along, { name, from: elementColumn(edge.name, end) }, nodes);
}

/** True where two edges of a pattern have an edge of the graph in common. */
function sameEdge(rel: Rel, [a, b]: readonly [PatternEdge, PatternEdge], { build }: Site): Expr {
  const numbers = ({ name, range }: PatternEdge): Expr =>
    build.column(rel, elementColumn(name, range === undefined ? own.edge : path.edges));
  const [one, other] = [numbers(a), numbers(b)];
  if (a.range === undefined && b.range === undefined) return build.call("==", "bool", one, other);
  if (a.range === undefined) return build.call("set_has_element", "bool", other, one);
  if (b.range === undefined) return build.call("set_has_element", "bool", one, other);
  const common = build.call("set_intersect", "dynamic", one, other);
  const count = build.call("array_length", "long", common);
  return build.call(">", "bool", count, build.long(0));
}

/** The matches that come to no node twice. */
function withoutCycles(rel: Rel, { pattern, build }: Site): Rel {
  const conditions: Expr[] = [];
  const id = (name: string): Expr => build.column(rel, elementColumn(name, own.node));
  const passed = (edge: PatternEdge): Expr =>
    build.column(rel, elementColumn(edge.name, path.passed));
  const varying = pattern.edges.filter(({ range }) => range !== undefined);
  const joinedByNothing = (a: string, b: string): boolean =>
    pattern.edges.some(
      ({ left, right, range }) =>
        range?.from === 0 && ((left === a && right === b) || (left === b && right === a)),
    );
  for (const [at, name] of pattern.nodes.entries()) {
    for (const other of pattern.nodes.slice(at + 1)) {
      // A path of no edges has one node, whatever both ends are called; longer ones are without cycles by themselves.
      if (!joinedByNothing(name, other)) conditions.push(build.call("!=", "bool", id(name), id(other))); // oxfmt-ignore
    }
    for (const edge of varying) {
      if (edge.left === name || edge.right === name) continue;
      conditions.push(lacks(build, passed(edge), idText(id(name), build)));
    }
  }
  for (const [at, edge] of varying.entries()) {
    for (const other of varying.slice(at + 1)) {
      const common = build.call("set_intersect", "dynamic", passed(edge), passed(other));
      const count = build.call("array_length", "long", common);
      conditions.push(build.call("==", "bool", count, build.long(0)));
    }
  }
  const where = all(conditions);
  return where === undefined ? rel : build.filter(rel, where);
}
