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
