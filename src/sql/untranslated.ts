import type { Span } from "../base/source.ts";
import type { AggregateCall, Call, Expr, Program, Rel } from "../plan/types.ts";
import { sketchMisuses } from "../plan/sketches.ts";
import { childrenOf, exprsOf, partsOf } from "../plan/walk.ts";
import { aggregateFunctions, scalarFunctions } from "./functions/index.ts";
import { mixedVersions } from "./versions.ts";

/** A function that a plan calls and the registry lacks, or has not with these arguments. */
export interface Untranslated {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

/** The calls in `program` that have no translation, in the order of the plan. */
export function untranslated(program: Program): readonly Untranslated[] {
  const missing: Untranslated[] = [];
  const visitExpr = (expr: Expr): void => {
    if (expr.kind === "call" || expr.kind === "aggregate") {
      const problem = problemOf(expr);
      // A function of several columns is called once for each of them, in one place.
      const said = missing.some(({ span }) => span.start === expr.span.start);
      if (problem !== undefined && !said) missing.push({ ...problem, span: expr.span });
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
  const message =
    "`parse_version` has no translation beside other decimals: its values are compared with one another alone";
  for (const span of mixedVersions(program)) missing.push({ span, message });
  for (const span of sketchMisuses(program)) {
    missing.push({
      span,
      message:
        "a value of `hll()` or `tdigest()` has no translation but in the functions that read it",
      hint: "`dcount_hll()` and `percentile_tdigest()` read them",
    });
  }
  return missing;
}

function problemOf(call: Call | AggregateCall): Omit<Untranslated, "span"> | undefined {
  const aggregate = call.kind === "aggregate";
  const table = aggregate ? aggregateFunctions : scalarFunctions;
  const row = Object.hasOwn(table, call.name) ? table[call.name] : undefined;
  const reason = row === undefined ? "has no translation" : row.refuse?.(call.args);
  if (reason === undefined) return undefined;
  // The one operator whose name in a plan is not KQL's spelling.
  const name = call.name === "unary-" ? "-" : call.name;
  const what = /^[a-z_]/.test(name) ? (aggregate ? "aggregate" : "function") : "operator";
  const hint = "docs/functions.md lists the ones that have";
  return { message: `${what} \`${name}\` ${reason}`, ...(row === undefined ? { hint } : {}) };
}
