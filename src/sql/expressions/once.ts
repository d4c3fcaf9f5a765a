import type { SqlArg } from "../types.ts";
import { usesOf, type Uses } from "./uses.ts";

/**
 * SQL of `body` over `args`, in which each of them that is more than a column or a literal is written once, however
 * often `body` uses it: nested expressions would double in size at every level otherwise, as macros repeat their
 * arguments and DuckDB finds no common parts in a condition. A value that is used several times is bound by a lambda
 * over a list of one element, which costs some 20 ns a row. So is a subquery where DuckDB accepts none.
 */
export function bindArgs(
  args: readonly SqlArg[],
  body: (args: readonly SqlArg[]) => string,
): string {
  if (args.every(({ sql }) => isSimple(sql))) return body(args);
  const values = new Map<string, string>();
  const named = args.map((arg) => {
    if (isSimple(arg.sql)) return arg;
    const sql = `kql_arg${nextName++}`;
    values.set(sql, arg.sql);
    return { ...arg, sql };
  });
  return bindValues(body(named), values);
}

/** `bindArgs` for one value that is no argument. */
export function onceSql(sql: string, body: (value: string) => string): string {
  if (isSimple(sql)) return body(sql);
  const name = `kql_arg${nextName++}`;
  return bindValues(body(name), new Map([[name, sql]]));
}

/** True for a column, a bound name or a literal: it costs nothing to repeat. */
export function isSimple(sql: string): boolean {
  return /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\w.]+|CAST\((?:NULL|-?[\w.]+) AS \w+\))$/.test(sql);
}

/** Numbers the names of values while their SQL is put together: none is left in the result. */
let nextName = 0;

/** `sql` with `values` in place of their names: as they are where that is once, else bound. */
function bindValues(sql: string, values: ReadonlyMap<string, string>): string {
  const uses = usesOf(sql, new Set(values.keys()));
  const all = [...values];
  if (!all.some(([name, value]) => mustBind(value, uses.get(name)))) return substitute(sql, values);
  // The body becomes a lambda, which may contain no subquery.
  const isBound = ([name, value]: readonly [string, string]): boolean =>
    mustBind(value, uses.get(name)) || (uses.has(name) && hasSubquery(value));
  const bound = all.filter(isBound);
  const body = substitute(sql, new Map(all.filter((each) => !isBound(each))));
  const lambda = unusedName(body);
  const [only] = bound;
  const list = bound.map(([, value], index) => `a${index}: ${value}`).join(", ");
  const names = bound.map(([name], index) => [name, `${lambda}.a${index}`] as const);
  return bound.length === 1 && only !== undefined
    ? bindSql(only[1], lambda, substitute(body, new Map([[only[0], lambda]])))
    : bindSql(`{${list}}`, lambda, substitute(body, new Map(names)));
}

function bindSql(value: string, name: string, body: string): string {
  return `list_transform([${value}], lambda ${name}: ${body})[1]`;
}

function mustBind(value: string, uses: Uses | undefined): boolean {
  if (uses === undefined) return false;
  return uses.count > 1 || (uses.guarded && hasSubquery(value));
}

function hasSubquery(sql: string): boolean {
  return /\(SELECT |\bkql_geo\(/.test(sql);
}

/** `sql` with `values` in place of the names of arguments, string literals left alone. */
function substitute(sql: string, values: ReadonlyMap<string, string>): string {
  return sql.replaceAll(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|\bkql_arg\d+\b/g,
    (token) => values.get(token) ?? token,
  );
}

function unusedName(sql: string): string {
  const levels = Array.from(sql.matchAll(/\bkql_v(\d+)\b/g), ([, level]) => Number(level));
  return `kql_v${Math.max(-1, ...levels) + 1}`;
}
