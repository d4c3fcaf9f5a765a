import type { Scan } from "../../plan/ir/types.ts";
import { columnName } from "../text/identifiers.ts";
import { identifier } from "../text/quote.ts";
import { sqlTypes, type SqlContext } from "../types.ts";

/** Rows of a stored table. What the database lacks of the schema is null there: the events said nothing of it. */
export function scanSql({ table, columns }: Scan, context: SqlContext): string {
  const stored = context.stored(table);
  const list = columns.map(({ name, type }) => {
    const alias = columnName(name, context);
    const storedName = stored?.get(name);
    if (storedName !== undefined) {
      const own = identifier(storedName);
      return own === alias ? own : `${own} AS ${alias}`;
    }
    const empty = type === "string" ? "''" : `CAST(NULL AS ${sqlTypes[type]})`;
    return `${empty} AS ${alias}`;
  });
  const select = `SELECT ${list.length === 0 ? "1" : list.join(", ")}`;
  return stored === undefined ? `${select} WHERE false` : `${select} FROM ${identifier(table)}`;
}
