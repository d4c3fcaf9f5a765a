import { textOf } from "../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";

/** Operators that give several tables, or an answer that no documentation defines. */
export function refuseOperator(
  node: Kusto.Language.Syntax.QueryOperator,
  _input: Rel,
  lowering: Lowering,
): never {
  const keyword = textOf(node).split(/\s/, 1)[0] ?? "";
  return lowering.refuse(node, {
    code: "KT0245",
    message: `operator \`${keyword}\` has no translation`,
    hint:
      keyword === "reduce"
        ? "`summarize` by what the texts have in common"
        : "write a query for each of its tables",
  });
}
