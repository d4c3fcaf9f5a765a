import type { MacroTable } from "./macro.ts";

export const dynamicMacros: MacroTable = {
  // Text that is no JSON is itself, as a string.
  kql_parse_json: {
    parameters: ["s"],
    sql: `CASE WHEN s = '' OR trim(s) = 'null' THEN NULL WHEN kql_is_json(s) THEN CAST(json(s) AS VARCHAR)
      ELSE CAST(to_json(s) AS VARCHAR) END`,
  },
  // DuckDB takes commas before a closing bracket and numbers like NaN, which JSON has not.
  kql_is_json: {
    parameters: ["s"],
    sql: "json_valid(s) AND (NOT regexp_matches(s, '(?i),\\s*[\\]}]|nan|inf') OR kql_is_strict_json(s))",
  },
  kql_json_text: { parameters: ["s"], sql: "CASE WHEN kql_is_json(s) THEN json(s) END" },
  kql_array_length: {
    parameters: ["j"],
    sql: "CASE WHEN starts_with(j, '[') THEN CAST(json_array_length(j) AS BIGINT) END",
  },
  // What stands between the brackets of an array; null where there is nothing.
  kql_array_inside: {
    parameters: ["j"],
    sql: "CASE WHEN starts_with(j, '[') AND j <> '[]' THEN j[2:-2] END",
  },
  kql_bag_keys: {
    parameters: ["j"],
    sql: "CASE WHEN starts_with(j, '{') THEN CAST(to_json(json_keys(j)) AS VARCHAR) END",
  },
  kql_bag_item: {
    parameters: ["k", "v"],
    sql: "CAST(to_json(k) AS VARCHAR) || ':' || coalesce(v, 'null')",
  },
  kql_repeat: {
    parameters: ["v", "n"],
    sql: `CASE WHEN n IS NULL THEN NULL WHEN n <= 0 THEN '[]'
      ELSE '[' || coalesce(v, 'null') || repeat(',' || coalesce(v, 'null'), n - 1) || ']' END`,
  },
  kql_gettype: {
    parameters: ["j"],
    sql: `CASE WHEN j IS NULL THEN 'null' WHEN starts_with(j, '{') THEN 'dictionary' WHEN starts_with(j, '[') THEN 'array'
      WHEN starts_with(j, '"') THEN 'string' WHEN j IN ('true', 'false') THEN 'bool'
      WHEN regexp_full_match(j, '-?[0-9]+') THEN 'long' ELSE 'real' END`,
  },
};
