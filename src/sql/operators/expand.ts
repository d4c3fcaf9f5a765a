import { columnsOf } from "../../plan/ir/columns.ts";
import type { ColumnRef, Expand } from "../../plan/ir/types.ts";
import type { KqlType } from "../../schema/types.ts";
import { castSql } from "../expressions/cast.ts";
import { argOf, exprSql } from "../expressions/expression.ts";
import { columnName } from "../text/identifiers.ts";
import { identifier } from "../text/quote.ts";
import { sqlTypes, type SqlContext } from "../types.ts";

/** A row for each element: DuckDB puts several `unnest` of one row side by side and fills up the shorter ones with nulls. */
export function expandSql(rel: Expand, from: string, context: SqlContext): string {
  const values = rel.columns.map((_, index) => identifier(`$value ${index + 1}`));
  const lists = rel.columns.map((_, index) => identifier(`$elements ${index + 1}`));
  const valued = rel.columns.map(
    ({ expr }, index) => `${castSql(argOf(expr, context), "dynamic")} AS ${values[index]}`,
  );
  const slice = rel.limit === undefined ? "" : `[1:${exprSql(rel.limit, context)}]`;
  const listed = values.map(
    (value, index) => `kql_elements_${rel.bags}(${value})${slice} AS ${lists[index]}`,
  );
  // The macros read their argument several times: each value is computed in front of them.
  const source = `SELECT *, ${listed.join(", ")} FROM (SELECT *, ${valued.join(", ")} FROM ${from})`;
  const own = new Map(rel.columns.map(({ name, type }, index) => [name, { type, index }]));
  const kept = columnsOf(rel.input)
    .filter(({ name }) => !own.has(name))
    .map(({ name }) => columnName(name, context));
  const lengths = lists.map((list) => `len(${list})`);
  const unnested = [
    ...kept,
    ...lists.map((list) => `unnest(${list}) AS ${list}`),
    ...(rel.index === undefined
      ? []
      : [`unnest(range(greatest(${lengths.join(", ")}))) AS ${columnName(rel.index, context)}`]),
  ];
  const columns = columnsOf(rel).map(({ name }) => {
    const alias = columnName(name, context);
    const expanded = own.get(name);
    if (expanded === undefined) return alias;
    return `${elementSql(lists[expanded.index] ?? "", expanded.type, rel)} AS ${alias}`;
  });
  return `SELECT ${columns.join(", ")} FROM (SELECT ${unnested.join(", ")} FROM (${source}))`;
}

/** An element's JSON as `type`. Texts are not read as numbers: `to typeof()` takes a value or leaves it. */
function elementSql(sql: string, type: KqlType, { span }: Expand): string {
  const expr: ColumnRef = { kind: "column", name: "$element", type: "dynamic", span };
  const cast = castSql({ sql, type: "dynamic", expr }, type);
  const isText = `starts_with(${sql}, '"')`;
  switch (type) {
    case "dynamic":
    case "string":
      return cast;
    case "datetime":
    case "timespan":
    case "guid":
      return `CASE WHEN ${isText} THEN ${cast} ELSE CAST(NULL AS ${sqlTypes[type]}) END`;
    default:
      return `CASE WHEN NOT ${isText} THEN ${cast} ELSE CAST(NULL AS ${sqlTypes[type]}) END`;
  }
}
