import { present } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { rowCount } from "../../row-count.ts";
import type { Rel } from "../../../ir/types.ts";

/** `sample`: any rows will do, so the first ones do. */
export function planSample(
  node: Kusto.Language.Syntax.SampleOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const count = rowCount(present(node.Expression), lowering);
  return { kind: "limit", input, count, keys: [], partitionBy: [], span: lowering.span(node) };
}

/** `sample-distinct`: some of the values that an expression has. */
export function planSampleDistinct(
  node: Kusto.Language.Syntax.SampleDistinctOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const expr = lowering.over(input).scalar(present(node.OfExpression));
  const name = boundColumns(node)[0]?.name ?? "";
  const distinct: Rel = { kind: "aggregate", input, keys: [{ name, expr }], items: [], span };
  const keys = columnsOf(distinct).map((column) => ({
    // Which values these are must not depend on how the database groups.
    expr: { kind: "column" as const, ...column, span },
    descending: false,
    nullsFirst: true,
  }));
  const count = rowCount(present(node.Expression), lowering);
  return { kind: "limit", input: distinct, count, keys, partitionBy: [], span };
}
