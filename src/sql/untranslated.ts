import type { Span } from "../base/source.ts";
import type { AggregateCall, Call, Expr, Program, Rel } from "../plan/types.ts";
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
      const message = problemOf(expr);
      // A function of several columns is called once for each of them, in one place.
      const said = missing.some(({ span }) => span.start === expr.span.start);
      if (message !== undefined && !said) missing.push({ span: expr.span, message });
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

function problemOf(call: Call | AggregateCall): string | undefined {
  const aggregate = call.kind === "aggregate";
  const table = aggregate ? aggregateFunctions : scalarFunctions;
  const row = Object.hasOwn(table, call.name) ? table[call.name] : undefined;
  const reason = row === undefined ? "has no translation" : row.refuse?.(call.args);
  return reason && `${aggregate ? "aggregate" : "function"} \`${call.name}\` ${reason}`;
}
