import type { Expr } from "../../plan/ir/types.ts";

/** The text of a literal; undefined where `expr` is none. */
export function literalText(expr: Expr | undefined): string | undefined {
  return expr?.kind === "literal" && expr.type === "string" ? String(expr.value) : undefined;
}

/** The number of a literal; undefined where `expr` is none. */
export function literalNumber(expr: Expr | undefined): number | undefined {
  if (expr?.kind !== "literal" || expr.value === null) return undefined;
  if (typeof expr.value === "number") return expr.value;
  const isNumber = expr.type === "int" || expr.type === "long" || expr.type === "decimal";
  return isNumber ? Number(expr.value) : undefined;
}
