import type { MacroTable } from "./macro.ts";

/** Numbers as Kusto computes, reads and writes them. */
export const numberMacros: MacroTable = {
  // Kusto's long wraps around; DuckDB's throws. The lower 64 bits of a number, read as a signed one.
  kql_wrap: {
    parameters: ["x"],
    sql: "CAST(((x + 9223372036854775808) & 18446744073709551615) - 9223372036854775808 AS BIGINT)",
  },
  // The remainder is never negative, whatever the signs. DuckDB throws for the least long and -1.
  kql_mod: {
    parameters: ["a", "b"],
    sql: `CASE WHEN b IN (-1, 1) THEN 0 * a WHEN a % b >= 0 THEN a % b WHEN b < 0 THEN a % b - b ELSE a % b + b END`,
  },
  kql_mod_real: { parameters: ["a", "b"], sql: "a - abs(b) * floor(a / abs(b))" },
  kql_bin: {
    parameters: ["x", "s"],
    sql: "CASE WHEN s > 0 THEN kql_wrap(CAST(x AS HUGEINT) - kql_mod(x, s)) END",
  },
  kql_bin_real: { parameters: ["x", "s"], sql: "CASE WHEN s > 0 THEN floor(x / s) * s END" },
  kql_bin_at: {
    parameters: ["x", "s", "f"],
    sql: "CASE WHEN s > 0 THEN kql_wrap(CAST(x AS HUGEINT) - kql_mod(CAST(x AS HUGEINT) - f, s)) END",
  },
  // DuckDB rounds and saturates otherwise: Kusto truncates, and a long beyond its range is its nearest bound.
  kql_long_of_real: {
    parameters: ["r"],
    sql: `CASE WHEN NOT isfinite(r) THEN NULL WHEN r >= 9223372036854775807 THEN 9223372036854775807
      WHEN r <= -9223372036854775808 THEN -9223372036854775808 ELSE CAST(trunc(r) AS BIGINT) END`,
  },
  kql_int_of_real: {
    parameters: ["r"],
    sql: `CASE WHEN NOT isfinite(r) THEN NULL WHEN r >= 2147483647 THEN 2147483647
      WHEN r <= -2147483648 THEN -2147483648 ELSE CAST(trunc(r) AS INTEGER) END`,
  },
  kql_int_of_long: {
    parameters: ["x"],
    sql: "CAST((((x & 4294967295) + 2147483648) & 4294967295) - 2147483648 AS INTEGER)",
  },
  kql_long_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN regexp_full_match(s, '\\s*[+-]?\\d+\\s*') THEN TRY_CAST(trim(s) AS BIGINT)
      WHEN regexp_full_match(s, '0[xX][0-9a-fA-F]{1,16}') THEN kql_long_of_hex(s) END`,
  },
  // Up to eight hexadecimal digits are the bits of an int.
  kql_int_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN regexp_full_match(s, '0[xX]0*[0-9a-fA-F]{1,8}') THEN kql_int_of_long(kql_long_of_hex(s))
      ELSE TRY_CAST(kql_long_of_text(s) AS INTEGER) END`,
  },
  kql_int_of_json: {
    parameters: ["j"],
    sql: `CASE WHEN starts_with(j, '"') THEN kql_int_of_text(json_extract_string(j, '$')) ELSE kql_int_of_long(kql_long_of_json(j)) END`,
  },
  kql_long_of_json: {
    parameters: ["j"],
    sql: `CASE WHEN starts_with(j, '"') THEN kql_long_of_text(json_extract_string(j, '$'))
      WHEN j = 'true' THEN 1 WHEN j = 'false' THEN 0
      ELSE coalesce(TRY_CAST(CASE WHEN contains(j, '.') OR contains(j, 'e') THEN NULL ELSE j END AS BIGINT), kql_long_of_real(TRY_CAST(j AS DOUBLE))) END`,
  },
  // Kusto reads `Infinity` and `NaN` in any case, but of their short forms only `inf`.
  kql_real_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN regexp_full_match(s, '\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*')
      OR regexp_full_match(s, '\\s*[+-]?(inf|(?i:infinity)|(?i:nan))\\s*') THEN TRY_CAST(trim(s) AS DOUBLE) END`,
  },
  kql_decimal_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN regexp_full_match(s, '\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*') THEN TRY_CAST(trim(s) AS DECIMAL(38,18)) END`,
  },
  kql_bool_of_text: {
    parameters: ["s"],
    sql: `CASE WHEN lower(trim(s)) = 'true' THEN true WHEN lower(trim(s)) = 'false' THEN false
      WHEN regexp_full_match(trim(s), '[+-]?\\d+') THEN regexp_matches(s, '[1-9]') END`,
  },
  // A number from 0 up to 1, with the 53 bits of a double.
  kql_uniform: {
    parameters: ["key"],
    sql: "CAST(md5_number_lower(key) >> 11 AS DOUBLE) / 9007199254740992",
  },
  // A GUID of the kind that is drawn.
  kql_new_guid: {
    parameters: ["key"],
    sql: "regexp_replace(md5(key), '^(.{8})(.{4}).(.{3}).(.{3})(.{12})$', '\\1-\\2-4\\3-a\\4-\\5')",
  },
  kql_guid_of_text: {
    parameters: ["s"],
    sql: "CAST(TRY_CAST(s AS UUID) AS VARCHAR)",
  },
  // Up to fifteen digits name one number only; beyond, Kusto's digits are not always DuckDB's.
  kql_real_digits: {
    parameters: ["r"],
    sql: `CASE WHEN r = 0 OR (abs(r) >= 0.0001 AND abs(r) < 1000000000000000 AND length(CAST(r AS VARCHAR)) <= 16) THEN CAST(r AS VARCHAR)
      ELSE kql_format_real(r) END`,
  },
  kql_real_text: { parameters: ["r"], sql: "coalesce(kql_real_digits(r), '')" },
  kql_real_json: {
    parameters: ["r"],
    sql: "CASE WHEN isfinite(r) THEN kql_real_digits(r) ELSE '\"' || kql_format_real(r) || '\"' END",
  },
  kql_decimal_text: {
    parameters: ["d"],
    sql: "coalesce(regexp_replace(CAST(d AS VARCHAR), '(\\.\\d*?)0+$', '\\1').rtrim('.'), '')",
  },
  // Eight digits for each of four parts; those that are missing are 0.
  kql_version: {
    parameters: ["s"],
    sql: `CASE WHEN regexp_full_match(s, '\\d{1,8}(\\.\\d{1,8}){0,3}')
      THEN TRY_CAST(list_aggregate(list_transform([1, 2, 3, 4], lambda i: lpad(split_part(s, '.', i), 8, '0')), 'string_agg', '') AS DECIMAL(38,0)) END`,
  },
  // What DuckDB throws for where Kusto gives NaN.
  kql_or_nan: {
    parameters: ["x", "r"],
    sql: "CASE WHEN x IS NOT NULL THEN coalesce(r, CAST('NaN' AS DOUBLE)) END",
  },
  // Kusto rounds a variance to ten places, and takes the deviation from that.
  kql_spread: {
    parameters: ["v"],
    sql: "CASE WHEN abs(v) < 900000 THEN round(v, 10) ELSE v END",
  },
};
