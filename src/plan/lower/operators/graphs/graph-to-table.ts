import {
  elementsOf,
  listOf,
  present,
  textOf,
  type NamedParameter,
} from "../../../../kql/syntax.ts";
import { graphOf, refuseGraph } from "../../graphs/graph.ts";
import { keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

/** `graph-to-table`: the properties of the nodes, or of the edges. */
export function planGraphToTable(
  node: Kusto.Language.Syntax.GraphToTableOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const graph = graphOf(input, node, lowering);
  const outputs = elementsOf<Kusto.Language.Syntax.GraphToTableOutputClause>(node.OutputClause);
  const [output] = outputs;
  const clause = present(output);
  if (outputs.length > 1 || clause.AsClause !== null) {
    return refuseGraph({ at: node, lowering }, "`graph-to-table` with named tables has no translation", "write a query for each of its tables"); // oxfmt-ignore
  }
  const [hash] = listOf<NamedParameter>(clause.Parameters);
  if (hash !== undefined) {
    return refuseGraph({ at: hash, lowering }, "the hash of a node is not documented", "leave it out, and use the column of its id"); // oxfmt-ignore
  }
  const [rel, columns] =
    textOf(present(clause.EntityKeyword)) === "nodes"
      ? [graph.nodes, graph.nodeProperties]
      : [graph.edges, graph.edgeProperties];
  const span = lowering.span(node);
  return { kind: "project", input: rel, items: keep(columns, span), span };
}
