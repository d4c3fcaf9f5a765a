import { argAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import type { AggregateFunction, FunctionTable, SqlArg, SqlCall } from "../../types.ts";
import { where } from "./basic-aggregates.ts";

/** Aggregates that gather values in an array or a bag, in the order of the rows. */
// oxfmt-ignore
export const collectionAggregates: FunctionTable<AggregateFunction> = {
  make_list: { sql: (call) => limited(call, 1, listSql(call, "")), examples: [["make_list(x)", [1, 2, 2]], ["make_list(x, 2)", [1, 2]], ["make_list(s)", ["a", "b", ""]], ["make_list(iff(x == 1, long(null), x))", [2, 2]], ["make_list(pack_array(x, s))", [1, "a", 2, "b", 2, ""]]] },
  make_list_if: { sql: (call) => limited(call, 2, listSql(call, where(call, 1))), examples: [["make_list_if(s, x > 1)", ["b", ""]]] },
  make_list_with_nulls: { sql: (call) => arraySql(`coalesce(${elementSql(argAt(call, 0))}, 'null')`, ""), examples: [["make_list_with_nulls(iff(x == 1, long(null), x))", [null, 2, 2]]] },
  make_set: { sql: (call) => distinctSql(call, 1, { array: listSql(call, ""), most: greatest }), examples: [["make_set(x)", [1, 2]], ["make_set(s)", ["a", "b", ""]], ["make_set(x, 1)", [1]]] },
  make_set_if: { sql: (call) => distinctSql(call, 2, { array: listSql(call, where(call, 1)), most: greatest }), examples: [["make_set_if(x, x > 1)", [2]]] },
  // The older spellings gather no more than 128 unless told.
  makelist: { sql: (call) => `kql_array_head(${listSql(call, "")}, CAST(${mostOf(call, 1, legacy)} AS BIGINT))`, examples: [["makelist(x)", [1, 2, 2]]] },
  makeset: { sql: (call) => distinctSql(call, 1, { array: listSql(call, ""), most: legacy }), examples: [["makeset(x)", [1, 2]]] },
  make_bag: { sql: (call) => bagSql(call, 1, ""), examples: [["make_bag(bag_pack(s, x))", { a: 1, b: 2, "": 2 }]] },
  buildschema: { sql: (call) => `kql_build_schema(nullif(${arraySql(castSql(argAt(call, 0), "dynamic"), "")}, '[]'))`, examples: [["buildschema(bag_pack('a', x, 'b', pack_array(s)))", { a: "long", b: { "`indexer`": "string" } }]], differs: "exact where the types of one place come in the order of the alphabet; refused elsewhere" },
  make_bag_if: { sql: (call) => bagSql(call, 2, where(call, 1)), examples: [["make_bag_if(bag_pack(s, x), x == 1)", { a: 1 }]] },
};

/** As many values as Kusto gathers at most. */
const greatest = 1_048_576;
const legacy = 128;

/** The JSON of a value; of an array its elements, as they are gathered one by one. */
function elementSql(value: SqlArg): string {
  const json = castSql(value, "dynamic");
  if (value.type !== "dynamic") return json;
  return `CASE WHEN starts_with(${json}, '[') THEN nullif(substr(${json}, 2, length(${json}) - 2), '') ELSE coalesce(${json}, 'null') END`;
}

function arraySql(element: string, filter: string): string {
  return `('[' || coalesce(string_agg(${element}, ',')${filter}, '') || ']')`;
}

function listSql(call: SqlCall, filter: string): string {
  return arraySql(elementSql(argAt(call, 0)), filter);
}

function limited(call: SqlCall, index: number, array: string): string {
  return call.args.length > index
    ? `kql_array_head(${array}, CAST(${mostOf(call, index, greatest)} AS BIGINT))`
    : array;
}

/** How many values are wanted: the argument at `index`, or `most`. */
function mostOf(call: SqlCall, index: number, most: number): string {
  const limit = call.args[index];
  return limit === undefined
    ? String(most)
    : `coalesce(any_value(${castSql(limit, "long")}), ${most})`;
}

function distinctSql(
  call: SqlCall,
  index: number,
  { array, most }: { array: string; most: number },
): string {
  return `kql_array_distinct(${array}, CAST(${mostOf(call, index, most)} AS BIGINT))`;
}

function bagSql(call: SqlCall, index: number, filter: string): string {
  const bags = arraySql(castSql(argAt(call, 0), "dynamic"), filter);
  return `kql_merged_bag(${bags}, CAST(${mostOf(call, index, greatest)} AS BIGINT))`;
}
