import {
  argAt,
  jsonAt,
  jsonsFrom,
  literalAt,
  longAt,
  refuseCall,
  textAt,
} from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import { onceSql } from "../expressions/once.ts";
import { stringLiteral } from "../text/quote.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";
import type { KqlType } from "../../schema/types.ts";

/** Functions of arrays and property bags. What is no array or no bag gives null where nothing else is said. */
// oxfmt-ignore
export const dynamicFunctions: FunctionTable<ScalarFunction> = {
  parse_json: { sql: (call) => parseJsonSql(call), examples: [["parse_json('{\"a\": 1, \"b\": [1.0, null]}')", { a: 1, b: [1, null] }], ["parse_json('not json')", "not json"], ["parse_json('')", null], ["tostring(parse_json('[1.0,2]'))", "[1.0,2]"], ["parse_json('{\"t\": \"2021-11-18T00:03:35\"}')", { t: "2021-11-18T00:03:35.0000000Z" }]] },
  dynamic_to_json: { sql: (call) => `coalesce(kql_dynamic_to_json(${jsonAt(call, 0)}), 'null')`, examples: [["dynamic_to_json(dynamic({'b': 2, 'a': [1, {'d': 1, 'c': 2}]}))", "{\"a\":[1,{\"c\":2,\"d\":1}],\"b\":2}"]] },
  extractjson: { sql: (call) => extractJsonSql(call), examples: [["extractjson('$.a[1].b', '{\"a\":[1,{\"b\":\"x\"}]}')", "x"], ["extractjson('$.n', '{\"n\":5}', typeof(long))", 5], ["extractjson('$.n', 'no json')", ""], ["extractjson('$n', '{\"m\":5}')", ""]] },
  array_length: { sql: (call) => `kql_array_length(${jsonAt(call, 0)})`, examples: [["array_length(dynamic([1, null, 3]))", 3], ["array_length(parse_json('{}'))", null], ["array_length(dynamic([]))", 0]] },
  array_concat: { sql: (call) => `'[' || concat_ws(',', ${jsonsFrom(call, 0).map((item) => `kql_array_inside(${item})`).join(", ")}) || ']'`, examples: [["array_concat(dynamic([1, 2]), dynamic([]), dynamic(['a']))", [1, 2, "a"]], ["array_concat(parse_json('{}'), dynamic([99]))", [99]]] },
  array_slice: { sql: (call) => `kql_array_slice(${jsonAt(call, 0)}, ${longAt(call, 1)}, ${longAt(call, 2)})`, examples: [["array_slice(dynamic([1, 2, 3, 4, 5]), -3, -2)", [3, 4]], ["array_slice(dynamic([1, 2, 3]), 1, 2)", [2, 3]], ["array_slice(dynamic([1, 2, 3]), 2, -1)", [3]]] },
  array_split: { sql: (call) => `kql_array_split(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["array_split(dynamic([1, 2, 3, 4, 5]), 2)", [[1, 2], [3, 4, 5]]], ["array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, 3]))", [[1], [2, 3], [4, 5]]]] },
  array_sum: { sql: (call) => `kql_array_sum(${jsonAt(call, 0)})`, examples: [["array_sum(dynamic([1, null, 3]))", 4], ["array_sum(dynamic(['a']))", null]] },
  array_sort_asc: { sql: (call) => sortSql(call, false), examples: [["array_sort_asc(dynamic([null, 'blue', 'yellow', 'green', null]))", ["blue", "green", "yellow", null, null]], ["array_sort_asc(dynamic([3, null, 1]), false)", [null, 1, 3]], ["array_sort_asc(dynamic([2, 1]), dynamic(['a', 'b']))[1]", ["b", "a"]]] },
  array_sort_desc: { sql: (call) => sortSql(call, true), examples: [["array_sort_desc(dynamic([10, 9, null]))", [10, 9, null]]] },
  array_index_of: { sql: (call) => `kql_array_index_of(${jsonAt(call, 0)}, coalesce(${jsonAt(call, 1)}, 'null'), ${longAt(call, 2, 0)}, ${longAt(call, 3, -1)}, ${longAt(call, 4, 1)})`, examples: [["array_index_of(dynamic(['this', 'is', 'an', 'example', 'an']), 'an')", 2], ["array_index_of(dynamic(['a', 'b', 'a']), 'a', -1)", 2], ["array_index_of(dynamic(['this', 'is', 'an', 'example', 'an']), 'an', 1, -1, 2)", 4], ["array_index_of(dynamic([5, 15]), 15.0)", 1]] },
  array_iff: { sql: (call) => `kql_array_iff(${jsonsFrom(call, 0).join(", ")})`, examples: [["array_iff(dynamic([true, false, true]), dynamic([1, 2, 3]), dynamic([4, 5, 6]))", [1, 5, 3]], ["array_iff(dynamic(['x', 1, null]), 1, 0)", [null, 1, null]]] },
  array_reverse: { sql: (call) => `kql_array_reverse(${jsonAt(call, 0)})`, examples: [["array_reverse(dynamic([1, 2, 3]))", [3, 2, 1]]] },
  array_rotate_left: { sql: (call) => `kql_array_rotate(${jsonAt(call, 0)}, ${longAt(call, 1)})`, examples: [["array_rotate_left(dynamic([1, 2, 3, 4, 5]), 2)", [3, 4, 5, 1, 2]]] },
  array_rotate_right: { sql: (call) => `kql_array_rotate_right(${jsonAt(call, 0)}, ${longAt(call, 1)})`, examples: [["array_rotate_right(dynamic([1, 2, 3, 4, 5]), -2)", [3, 4, 5, 1, 2]]] },
  array_shift_left: { sql: (call) => shiftSql(call, ""), examples: [["array_shift_left(dynamic([1, 2, 3, 4, 5]), 2, -1)", [3, 4, 5, -1, -1]]] },
  array_shift_right: { sql: (call) => shiftSql(call, "-"), examples: [["array_shift_right(dynamic([10, 20, 30]), 1)", [null, 10, 20]]] },
  set_union: { sql: (call) => `kql_set_union(${listSql(call)})`, examples: [["set_union(dynamic([1, 2, 2]), dynamic([2, 3]))", [1, 2, 3]]] },
  set_intersect: { sql: (call) => `kql_set_intersect(${listSql(call)})`, examples: [["set_intersect(dynamic([1, 2, 3]), dynamic([4, 5]))", []], ["set_intersect(dynamic([1, 2, 1, 4]), dynamic([1, 2]), dynamic([8, 1]))", [1]]] },
  set_difference: { sql: (call) => `kql_set_difference(${listSql(call)})`, examples: [["set_difference(dynamic([null, 1, null, 2]), dynamic([null]))", [1, 2]]] },
  set_has_element: { sql: (call) => `kql_set_has_element(${jsonAt(call, 0)}, coalesce(${jsonAt(call, 1)}, 'null'))`, examples: [["set_has_element(dynamic(['this', 'is']), 'is')", true], ["set_has_element(dynamic(['this', 'is']), 'i')", false]] },
  set_equals: { sql: (call) => `kql_set_equals(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["set_equals(dynamic([1, 2]), dynamic([2, 1]))", true]] },
  jaccard_index: { sql: (call) => `kql_real_json(kql_jaccard_index(${jsonAt(call, 0)}, ${jsonAt(call, 1)}))`, examples: [["jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 3, 4]))", 0.75]] },
  pack_array: { sql: (call) => packArraySql(call), examples: [["pack_array(1, 'a', 1.0, int(null))", [1, "a", 1, null]], ["tostring(pack_array(1, 1.0, 2d))", "[1,1.0,\"2.00:00:00\"]"]] },
  bag_pack: { sql: (call) => bagSql(call), examples: [["bag_pack('a', 1, 'b', 'x', 'c', long(null))", { a: 1, b: "x", c: null }]] },
  bag_pack_nonempty: { sql: (call) => nonEmptyBagSql(call), examples: [["pack_all(true)", {}]] },
  bag_keys: { sql: (call) => `kql_bag_keys(${jsonAt(call, 0)})`, examples: [["bag_keys(dynamic({'b': 1, 'a': {'c': 2}}))", ["b", "a"]], ["bag_keys(parse_json('[1]'))", null]] },
  bag_merge: { sql: (call) => `kql_bag_merge(${listSql(call)})`, examples: [["bag_merge(dynamic({'a': 1, 'b': 2}), dynamic({'b': 3, 'c': 4}))", { a: 1, b: 2, c: 4 }]] },
  bag_has_key: { sql: (call) => `kql_bag_has_key(${jsonAt(call, 0)}, ${textAt(call, 1)})`, examples: [["bag_has_key(dynamic({'key1': 123}), 'key2')", false], ["bag_has_key(dynamic({'k': {'p': 1}}), '$.k.p')", true]] },
  bag_remove_keys: { sql: (call) => `kql_bag_remove_keys(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["bag_remove_keys(dynamic({'a': 1, 'k': {'p': 1, 'q': 2}}), dynamic(['a', '$.k.p']))", { k: { q: 2 } }]] },
  bag_set_key: { sql: (call) => `kql_bag_set_key(${jsonAt(call, 0)}, ${textAt(call, 1)}, ${jsonAt(call, 2)})`, examples: [["bag_set_key(dynamic({'a': 1}), '$.k.p', 'x')", { a: 1, k: { p: "x" } }]] },
  bag_zip: { sql: (call) => `kql_bag_zip(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["bag_zip(dynamic(['a', 'b']), dynamic([1]))", { a: 1, b: null }], ["bag_zip(parse_json('1'), dynamic([1]))", null]] },
  zip: { sql: (call) => `kql_zip(${listSql(call)})`, examples: [["zip(dynamic(['A', 1, 1.5]), dynamic([{}, 'B']))", [["A", {}], [1, "B"], [1.5, null]]]] },
  range: { sql: (call) => rangeSql(call), examples: [["range(1, 8, 3)", [1, 4, 7]], ["range(1h, 3h)", ["01:00:00", "02:00:00", "03:00:00"]], ["range(1.0, 2, 0.5)", [1, 1.5, 2]], ["range(datetime(2024-01-01), datetime(2024-01-02), 1d)", ["2024-01-01T00:00:00.0000000Z", "2024-01-02T00:00:00.0000000Z"]]] },
  repeat: { sql: (call) => `kql_repeat(${jsonAt(call, 0)}, ${longAt(call, 1)})`, examples: [["repeat(1, 3)", [1, 1, 1]], ["repeat(1, 0)", []]] },
  treepath: { sql: (call) => `kql_treepath(${jsonAt(call, 0)})`, examples: [["treepath(dynamic({'prop1': [1, 2], 'prop2': 'x'}))", ["['prop1']", "['prop1'][0]", "['prop2']"]]] },
  parse_xml: { sql: (call) => `kql_parse_xml(${textAt(call, 0)})`, examples: [["parse_xml('<e/>')", { e: null }], ["parse_xml('<e name=\"value\">text</e>')", { e: { "@name": "value", "#text": "text" } }], ["parse_xml('<e> <a>x</a> <a>y</a> </e>')", { e: { a: ["x", "y"] } }], ["parse_xml('<e> text <a>x &amp; y</a> </e>')", { e: { "#text": "text", a: "x & y" } }], ["parse_xml('<e>')", null]] },
};

