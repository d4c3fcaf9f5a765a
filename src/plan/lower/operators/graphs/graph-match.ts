import { parameterText, type Expression } from "../../../../kql/syntax.ts";
import { graphOf, refuseGraph } from "../../graphs/graph.ts";
import { matchesOf } from "../../graphs/match.ts";
import type { Cycles } from "../../graphs/paths.ts";
import { readPattern, type Pattern } from "../../graphs/pattern.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

/** `graph-match`: a row for each way in which the pattern is found in the graph. */
export function planGraphMatch(
  node: Kusto.Language.Syntax.GraphMatchOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const graph = graphOf(input, node, lowering);
  const pattern = readPattern(node.Patterns, lowering);
  const cycles = cyclesOf(node, pattern, lowering);
  const { rel, items } = matchesOf(node, { graph, pattern, cycles, lowering });
  return { kind: "project", input: rel, items, span: lowering.span(node) };
}

function cyclesOf(
  node: Kusto.Language.Syntax.GraphMatchOperator & Expression,
  pattern: Pattern,
  lowering: Lowering,
): Cycles {
  const written = parameterText(node.Parameters, "cycles") ?? "unique_edges";
  if (written !== "all" && written !== "none" && written !== "unique_edges") {
    return refuseGraph({ at: node, lowering }, `\`cycles=${written}\` has no translation`);
  }
  // Whether branches that meet in a node are a cycle is not documented.
  const branches = pattern.sequences > 1 || pattern.nodes.length !== pattern.edges.length + 1;
  // Of two edges in a row that both stand for none, all three nodes are one.
  const nothings = pattern.edges.filter(({ range }) => range?.from === 0).length;
  if (written === "none" && (branches || nothings > 1)) {
    return refuseGraph({ at: node, lowering }, "`cycles=none` of a pattern that is no single path, or with several edges of length 0, has no translation", "compare the ids of its nodes in `where`"); // oxfmt-ignore
  }
  return written;
}
