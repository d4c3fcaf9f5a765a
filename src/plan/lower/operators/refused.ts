import { textOf } from "../../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../../ir/types.ts";

/** How one operator, with the table before its pipe, becomes a plan. */
export type PlanOperator = (
  node: Kusto.Language.Syntax.QueryOperator,
  input: Rel,
  lowering: Lowering,
) => Rel;

function refusing(code: string, hint: string): PlanOperator {
  return (node, _input, lowering) => {
    const keyword = textOf(node).split(/\s/, 1)[0] ?? "";
    return lowering.refuse(node, {
      code,
      message: `operator \`${keyword}\` has no translation`,
      hint,
    });
  };
}

/** Operators that give several tables. */
export const refuseTables: PlanOperator = refusing(
  "KT0245",
  "write a query for each of its tables",
);

/** `reduce`: no documentation defines its answer. */
export const refuseReduce: PlanOperator = refusing(
  "KT0245",
  "`summarize` by what the texts have in common, cut out with `replace_regex()`: the algorithm is not published",
);
