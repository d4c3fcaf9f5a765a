import type { AggregateCall, Item } from "../../plan/ir/types.ts";
import { exprSql } from "../expressions/expression.ts";
import { argDatetimeSql } from "../functions/aggregates/basic-aggregates.ts";
import type { SqlContext } from "../types.ts";

/** So many columns of one row are found sooner together than each by itself. */
const columnsToShare = 3;

/**
 * The items that are of one row, as `arg_max(Timestamp, *)` gives them, each with its SQL: DuckDB looks for that row once,
 * a struct of all of them, where it would look for it once for each. Items that are anything else are not in it.
 */
export function extremeRowsSql(
  items: readonly Item[],
  context: SqlContext,
): ReadonlyMap<Item, string> {
  const groups = new Map<string, { readonly item: Item; readonly call: AggregateCall }[]>();
  for (const item of items) {
    const { expr } = item;
    if (expr.kind !== "aggregate" || (expr.name !== "arg_max" && expr.name !== "arg_min")) continue;
    const [extreme, value] = expr.args;
    if (extreme?.type !== "datetime" || value === undefined) continue;
    const by = exprSql(extreme, context);
    if (by === exprSql(value, context)) continue;
    const key = `${expr.name} ${by}`;
    groups.set(key, [...(groups.get(key) ?? []), { item, call: expr }]);
  }
  const result = new Map<Item, string>();
  for (const group of groups.values()) {
    const call = group[0]?.call;
    if (call === undefined || group.length < columnsToShare) continue;
    const fields = group.map((one, index) => `c${index}: ${argSql(one.call, 1, context)}`);
    const row = argDatetimeSql(call.name, `{${fields.join(", ")}}`, argSql(call, 0, context));
    group.forEach(({ item }, index) => {
      const value = `struct_extract(${row}, 'c${index}')`;
      result.set(item, item.expr.type === "string" ? `coalesce(${value}, '')` : value);
    });
  }
  return result;
}

function argSql({ args, name }: AggregateCall, at: number, context: SqlContext): string {
  const expr = args[at];
  if (expr === undefined) throw new Error(`${name} was called without argument ${at + 1}`);
  return exprSql(expr, context);
}
