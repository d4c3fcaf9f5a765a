import type { Span } from "../base/source.ts";
import type { Expr, Program, Rel } from "../plan/types.ts";
import { childrenOf, exprsOf, partsOf } from "../plan/walk.ts";
import { aggregateFunctions, scalarFunctions } from "./functions/index.ts";

/** A function that a plan calls and the registry lacks, or has not with these arguments. */
export interface Untranslated {
  readonly span: Span;
  readonly message: string;
}

/** The calls in `program` that have no translation, in the order of the plan. */
export function untranslated(program: Program): readonly Untranslated[] {
  const missing: Untranslated[] = [];
  const visitExpr = (expr: Expr): void => {
    if (expr.kind === "call" || expr.kind === "aggregate") {
      const aggregate = expr.kind === "aggregate";
      const table = aggregate ? aggregateFunctions : scalarFunctions;
      const row = Object.hasOwn(table, expr.name) ? table[expr.name] : undefined;
      const called = `${aggregate ? "aggregate" : "function"} \`${expr.name}\``;
      const reason = row === undefined ? "has no translation" : row.refuse?.(expr.args);
      if (reason !== undefined) missing.push({ span: expr.span, message: `${called} ${reason}` });
    }
    if (expr.kind === "in-table" || expr.kind === "scalar-query") visit(expr.table);
    for (const part of partsOf(expr)) visitExpr(part);
  };
  const visit = (rel: Rel): void => {
    for (const child of childrenOf(rel)) visit(child);
    for (const expr of exprsOf(rel)) visitExpr(expr);
  };
  for (const { rel } of program.bindings) visit(rel);
  visit(program.body);
  return missing;
}
