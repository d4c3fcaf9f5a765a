import { columnsOf } from "../../plan/columns.ts";
import type { Expand } from "../../plan/types.ts";
import type { KqlType } from "../../schema/types.ts";
import { castSql } from "../cast.ts";
import { argOf, exprSql } from "../expression.ts";
import { columnName } from "../identifiers.ts";
import { identifier } from "../quote.ts";
import { sqlTypes, type SqlContext } from "../types.ts";

/** A row for each element: DuckDB puts several `unnest` of one row side by side and fills up the shorter ones with nulls. */
export function expandSql(rel: Expand, from: string, context: SqlContext): string {
  const lists = rel.columns.map((_, index) => identifier(`$elements ${index + 1}`));
  const values = rel.columns.map(({ expr }) => {
    const elements = `kql_elements_${rel.bags}(${castSql(argOf(expr, context), "dynamic")})`;
    if (rel.limit === undefined) return elements;
    return `${elements}[1:${exprSql(rel.limit, context)}]`;
  });
  const listed = `SELECT *, ${values.map((sql, index) => `${sql} AS ${lists[index]}`).join(", ")} FROM ${from}`;
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
  return `SELECT ${columns.join(", ")} FROM (SELECT ${unnested.join(", ")} FROM (${listed}))`;
}

/** An element's JSON as `type`. Texts are not read as numbers: `to typeof()` takes a value or leaves it. */
function elementSql(sql: string, type: KqlType, { columns: [first] }: Expand): string {
  if (first === undefined) throw new Error("an expansion of nothing");
  const cast = castSql({ sql, type: "dynamic", expr: first.expr }, type);
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
