import type { Expression } from "../../kql/syntax.ts";
import type { Lowering } from "./lowering.ts";
import type { Expr } from "../ir/types.ts";

/** The number of rows that `take`, `top` and the like are to give. Refuses a negative constant, as Kusto does. */
export function rowCount(node: Expression, lowering: Lowering): Expr {
  const count = lowering.scalar(node);
  if (count.kind === "literal" && Number(count.value) < 0) {
    return lowering.refuse(node, {
      code: "KT0282",
      message: `invalid number of rows \`${count.value}\``,
      hint: "use 0 or more",
    });
  }
  return count;
}
