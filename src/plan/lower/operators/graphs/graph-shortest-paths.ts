import { parameterText } from "../../../../kql/syntax.ts";
import { builderAt, type Builder } from "../../build.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { elementColumn } from "../../graphs/graph-functions.ts";
import { graphOf, joinOn, own, refuseGraph } from "../../graphs/graph.ts";
import { matchesOf } from "../../graphs/match.ts";
import { readPattern } from "../../graphs/pattern.ts";
import type { Lowering } from "../../lowering.ts";
import type { Item, Rel } from "../../../ir/types.ts";

const [from, to, count] = ["$first", "$last", "$rows"];

/** `graph-shortest-paths`: for each two nodes that match, the paths between them of which none is shorter. */
export function planGraphShortestPaths(
  node: Kusto.Language.Syntax.GraphShortestPathsOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const graph = graphOf(input, node, lowering);
  const pattern = readPattern(node.Patterns, lowering);
  const [edge, ...others] = pattern.edges;
  if (
    edge === undefined ||
    others.length > 0 ||
    edge.left === edge.right ||
    edge.range?.from !== 1
  ) {
    return refuseGraph({ at: node, lowering }, "`graph-shortest-paths` has a translation for one edge of variable length from 1 on, between two nodes", "write the pattern as `(a)-[e*1..5]->(b)`"); // oxfmt-ignore
  }
  const { rel, items, calls } = matchesOf(node, { graph, pattern, cycles: "shortest", lowering });
  const open = calls.paths.some(
    ({ clause, kind, required }) => clause === "where" && !(kind === "all" && required),
  );
  if (open) {
    return refuseGraph({ at: node, lowering }, "whether such a condition is asked of all paths or of the shortest ones is not documented", "write it as `all(…)`, joined by `and`"); // oxfmt-ignore
  }
  const build = builderAt(lowering.span(node));
  const output = parameterText(node.Parameters, "output") ?? "any";
  const ends: readonly Item[] = [
    { name: from, expr: build.column(rel, elementColumn(edge.left, own.node)) },
    { name: to, expr: build.column(rel, elementColumn(edge.right, own.node)) },
  ];
  const span = lowering.span(node);
  if (output === "all") return { kind: "project", input: rel, items, span };
  const rows: Rel = { kind: "project", input: rel, items: [...ends, ...items], span };
  return onlyOnes(rows, items, build);
}

/** A row for each two nodes. Where paths of one length have different rows, Kusto takes any: such a query is stopped. */
function onlyOnes(rows: Rel, items: readonly Item[], build: Builder): Rel {
  const columns = (rel: Rel, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, build.column(rel, name)]));
  const distinct = build.group(rows, columns(rows, columnsOf(rows).map(({ name }) => name)), {}); // oxfmt-ignore
  const counted = build.group(distinct, columns(distinct, [from, to]), {
    [count]: build.aggregate("count", "long"),
  });
  const both = joinOn({ left: distinct, right: counted }, [[from, from], [to, to]], { [count]: count }); // oxfmt-ignore
  const several = build.call(">", "bool", build.column(both, count), build.long(1));
  const text = build.text("which of several shortest paths `graph-shortest-paths` takes");
  const checked = build.filter(both, build.call("$clear-cut", "bool", several, text));
  return build.project(checked, columns(checked, items.map(({ name }) => name))); // oxfmt-ignore
}
