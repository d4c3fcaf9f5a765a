import type { MacroTable } from "./macro.ts";

/** What `mv-expand` makes rows of: a list of JSON texts. A value that is no array and no bag is its own element. */
export const elementMacros: MacroTable = {
  kql_elements_bag: {
    parameters: ["j"],
    sql: "kql_elements(j, kql_properties(j, '{', ':', '}'))",
  },
  kql_elements_array: {
    parameters: ["j"],
    sql: "kql_elements(j, kql_properties(j, '[', ',', ']'))",
  },
  // The inner conditions guard the JSON functions: DuckDB may evaluate a branch that is not taken.
  kql_elements: {
    parameters: ["j", "properties"],
    sql: `CASE WHEN starts_with(j, '[') THEN CAST(from_json(CASE WHEN starts_with(j, '[') THEN j ELSE '[]' END, '["JSON"]') AS VARCHAR[])
      WHEN starts_with(j, '{') THEN properties ELSE [j] END`,
  },
  // The first of the values that have the same key.
  kql_bag_of_lists: {
    parameters: ["k", "v"],
    sql: `'{' || array_to_string(list_transform(
      list_filter(range(1, len(k) + 1), lambda i: list_position(k, k[i]) = i),
      lambda i: CAST(to_json(trim(k[i])) AS VARCHAR) || ':' || CAST(to_json(trim(v[i])) AS VARCHAR)), ',') || '}'`,
  },
  kql_properties: {
    parameters: ["j", "opening", "middle", "closing"],
    sql: `list_transform(
      list_zip(json_keys(CASE WHEN starts_with(j, '{') THEN j ELSE '{}' END), json_extract(CASE WHEN starts_with(j, '{') THEN j ELSE '{}' END, '$.*')),
      lambda p: opening || CAST(to_json(p[1]) AS VARCHAR) || middle || CAST(p[2] AS VARCHAR) || closing)`,
  },
};
