import { kindOf, present } from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { NotThreadable, threadKey } from "../../thread-key.ts";
import type { Rel } from "../../../ir/types.ts";
import { applySubquery } from "../columns/mv-apply.ts";

const keyName = "$partition";
const arrival: Column = { name: "$arrival", type: "long" };

/** `partition`: the subquery over the rows of each value of the key by themselves. The strategies give the same rows. */
export function planPartition(
  node: Kusto.Language.Syntax.PartitionOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const operand = present(node.Operand);
  if (kindOf(operand) !== "PartitionSubquery") {
    return lowering.refuse(operand, {
      code: "KT0244",
      message: "`partition` with a table of its own in braces has no translation",
      hint: "`join` with that table",
    });
  }
  const expr = lowering.over(input).scalar(present(node.ByExpression));
  const key: Column = { name: keyName, type: expr.type };
  const numbered: Rel = { kind: "number", input, column: arrival.name, span };
  const keyed: Rel = {
    kind: "extend",
    input: numbered,
    items: [{ name: key.name, expr }],
    span,
  };
  const source: Rel = { kind: "reference", name: keyName, columns: columnsOf(input), span };
  const { Subquery } = operand as Kusto.Language.Syntax.PartitionSubquery;
  const applied = applySubquery(present(Subquery), source, lowering);
  try {
    const { rel, order } = threadKey(applied, { source, keyed, key, arrival });
    const sorted: Rel = { kind: "sort", input: rel, keys: order, span };
    return { kind: "project", input: sorted, items: keep(columnsOf(applied), span), span };
  } catch (error) {
    if (!(error instanceof NotThreadable)) throw error;
    return lowering.refuse(operand, {
      code: "KT0244",
      message: `\`partition\` over ${error.message} has no translation`,
    });
  }
}
