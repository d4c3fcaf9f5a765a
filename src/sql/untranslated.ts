import type { Span } from "../base/source.ts";
import type { AggregateCall, Call, Expr, InTable, Program, Rel } from "../plan/ir/types.ts";
import { sketchMisuses } from "../plan/ir/sketch-misuses.ts";
import { childrenOf, exprsOf, partsOf } from "../plan/ir/walk.ts";
import { RefusedCall } from "./expressions/args.ts";
import { fill } from "./expressions/expression.ts";
import { aggregateFunctions, scalarFunctions } from "./functions/index.ts";
import { inTableSql } from "./expressions/in-table.ts";
import type { SqlArg, SqlCall, SqlContext } from "./types.ts";
import { mixedVersions } from "./versions.ts";

/** Functions whose algorithm no documentation gives in full, each with what to do instead. */
const unpublished: Readonly<Record<string, string>> = {
  hash_combine: "use `hash(strcat(…))`: its algorithm is not published",
  series_fit_2lines:
    "use `series_fit_line()` for each part: where Kusto splits a series is not fully documented",
  series_fit_2lines_dynamic:
    "use `series_fit_line_dynamic()` for each part: where Kusto splits a series is not fully documented",
  series_periods_detect:
    "use `series_seasonal()` with a known period: how periods are scored is not published",
  series_periods_validate:
    "use `series_seasonal()` with a known period: how periods are scored is not published",
};

/** A call in a plan that the registry lacks (KT0220), or does not support with these arguments (KT0221). */
export interface Untranslated {
  readonly code: "KT0220" | "KT0221";
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

/** Returns the calls in `program` that are not supported, in the order of the plan. If there are none, its SQL can be made. */
export function untranslated(program: Program): readonly Untranslated[] {
  const missing: Untranslated[] = [];
  const visitExpr = (expr: Expr): void => {
    if (expr.kind === "call" || expr.kind === "aggregate" || expr.kind === "in-table") {
      const problem = expr.kind === "in-table" ? problemOfTable(expr) : problemOf(expr);
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
  for (const span of mixedVersions(program)) missing.push({ code: "KT0220", span, message });
  for (const span of sketchMisuses(program)) {
    missing.push({
      code: "KT0220",
      span,
      message:
        "a value of `hll()` or `tdigest()` has no translation but in the functions that read it",
      hint: "`dcount_hll()` and `percentile_tdigest()` read them",
    });
  }
  return missing;
}

type Problem = Omit<Untranslated, "span">;

function problemOf(call: Call | AggregateCall): Problem | undefined {
  const aggregate = call.kind === "aggregate";
  const table = aggregate ? aggregateFunctions : scalarFunctions;
  const row = Object.hasOwn(table, call.name) ? table[call.name] : undefined;
  const reason = row === undefined ? "has no translation" : row.refuse?.(call.args);
  if (reason === undefined) {
    return row === undefined ? undefined : refusalOf(() => fill(row, trialCall(call)));
  }
  // The one operator whose name in a plan is not KQL's spelling.
  const name = call.name === "unary-" ? "-" : call.name;
  const what = /^[a-z_]/.test(name) ? (aggregate ? "aggregate" : "function") : "operator";
  const hint = unpublished[call.name] ?? "docs/functions.md lists the ones that have";
  const message = `${what} \`${name}\` ${reason}`;
  return { code: "KT0220", message, ...(row === undefined ? { hint } : {}) };
}

function problemOfTable(expr: InTable): Problem | undefined {
  const operand = trialArg(expr.operand);
  return refusalOf(() => inTableSql(expr, { operand, column: placeholder, from: placeholder }));
}

/** Runs one translation by itself. What it rejects depends on literals and types, not on the SQL of its arguments. */
function refusalOf(translate: () => string): Problem | undefined {
  try {
    translate();
    return undefined;
  } catch (error) {
    if (error instanceof RefusedCall) return { code: "KT0221", message: error.message };
    throw error;
  }
}

const placeholder = "kql_argument";

function trialArg(expr: Expr): SqlArg {
  return { sql: placeholder, type: expr.type, expr };
}

function trialCall({ name, args, type, span }: Call | AggregateCall): SqlCall {
  return { name, args: args.map(trialArg), type, span, context: trialContext };
}

const trialContext: SqlContext = {
  now: 0n,
  ascii: true,
  names: new Map(),
  stored: () => undefined,
  relSql: () => placeholder,
};
