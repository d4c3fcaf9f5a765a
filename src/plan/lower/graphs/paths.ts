import { builderAt, type Builder, type Items } from "../build.ts";
import { columnsOf } from "../../ir/columns.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { answerNames, type PathValue } from "./graph-functions.ts";
import { all, joinOn, own, type Graph } from "./graph.ts";
import type { Direction, PatternEdge } from "./pattern.ts";

/** Which paths that come back to where they were are taken; `shortest` takes none that is longer than another between the same nodes. */
export type Cycles = "all" | "none" | "unique_edges" | "shortest";

/** The columns of paths: where they begin and end, the numbers of their edges, and the nodes that they pass. */
export const path = { from: "$from", to: "$to", edges: "$edges", passed: "$passed" } as const;

/** The edges of `graph` as a pattern's edge goes along them: with `$from` and `$to` from its left to its right. */
export function orientedEdges(graph: Graph, direction: Direction): Rel {
  const build = builderAt(graph.edges.span);
  const turned = (from: string, to: string, edges: Rel): Rel =>
    build.project(edges, {
      ...keeping(edges, [own.edge, ...graph.edgeProperties.map(({ name }) => name)], build),
      [path.from]: build.column(edges, from),
      [path.to]: build.column(edges, to),
    });
  const there = turned(own.source, own.target, graph.edges);
  const back = turned(own.target, own.source, graph.edges);
  if (direction !== "any") return direction === "right" ? there : back;
  const loop = build.call("==", "bool", build.column(there, path.from), build.column(there, path.to)); // oxfmt-ignore
  const text = build.text(
    "how often an edge from a node to itself matches an edge of any direction",
  );
  const checked = build.filter(there, build.call("$clear-cut", "bool", loop, text));
  return { kind: "union", inputs: [checked, back], span: there.span };
}

function keeping(rel: Rel, names: readonly string[], build: Builder): Items {
  return Object.fromEntries(names.map((name) => [name, build.column(rel, name)]));
}

interface Site {
  readonly graph: Graph;
  readonly values: readonly PathValue[];
  readonly cycles: Cycles;
  readonly lowering: Lowering;
}

/** The paths that an edge of variable length stands for, in a table of their own. */
export function pathsOf(edge: PatternEdge, site: Site): Rel {
  const { graph, cycles, lowering } = site;
  const values = site.values.filter((value) => value.edge === edge.name);
  const build = builderAt(graph.edges.span);
  const steps = lowering.bind("$steps", stepsOf(edge, { ...site, values }, build), { materialized: true }); // oxfmt-ignore
  const inner = values.some(({ over }) => over === "nodes")
    ? lowering.bind("$inner", innerOf({ ...site, values }, build), { materialized: true })
    : undefined;
  const { from = 1, to = 1 } = edge.range ?? {};
  const lengths: Rel[] = from === 0 ? [noSteps(graph, values, build)] : [];
  let longer: Rel | undefined;
  for (let length = 1; length <= to; length++) {
    const next: Rel =
      longer === undefined
        ? firstStep(steps, values, { cycles, build })
        : nextStep(longer, { steps, inner, values, cycles, build });
    const fresh = cycles === "shortest" ? unreached(next, lengths) : next;
    longer = lowering.bind("$paths", fresh, { materialized: true });
    if (length >= from) lengths.push(longer);
  }
  const [only] = lengths;
  return lengths.length === 1 && only !== undefined
    ? only
    : { kind: "union", inputs: lengths, span: steps.span };
}

/** `paths` but those between nodes that a path of `shorter` connects. */
function unreached(paths: Rel, shorter: readonly Rel[]): Rel {
  const ends = [
    [path.from, path.from],
    [path.to, path.to],
  ] as const;
  return shorter.reduce(
    (rest, each) => joinOn({ left: rest, right: each, join: "leftanti" }, ends, {}),
    paths,
  );
}

/** The value of `expr` at one step. */
function atStep({ kind }: PathValue, expr: Expr, build: Builder): Expr {
  if (kind === "map") return build.call("pack_array", "dynamic", expr);
  const no: Expr = { kind: "literal", type: "bool", value: false, span: expr.span };
  return build.call("coalesce", "bool", expr, no);
}

/** The edges, with what is computed on each. */
function stepsOf(edge: PatternEdge, { graph, values, lowering }: Site, build: Builder): Rel {
  const edges = orientedEdges(graph, edge.direction);
  return evaluated(edges, { values, over: "edges", lowering, build });
}

/** The nodes between edges, with what is computed on each. */
function innerOf({ graph, values, lowering }: Site, build: Builder): Rel {
  return evaluated(graph.nodes, { values, over: "nodes", lowering, build });
}

function evaluated(
  rel: Rel,
  {
    values,
    over,
    lowering,
    build,
  }: { values: readonly PathValue[]; over: PathValue["over"]; lowering: Lowering; build: Builder },
): Rel {
  const row = lowering.over(rel);
  const mine = values.filter((value) => value.over === over);
  for (const { expression } of mine) answerNames(expression, columnsOf(rel), lowering);
  const items = mine.map(
    (value) => [value.column, atStep(value, row.scalar(value.expression), build)] as const,
  );
  const extended = build.extend(rel, Object.fromEntries(items));
  const needed = mine
    .filter(({ kind, required }) => kind === "all" && required)
    .map(({ column }) => build.column(extended, column));
  const where = all(needed);
  const filtered = where === undefined ? extended : build.filter(extended, where);
  const names = [own.edge, own.node, path.from, path.to, ...mine.map(({ column }) => column)];
  const has = new Set(columnsOf(filtered).map(({ name }) => name));
  return build.project(filtered, keeping(filtered, names.filter((name) => has.has(name)), build)); // oxfmt-ignore
}

