/**
 * `body` over the value of `sql`, which is computed once however often `body` names it. DuckDB finds no common parts
 * within a condition, and what stands in a macro's argument may be long.
 */
export function onceSql(sql: string, body: (value: string) => string): string {
  if (isSimple(sql)) return body(sql);
  return `list_transform([${sql}], lambda kql_v: ${body("kql_v")})[1]`;
}

/** True for a column, a bound name or a literal: what costs nothing to write again. */
export function isSimple(sql: string): boolean {
  return /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\w.]+|CAST\((?:NULL|-?[\w.]+) AS \w+\))$/.test(sql);
}

/** `body` over `values` with no subquery in it, which DuckDB's `TRY` does not take: such values are computed in front of it. */
export function trySql(
  values: readonly string[],
  body: (values: readonly string[]) => string,
): string {
  if (!values.some((value) => /\(SELECT |kql_geo\(/.test(value))) return body(values);
  const fields = values.map((value, index) => `a${index}: ${value}`).join(", ");
  const names = values.map((_, index) => `kql_t.a${index}`);
  return `list_transform([{${fields}}], lambda kql_t: ${body(names)})[1]`;
}
