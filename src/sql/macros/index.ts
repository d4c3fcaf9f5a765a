import { dynamicMacros } from "./dynamic.ts";
import { elementMacros } from "./elements.ts";
import type { MacroTable } from "./macro.ts";
import { numberMacros } from "./numbers.ts";
import { textMacros } from "./text.ts";
import { timeMacros } from "./time.ts";

/** Every macro, by name. */
export const macros: MacroTable = {
  ...textMacros,
  ...dynamicMacros,
  ...elementMacros,
  ...numberMacros,
  ...timeMacros,
  // The smallest network that has the address; null where none has.
  kql_geo: {
    parameters: ["a"],
    sql: `(SELECT arg_max("info", "prefix") FROM "$geo" WHERE kql_address(a) BETWEEN "first" AND "last")`,
  },
  // The list names the value: a macro writes an argument out wherever it stands, and paths would grow twofold at every step.
  kql_member: {
    parameters: ["j", "p"],
    sql: "list_filter([CAST(json_extract(j, p) AS VARCHAR)], lambda kql_e: kql_e <> 'null')[1]",
  },
  kql_member_text: {
    parameters: ["j", "k"],
    sql: "kql_member(j, '/' || replace(replace(k, '~', '~0'), '/', '~1'))",
  },
  kql_element: {
    parameters: ["j", "i"],
    sql: "kql_member(j, '$[' || CASE WHEN i < 0 THEN '#' || i ELSE CAST(i AS VARCHAR) END || ']')",
  },
  // A JSON string without its quotes, any other value as its JSON. Most strings have no escapes and need not be read.
  kql_text: {
    parameters: ["j"],
    sql: `coalesce(CASE WHEN starts_with(j, '"') THEN CASE WHEN contains(j, '\\') THEN json_extract_string(j, '$') ELSE j[2:-2] END
      ELSE j END, '')`,
  },
  // The same with the argument written once, for one that is computed.
  kql_text_once: { parameters: ["j"], sql: "coalesce(json_extract_string(j, '$'), '')" },
  kql_bool_text: {
    parameters: ["b"],
    sql: "CASE WHEN b THEN 'True' WHEN NOT b THEN 'False' ELSE '' END",
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