/** What a path has before its first edge, or between edges before its second. */
function nothingYet({ kind }: PathValue, build: Builder): Expr {
  const { span } = build.long(0);
  if (kind === "map") return { kind: "literal", type: "dynamic", value: "[]", span };
  return { kind: "literal", type: "bool", value: kind === "all", span };
}

function empty(build: Builder): Expr {
  return { kind: "literal", type: "dynamic", value: "[]", span: build.long(0).span };
}

function noSteps(graph: Graph, values: readonly PathValue[], build: Builder): Rel {
  const id = build.column(graph.nodes, own.node);
  return build.project(graph.nodes, {
    [path.from]: id,
    [path.to]: id,
    [path.edges]: empty(build),
    [path.passed]: empty(build),
    ...Object.fromEntries(values.map((value) => [value.column, nothingYet(value, build)])),
  });
}

interface Step {
  readonly cycles: Cycles;
  readonly build: Builder;
}

/** An id as an element of a list: texts of equal ids are equal, those of others are not. */
export function idText(id: Expr, build: Builder): Expr {
  return id.type === "string" ? id : build.call("tostring", "string", id);
}

function listOf(build: Builder, value: Expr): Expr {
  return build.call("pack_array", "dynamic", value);
}

function firstStep(steps: Rel, values: readonly PathValue[], { cycles, build }: Step): Rel {
  const [from, to] = [path.from, path.to].map((name) => build.column(steps, name)) as [Expr, Expr];
  const whole =
    cycles === "none" || cycles === "shortest"
      ? build.filter(steps, build.call("!=", "bool", from, to))
      : steps;
  return build.project(whole, {
    [path.from]: from,
    [path.to]: to,
    [path.edges]: listOf(build, build.column(steps, own.edge)),
    [path.passed]: empty(build),
    ...Object.fromEntries(
      values.map((value) => [
        value.column,
        value.over === "edges" ? build.column(steps, value.column) : nothingYet(value, build),
      ]),
    ),
  });
}

interface NextStep extends Step {
  readonly steps: Rel;
  readonly inner: Rel | undefined;
  readonly values: readonly PathValue[];
}

/** The paths that are one edge longer than those of `shorter`. */
function nextStep(shorter: Rel, { steps, inner, values, cycles, build }: NextStep): Rel {
  const step = (name: string): string => `$step ${name}`;
  const ofEdges = values.filter(({ over }) => over === "edges").map(({ column }) => column);
  const ofNodes = values.filter(({ over }) => over === "nodes").map(({ column }) => column);
  const renamed = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, step(name)]));
  const along = joinOn({ left: shorter, right: steps }, [[path.to, path.from]], renamed([path.to, own.edge, ...ofEdges])); // oxfmt-ignore
  const joined =
    inner === undefined
      ? along
      : joinOn({ left: along, right: inner }, [[path.to, own.node]], renamed(ofNodes));
  const column = (name: string): Expr => build.column(joined, name);
  const longer = (name: string, added: Expr): Expr =>
    build.call("array_concat", "dynamic", column(name), listOf(build, added));
  const [edge, to] = [column(step(own.edge)), column(step(path.to))];
  const passed = longer(path.passed, idText(column(path.to), build));
  const away = (end: string): Expr => build.call("!=", "bool", to, column(end));
  const wheres: Readonly<Record<Cycles, () => Expr | undefined>> = {
    all: () => undefined,
    none: () => all([away(path.from), away(path.to), lacks(build, column(path.passed), idText(to, build))]), // oxfmt-ignore
    unique_edges: () => lacks(build, column(path.edges), edge),
    // That it comes to no node twice follows from how short it is.
    shortest: () => away(path.from),
  };
  const where = wheres[cycles]();
  const kept = where === undefined ? joined : build.filter(joined, where);
  const combined = values.map((value) => {
    const [before, added] = [column(value.column), column(step(value.column))];
    return [value.column, combine(value, [before, added], build)] as const;
  });
  return build.project(kept, {
    [path.from]: column(path.from),
    [path.to]: to,
    [path.edges]: longer(path.edges, edge),
    [path.passed]: passed,
    ...Object.fromEntries(combined),
  });
}

function combine(
  { kind }: PathValue,
  parts: readonly [before: Expr, added: Expr],
  build: Builder,
): Expr {
  if (kind === "map") return build.call("array_concat", "dynamic", ...parts);
  return { kind: kind === "all" ? "and" : "or", items: parts, type: "bool", span: parts[0].span }; // oxfmt-ignore
}

/** True where `list` has no `element`. */
export function lacks(build: Builder, list: Expr, element: Expr): Expr {
  return build.call("not", "bool", build.call("set_has_element", "bool", list, element));
}
