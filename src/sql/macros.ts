import { dynamicMacros } from "./macros/dynamic.ts";
import type { MacroTable } from "./macros/macro.ts";
import { textMacros } from "./macros/text.ts";

/** Every macro, by name. */
export const macros: MacroTable = {
  ...textMacros,
  ...dynamicMacros,
  // Kusto's long wraps around; DuckDB's throws.
  kql_wrap: {
    parameters: ["x"],
    sql: `CAST(CASE WHEN x BETWEEN -9223372036854775808 AND 9223372036854775807 THEN x
      ELSE ((x + 9223372036854775808) % 18446744073709551616 + 18446744073709551616) % 18446744073709551616 - 9223372036854775808
      END AS BIGINT)`,
  },
  // The remainder is never negative, whatever the signs.
  kql_mod: { parameters: ["a", "b"], sql: "((a % b) + abs(b)) % abs(b)" },
  kql_mod_real: { parameters: ["a", "b"], sql: "a - abs(b) * floor(a / abs(b))" },
  kql_member: {
    parameters: ["j", "p"],
    sql: "nullif(CAST(json_extract(j, p) AS VARCHAR), 'null')",
  },
  kql_member_text: {
    parameters: ["j", "k"],
    sql: "kql_member(j, '/' || replace(replace(k, '~', '~0'), '/', '~1'))",
  },
  kql_element: {
    parameters: ["j", "i"],
    sql: `CASE WHEN json_type(j) = 'ARRAY' THEN
      kql_member(j, '$[' || CASE WHEN i < 0 THEN '#' || i ELSE CAST(i AS VARCHAR) END || ']') END`,
  },
  // A JSON string without its quotes, any other value as its JSON.
  kql_text: {
    parameters: ["j"],
    sql: "coalesce(CASE WHEN starts_with(j, '\"') THEN json_extract_string(j, '$') ELSE j END, '')",
  },
  kql_bool_text: {
    parameters: ["b"],
    sql: "CASE WHEN b THEN 'True' WHEN NOT b THEN 'False' ELSE '' END",
  },
  // DuckDB rounds and saturates otherwise: Kusto truncates, and a long beyond its range is its nearest bound.
  kql_long_of_real: {
    parameters: ["r"],
    sql: `CASE WHEN isnan(r) THEN NULL WHEN r >= 9223372036854775807 THEN 9223372036854775807
      WHEN r <= -9223372036854775808 THEN -9223372036854775808 ELSE CAST(trunc(r) AS BIGINT) END`,
  },
  kql_int_of_real: {
    parameters: ["r"],
    sql: `CASE WHEN isnan(r) THEN NULL WHEN r >= 2147483647 THEN 2147483647
      WHEN r <= -2147483648 THEN -2147483648 ELSE CAST(trunc(r) AS INTEGER) END`,
  },
  kql_int_of_long: {
    parameters: ["x"],
    sql: "CAST(((x + 2147483648) & 4294967295) - 2147483648 AS INTEGER)",
  },
  kql_long_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN regexp_full_match(s, '\\s*[+-]?\\d+\\s*') THEN TRY_CAST(trim(s) AS BIGINT)
      WHEN regexp_full_match(s, '0[xX][0-9a-fA-F]{1,16}') THEN
        kql_wrap(CAST(CAST('0x' || substr(s, 3) AS UHUGEINT) AS HUGEINT)) END`,
  },
  kql_long_of_json: {
    parameters: ["j"],
    sql: `CASE WHEN starts_with(j, '"') THEN kql_long_of_text(json_extract_string(j, '$'))
      WHEN j = 'true' THEN 1 WHEN j = 'false' THEN 0
      ELSE coalesce(TRY_CAST(CASE WHEN contains(j, '.') OR contains(j, 'e') THEN NULL ELSE j END AS BIGINT), kql_long_of_real(TRY_CAST(j AS DOUBLE))) END`,
  },
  kql_real_of_text: { parameters: ["s"], sql: "TRY_CAST(trim(s) AS DOUBLE)" },
  kql_bool_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN lower(trim(s)) = 'true' THEN true WHEN lower(trim(s)) = 'false' THEN false
      WHEN regexp_full_match(trim(s), '[+-]?\\d+') THEN regexp_matches(s, '[1-9]') END`,
  },
  kql_guid_of_text: {
    parameters: ["s"],
    sql: "CAST(TRY_CAST(s AS UUID) AS VARCHAR)",
  },
  kql_real_text: { parameters: ["r"], sql: "coalesce(CAST(r AS VARCHAR), '')" },
  kql_real_json: {
    parameters: ["r"],
    sql: "CASE WHEN isnan(r) THEN '\"NaN\"' WHEN isinf(r) THEN CASE WHEN r > 0 THEN '\"Infinity\"' ELSE '\"-Infinity\"' END ELSE CAST(r AS VARCHAR) END",
  },
  kql_decimal_text: {
    parameters: ["d"],
    sql: "coalesce(regexp_replace(CAST(d AS VARCHAR), '\\.?0+$', ''), '')",
  },
  kql_datetime_text: {
    parameters: ["t"],
    sql: `coalesce(strftime(make_timestamp((t - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.%f') || (t % 10) || 'Z', '')`,
  },
  // Instants outside of the calendar are null.
  kql_datetime: {
    parameters: ["t"],
    sql: "CASE WHEN t BETWEEN 0 AND 3155378975999999999 THEN t END",
  },
  kql_term: {
    parameters: ["s", "w", "before", "after", "cs"],
    sql: `regexp_matches(s, CASE WHEN cs THEN '' ELSE '(?i)' END
      || CASE WHEN before AND regexp_matches(w, '^[\\pL\\pN]') THEN '(?:^|[^\\pL\\pN])' ELSE '' END
      || regexp_escape(w)
      || CASE WHEN after AND regexp_matches(w, '[\\pL\\pN]$') THEN '(?:$|[^\\pL\\pN])' ELSE '' END)`,
  },
  kql_has: { parameters: ["s", "w"], sql: "kql_term(s, w, true, true, false)" },
  kql_texts: {
    parameters: ["j"],
    sql: "list_transform(from_json(CASE WHEN json_type(j) = 'ARRAY' THEN j ELSE '[]' END, '[\"JSON\"]'), lambda e: kql_text(CAST(e AS VARCHAR)))",
  },
  kql_has_any_array: {
    parameters: ["s", "j"],
    sql: "coalesce(list_bool_or(list_transform(kql_texts(j), lambda w: kql_has(s, w))), false)",
  },
  kql_has_all_array: {
    parameters: ["s", "j"],
    sql: "coalesce(list_bool_and(list_transform(kql_texts(j), lambda w: kql_has(s, w))), true)",
  },
  kql_in_array: {
    parameters: ["v", "j", "fold"],
    sql: `CASE WHEN fold THEN list_contains(list_transform(kql_texts(j), lambda e: lower(e)), lower(kql_text(v)))
      ELSE list_contains(kql_texts(j), kql_text(v)) END`,
  },
};