/** Finds a time in a JSON array or object that is not written as Kusto writes it: where it reads text as JSON, it makes a datetime of it. */
const otherTimes = stringLiteral(
  String.raw`(?s)^[\[{].*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?|\.\d{7}(?:[+-]\d\d:\d\d)?)"`,
);

function parseJsonSql(call: SqlCall): string {
  const only = argAt(call, 0);
  return only.type === "string"
    ? onceSql(
        onceSql(only.sql, (sql) => `kql_parse_json(${sql})`),
        (json) =>
          // The short pattern rules out nearly all texts, and is several times as quick.
          `CASE WHEN regexp_matches(${json}, '[0-9]T[0-9]') AND regexp_matches(${json}, ${otherTimes}) THEN kql_json_times(${json}) ELSE ${json} END`,
      )
    : castSql(only, "dynamic");
}

/** Paths are made of names and indices. */
function extractJsonSql(call: SqlCall): string {
  const path = literalAt(call, 0);
  if (path === undefined) return refuseCall(call, "its path is computed");
  if (!/^\$(?:\.[^.[\]'"*?()@]+|\[\d+\]|\['[^']*'\]|\["[^"]*"\])*$/.test(path)) {
    return castSql({ ...argAt(call, 1), sql: oddPathSql(call, path), type: "dynamic" }, call.type);
  }
  const steps = path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g);
  const pointer = Array.from(
    steps,
    (step) => step.slice(1).find((part) => part !== undefined) ?? "",
  )
    .map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
  const json = onceSql(textAt(call, 1), (text) => `kql_json_text(${text})`);
  const sql = `kql_member(${json}, ${stringLiteral(pointer)})`;
  return castSql({ ...argAt(call, 1), sql, type: "dynamic" }, call.type);
}

/** A path that is not of that form: what it finds is known of texts alone that hold none of its names. */
function oddPathSql(call: SqlCall, path: string): string {
  const names = path.match(/[^$.[\]'"*?()@#,:\s]+/g) ?? [];
  if (names.length === 0) return refuseCall(call, "its path has no names");
  return `kql_odd_path(${textAt(call, 1)}, ${stringLiteral(JSON.stringify(names))})`;
}

/** All arguments as one array. */
function listSql(call: SqlCall): string {
  const items = jsonsFrom(call, 0).map((sql) => `coalesce(${sql}, 'null')`);
  return `'[' || concat_ws(',', ${items.join(", ")}) || ']'`;
}

/** One array is sorted, or several by the order of the first: an array of arrays. */
function sortSql(call: SqlCall, descending: boolean): string {
  const last = call.args.at(-1);
  const hasFlag = last?.type === "bool";
  const nullsLast = hasFlag ? castSql(last, "bool") : "true";
  const arrays = hasFlag ? { ...call, args: call.args.slice(0, -1) } : call;
  return arrays.args.length === 1
    ? `kql_array_sort(${jsonAt(call, 0)}, ${descending}, ${nullsLast})`
    : `kql_array_sort_by(${listSql(arrays)}, ${descending}, ${nullsLast})`;
}

function shiftSql(call: SqlCall, sign: "" | "-"): string {
  const filler = call.args.length > 2 ? jsonAt(call, 2) : "CAST(NULL AS VARCHAR)";
  const by = longAt(call, 1);
  // The least long has no negative; any array is shorter.
  const right = `CASE WHEN ${by} IS NOT NULL THEN -greatest(${by}, -9223372036854775807) END`;
  return `kql_array_shift(${jsonAt(call, 0)}, ${sign === "-" ? right : by}, ${filler})`;
}

function packArraySql(call: SqlCall): string {
  if (call.args.length === 0) return "'[]'";
  return `concat('[', ${jsonsFrom(call, 0)
    .map((sql) => `coalesce(${sql}, 'null')`)
    .join(", ',', ")}, ']')`;
}

interface Pair {
  /** The key as JSON with its colon. */
  readonly key: string;
  readonly value: string;
  readonly present: string;
}

function pairs(call: SqlCall): readonly Pair[] {
  const found: Pair[] = [];
  for (let at = 0; at + 1 < call.args.length; at += 2) {
    const literal = literalAt(call, at);
    const { sql, type } = argAt(call, at + 1);
    found.push({
      key:
        literal === undefined
          ? `CAST(to_json(${textAt(call, at)}) AS VARCHAR) || ':'`
          : stringLiteral(`${JSON.stringify(literal)}:`),
      value: jsonAt(call, at + 1),
      present: type === "string" ? `${sql} <> ''` : `${sql} IS NOT NULL`,
    });
  }
  return found;
}

function bagSql(call: SqlCall): string {
  const items = pairs(call).map(({ key, value }) => `${key}, coalesce(${value}, 'null')`);
  return items.length === 0 ? "'{}'" : `concat('{', ${items.join(", ',', ")}, '}')`;
}

/** A bag without the nulls and the empty strings. */
function nonEmptyBagSql(call: SqlCall): string {
  const items = pairs(call).map(
    ({ key, value, present }) => `CASE WHEN ${present} THEN concat(${key}, ${value}) END`,
  );
  return items.length === 0 ? "'{}'" : `'{' || concat_ws(',', ${items.join(", ")}) || '}'`;
}

function rangeSql(call: SqlCall): string {
  const types = call.args.map(({ type }) => type);
  const type =
    (["datetime", "timespan", "real"] as const).find((each) => types.includes(each)) ?? "long";
  const stepType: KqlType = type === "datetime" ? "timespan" : type;
  const hour = "CAST(36000000000 AS BIGINT)";
  const ones = {
    datetime: hour,
    timespan: hour,
    real: "CAST(1 AS DOUBLE)",
    long: "CAST(1 AS BIGINT)",
  };
  const step = call.args.length > 2 ? castSql(argAt(call, 2), stepType) : ones[type];
  return `kql_range_${type}(${castSql(argAt(call, 0), type)}, ${castSql(argAt(call, 1), type)}, ${step})`;
}
