import { nameOf, parameterOf, parameterText, present } from "../../../../kql/syntax.ts";
import { builderAt, type Builder } from "../../build.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { asRel, graphOf, joinOn, own, refuseGraph, type Graph } from "../../graphs/graph.ts";
import { idText } from "../../graphs/paths.ts";
import type { Lowering } from "../../lowering.ts";
import type { Expr, Rel } from "../../../ir/types.ts";

const [text, pairs, ids, found, component] = ["$text", "$pairs", "$ids", "$found", "$component"];

/** `graph-mark-components`: the graph, its nodes with the number of the component they are in. Kusto numbers components as it likes. */
export function planGraphMarkComponents(
  node: Kusto.Language.Syntax.GraphMarkComponentsOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const graph = graphOf(input, node, lowering);
  const kind = parameterText(node.Parameters, "kind") ?? "weak";
  if (kind !== "weak" && kind !== "strong") {
    return refuseGraph(
      { at: node, lowering },
      `components of kind \`${kind}\` have no translation`,
    );
  }
  const written = parameterOf(node.Parameters, "with_component_id");
  const name = written === undefined ? "ComponentId" : nameOf(present(written.Expression));
  if (graph.nodeProperties.some((each) => each.name === name)) {
    return refuseGraph({ at: node, lowering }, `the nodes have a property \`${name}\` already`, "name the component by `with_component_id`"); // oxfmt-ignore
  }
  const build = builderAt(lowering.span(node));
  const nodes = marked({ graph, name, strong: kind === "strong", build });
  return asRel({
    ...graph,
    nodes: lowering.bind("$nodes", nodes, { materialized: true }),
    nodeProperties: [...graph.nodeProperties, { name, type: "long" }],
  });
}

interface Marking {
  readonly graph: Graph;
  readonly name: string;
  readonly strong: boolean;
  readonly build: Builder;
}

/** The nodes with the number of their component in `name`. */
function marked({ graph, name, strong, build }: Marking): Rel {
  const { edges } = graph;
  const nodes = build.extend(graph.nodes, {
    [text]: idText(build.column(graph.nodes, own.node), build),
  });
  const list = (rel: Rel, column: string, element: Expr): Rel =>
    build.group(rel, {}, { [column]: build.aggregate("make_list", "dynamic", element) });
  const [source, target] = [own.source, own.target].map((end) => idText(build.column(edges, end), build)) as [Expr, Expr]; // oxfmt-ignore
  // A list of lists is one list.
  const whole = joinOn(
    {
      left: list(edges, pairs, build.call("pack_array", "dynamic", source, target)),
      right: list(nodes, ids, build.column(nodes, text)),
    },
    [],
    { [ids]: ids },
  );
  const isStrong: Expr = { kind: "literal", type: "bool", value: strong, span: whole.span };
  const answer = build.call("$graph-components", "dynamic", build.column(whole, pairs), build.column(whole, ids), isStrong); // oxfmt-ignore
  const spread = build.expand(whole, { name: found, expr: answer }, "dynamic");
  const element = (at: number): Expr => ({
    kind: "member",
    object: build.column(spread, found),
    key: build.long(at),
    type: "dynamic",
    span: whole.span,
  });
  const components = build.project(spread, {
    [text]: build.call("tostring", "string", element(0)),
    [component]: build.call("tolong", "long", element(1)),
  });
  const joined = joinOn({ left: nodes, right: components }, [[text, text]], { [component]: name });
  const kept = columnsOf(joined).filter((column) => column.name !== text);
  return build.project(joined, Object.fromEntries(kept.map((each) => [each.name, build.column(joined, each.name)]))); // oxfmt-ignore
}
