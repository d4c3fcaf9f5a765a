import type { SyntaxNode } from "../../../kql/syntax.ts";
import type { Column, KqlType } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Join, JoinColumn, Rel } from "../../ir/types.ts";

/** Columns of a graph's tables beside the properties; no query can name them. */
export const own = { edge: "$edge", source: "$source", target: "$target", node: "$node" } as const;

/** A graph as two tables. */
export interface Graph {
  /** The properties, the edge's number, and the ids of the nodes it leads from and to. */
  readonly edges: Rel;
  /** The properties and the id; one row for each id that an edge or a table of nodes has. */
  readonly nodes: Rel;
  readonly edgeProperties: readonly Column[];
  readonly nodeProperties: readonly Column[];
  readonly idType: KqlType;
}

/** A graph is no relation: an operator that gives one gives the table of its edges, and this says what it stands for. */
const known = new WeakMap<Rel, Graph>();

/** The relation that stands for `graph` from one operator to the next. */
export function asRel(graph: Graph): Rel {
  // A copy, as the same edges may belong to graphs of different nodes.
  const rel: Rel = { ...graph.edges };
  known.set(rel, graph);
  return rel;
}

/** The graph that `rel` stands for. */
export function graphOf(rel: Rel, node: SyntaxNode, lowering: Lowering): Graph {
  return known.get(rel) ?? refuseGraph({ at: node, lowering }, "a graph that `make-graph` has not made has no translation"); // oxfmt-ignore
}

/** True where `rel` stands for a graph. */
export function isGraphRel(rel: Rel): boolean {
  return known.has(rel);
}

export function refuseGraph(
  { at, lowering }: { readonly at: SyntaxNode; readonly lowering: Lowering },
  message: string,
  hint = "`join` the edges with each other",
): never {
  return lowering.refuse(at, { code: "KT0266", message, hint });
}

interface Sides {
  readonly left: Rel;
  readonly right: Rel;
  /** Default `inner`. */
  readonly join?: Join["join"];
}

/** Which columns of either side a join gives, and under which names: all of the left, and of the right what `right` says. */
export function joinOn(
  { left, right, join = "inner" }: Sides,
  on: readonly (readonly [string, string])[],
  rename: Readonly<Record<string, string>>,
): Join {
  const taken: JoinColumn[] = columnsOf(left).map((each) => ({
    ...each,
    side: "left",
    column: each.name,
  }));
  const added = columnsOf(right).flatMap((each): JoinColumn[] => {
    const name = rename[each.name];
    return name === undefined ? [] : [{ ...each, name, side: "right", column: each.name }];
  });
  return {
    kind: "join",
    join,
    left,
    right,
    on: on.map(([mine, theirs]) => ({ left: mine, right: theirs, nullsMatch: false })),
    columns: join === "leftsemi" || join === "leftanti" ? taken : [...taken, ...added],
    span: left.span,
  };
}

/** What `items` make of all, as one condition. */
export function all(items: readonly Expr[]): Expr | undefined {
  const [first, ...rest] = items;
  if (first === undefined || rest.length === 0) return first;
  return { kind: "and", items, type: "bool", span: first.span };
}
