import type { MacroTable } from "./macro.ts";

export const textMacros: MacroTable = {
  // Counted from the end where `start` is negative; nothing where it lies before the beginning.
  kql_substring: {
    parameters: ["s", "start"],
    sql: `CASE WHEN start >= 0 THEN substring(s, least(start, 4294967294) + 1)
      WHEN length(s) + start >= 0 THEN substring(s, length(s) + start + 1) ELSE '' END`,
  },
  // DuckDB gives `ß` a capital letter of its own, Kusto leaves it as it is.
  kql_upper: {
    parameters: ["s"],
    sql: "CASE WHEN contains(s, 'ß') THEN array_to_string(list_transform(string_split(s, 'ß'), lambda kql_p: upper(kql_p)), 'ß') ELSE upper(s) END",
  },
  kql_split: {
    parameters: ["s", "d"],
    sql: "CAST(to_json(CASE WHEN d = '' THEN [s] ELSE string_split(s, d) END) AS VARCHAR)",
  },
  kql_split_at: {
    parameters: ["s", "d", "i"],
    sql: `CASE WHEN i >= 0 AND i < len(string_split(s, d)) THEN CAST(to_json([string_split(s, d)[i + 1]]) AS VARCHAR) ELSE '[]' END`,
  },
  kql_strrep: {
    parameters: ["s", "n", "d"],
    sql: "CASE WHEN n > 0 THEN repeat(s || d, CAST(least(n, 1024) - 1 AS BIGINT)) || s ELSE '' END",
  },
  kql_has_any_index: {
    parameters: ["s", "j"],
    sql: "CAST(coalesce(list_position(list_transform(kql_texts(j), lambda w: kql_has(s, w)), true), 0) - 1 AS BIGINT)",
  },
  kql_strcmp: {
    parameters: ["a", "b"],
    sql: "CAST(CASE WHEN a < b THEN -1 WHEN a > b THEN 1 ELSE 0 END AS BIGINT)",
  },
};
