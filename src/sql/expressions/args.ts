import { castSql } from "./cast.ts";
import type { SqlArg, SqlCall } from "../types.ts";

/** The argument at `index`; the binder has checked that it is there. */
export function argAt(call: SqlCall, index: number): SqlArg {
  const found = call.args[index];
  if (found === undefined) throw new Error(`${call.name} was called without argument ${index + 1}`);
  return found;
}

/** The argument at `index` as a string in SQL. */
export function textAt(call: SqlCall, index: number): string {
  return castSql(argAt(call, index), "string");
}

/** The argument at `index` as a number in SQL; `fallback` where it was left out. */
export function longAt(call: SqlCall, index: number, fallback?: number): string {
  const found = call.args[index];
  if (found === undefined && fallback !== undefined) return `CAST(${fallback} AS BIGINT)`;
  return castSql(argAt(call, index), "long");
}

/** The argument at `index` as a real in SQL; `fallback` where it was left out. */
export function realAt(call: SqlCall, index: number, fallback?: number): string {
  const found = call.args[index];
  if (found === undefined && fallback !== undefined) return `CAST(${fallback} AS DOUBLE)`;
  return castSql(argAt(call, index), "real");
}

/** The argument at `index` as JSON text in SQL. */
export function jsonAt(call: SqlCall, index: number): string {
  return castSql(argAt(call, index), "dynamic");
}

/** All arguments from `from` on as strings in SQL. */
export function textsFrom(call: SqlCall, from: number): readonly string[] {
  return call.args.slice(from).map((each) => castSql(each, "string"));
}

/** All arguments from `from` on as JSON texts in SQL. */
export function jsonsFrom(call: SqlCall, from: number): readonly string[] {
  return call.args.slice(from).map((each) => castSql(each, "dynamic"));
}

/** The text that stands in the query as the argument at `index`, undefined where it is computed. */
export function literalAt(call: SqlCall, index: number): string | undefined {
  const { expr } = argAt(call, index);
  return expr.kind === "literal" && expr.value !== null ? String(expr.value) : undefined;
}

/** Thrown by the translation of a call that is not supported with these arguments. `untranslated` catches it before anything runs. */
export class RefusedCall extends Error {
  override readonly name = "RefusedCall";
}

export function refuseCall({ name }: Pick<SqlCall, "name">, reason: string): never {
  throw new RefusedCall(`this call of \`${name}\` has no translation: ${reason}`);
}
