import type { MacroTable } from "./macro.ts";

export const dynamicMacros: MacroTable = {
  // Text that is no JSON is itself, as a string. What is minified already, as most of it is, needs no further look.
  kql_parse_json: {
    parameters: ["s"],
    sql: `CASE WHEN kql_minified(s) = s AND s <> 'null' AND NOT kql_has_nan(s) THEN s ELSE kql_parse_json_text(s) END`,
  },
  kql_parse_json_text: {
    parameters: ["s"],
    sql: `CASE WHEN s = '' OR trim(s) = 'null' THEN NULL WHEN kql_is_json(s) THEN kql_minified(s)
      ELSE CAST(to_json(s) AS VARCHAR) END`,
  },
  // DuckDB takes commas before a closing bracket and numbers like NaN, which JSON has not.
  kql_is_json: {
    parameters: ["s"],
    sql: "json_valid(s) AND (NOT (regexp_matches(s, ',\\s*[\\]}]') OR kql_has_nan(s)) OR kql_is_strict_json(s))",
  },
  kql_has_nan: {
    parameters: ["s"],
    sql: "(contains(lower(s), 'nan') OR contains(lower(s), 'inf'))",
  },
  // DuckDB takes what stands twice out of its branches: the call that could throw stands nowhere without its guard.
  kql_minified: { parameters: ["s"], sql: "TRY(CAST(json(s) AS VARCHAR))" },
  kql_json_text: { parameters: ["s"], sql: "CASE WHEN kql_is_json(s) THEN kql_minified(s) END" },
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
      WHEN regexp_full_match(j, '"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z"') THEN 'datetime'
      WHEN starts_with(j, '"') THEN 'string' WHEN j IN ('true', 'false') THEN 'bool'
      WHEN TRY_CAST(CASE WHEN regexp_full_match(j, '-?[0-9]+') THEN j END AS BIGINT) IS NOT NULL THEN 'long' ELSE 'real' END`,
  },
};
