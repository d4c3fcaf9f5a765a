import { unreachable } from "../../base/diagnostic.ts";
import type {
  AggregateCall,
  Call,
  Expr,
  InTable,
  Literal,
  Member,
  ScalarQuery,
} from "../../plan/ir/types.ts";
import { castSql } from "./cast.ts";
import { aggregateFunctions, scalarFunctions } from "../functions/index.ts";
import { columnName } from "../text/identifiers.ts";
import { inListSql } from "./in-list.ts";
import { inTableSql } from "./in-table.ts";
import { bindArgs } from "./once.ts";
import { stringLiteral } from "../text/quote.ts";
import {
  sqlTypes,
  type ScalarFunction,
  type SqlArg,
  type SqlCall,
  type SqlContext,
} from "../types.ts";

/** The SQL expression that gives `expr`'s value. It never throws at run time, whatever the row holds. */
export function exprSql(expr: Expr, context: SqlContext): string {
  switch (expr.kind) {
    case "literal":
      return literalSql(expr);
    case "now":
      return `CAST(${context.now} AS BIGINT)`;
    case "column":
      return columnName(expr.name, context);
    case "call":
    case "aggregate":
      return functionSql(expr, context);
    case "and":
    case "or":
      return `(${expr.items.map((item) => exprSql(item, context)).join(expr.kind === "and" ? " AND " : " OR ")})`;
    case "in-list":
      return bindArgs(
        [expr.operand, ...expr.items].map((each) => argOf(each, context)),
        ([operand = argOf(expr.operand, context), ...items]) =>
          inListSql(expr, { operand, items, context }),
      );
    case "in-table":
      return inTableSql(expr, {
        operand: argOf(expr.operand, context),
        column: columnName(expr.column, context),
        from: subquerySql(expr, context),
      });
    case "member":
      return memberSql(expr, context);
    case "cast":
      return castSql(argOf(expr.operand, context), expr.type);
    case "scalar-query":
      return scalarQuerySql(expr, context);
    default:
      return unreachable(expr);
  }
}

/** A translated argument with its type. */
export function argOf(expr: Expr, context: SqlContext): SqlArg {
  return { sql: exprSql(expr, context), type: expr.type, expr };
}

/** `expr` as the condition of a `WHERE`, where null and false are the same. */
export function predicateSql(expr: Expr, context: SqlContext): string {
  if (expr.kind === "and" || expr.kind === "or") {
    const word = expr.kind === "and" ? " AND " : " OR ";
    return `(${expr.items.map((item) => predicateSql(item, context)).join(word)})`;
  }
  if (expr.type !== "bool") return castSql(argOf(expr, context), "bool");
  const predicate = expr.kind === "call" ? scalarFunctions[expr.name]?.predicate : undefined;
  if (predicate !== undefined && expr.kind === "call") return callSql(expr, predicate, context);
  return exprSql(expr, context);
}

function literalSql({ type, value }: Literal): string {
  if (value === null) return type === "string" ? "''" : `CAST(NULL AS ${sqlTypes[type]})`;
  switch (type) {
    case "bool":
      return value === true ? "true" : "false";
    case "string":
    case "dynamic":
    case "guid":
      return stringLiteral(String(value));
    case "real":
      return typeof value === "number" && Number.isFinite(value)
        ? `CAST(${Object.is(value, -0) ? "'-0.0'" : value} AS DOUBLE)`
        : `CAST(${stringLiteral(String(value))} AS DOUBLE)`;
    case "decimal":
      return `CAST(${stringLiteral(String(value))} AS ${sqlTypes.decimal})`;
    case "int":
    case "long":
    case "datetime":
    case "timespan":
      return `CAST(${BigInt(value)} AS ${sqlTypes[type]})`;
    default:
      return unreachable(type);
  }
}

function functionSql(expr: Call | AggregateCall, context: SqlContext): string {
  const table = expr.kind === "call" ? scalarFunctions : aggregateFunctions;
  const row = table[expr.name];
  if (row === undefined)
    throw new Error(`no translation for ${expr.name}: the plan check lets it pass`);
  return callSql(expr, (call) => fill(row, call), context);
}

function callSql(
  { kind, name, args, type, span }: Call | AggregateCall,
  sql: (call: SqlCall) => string,
  context: SqlContext,
): string {
  const body = (given: readonly SqlArg[]): string =>
    sql({ name, args: given, type, context, span });
  const values = args.map((arg) => argOf(arg, context));
  // An aggregate has its arguments from the rows: nothing can be bound around it.
  return kind === "call" ? bindArgs(values, body) : body(values);
}

/** A row of the registry filled in for one call. */
export function fill(row: ScalarFunction, call: SqlCall): string {
  if (typeof row.sql === "function") return row.sql(call);
  const sqls = call.args.map((arg) => arg.sql);
  return row.sql.replaceAll(/\$(\d|\*)/g, (_, which: string) => {
    if (which === "*") return sqls.join(", ");
    const sql = sqls[Number(which) - 1];
    if (sql === undefined) throw new Error(`${call.name} was called without argument ${which}`);
    return sql;
  });
}

/** The first row's value. A correlated subquery has one row for each value of what ties it. */
function scalarQuerySql(query: ScalarQuery, context: SqlContext): string {
  const limit = query.correlations.length === 0 ? " LIMIT 1" : "";
  return `(SELECT ${columnName(query.column, context)} ${subquerySql(query, context)}${limit})`;
}

/** The rows of a subquery's table that belong to the row around it. */
function subquerySql({ table, correlations }: InTable | ScalarQuery, context: SqlContext): string {
  const conditions = correlations.map(
    ({ inner, outer }) => `${columnName(inner, context)} = ${exprSql(outer, context)}`,
  );
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `FROM (${context.relSql(table, context)})${where}`;
}

/** What stands at a key of a JSON text; JSON's null is SQL's. */
function memberSql({ object, key }: Member, context: SqlContext): string {
  const source = castSql(argOf(object, context), "dynamic");
  if (key.kind === "literal" && key.type === "string") {
    const pointer = `/${String(key.value).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    return `kql_member(${source}, ${stringLiteral(pointer)})`;
  }
  const arg = argOf(key, context);
  if (key.type === "string") return `kql_member_text(${source}, ${arg.sql})`;
  return `kql_element(${source}, ${castSql(arg, "long")})`;
}
