import type { Column } from "../../schema/types.ts";
import { identifier } from "./quote.ts";
import type { SqlContext } from "../types.ts";

/** A column's name in SQL, quoted. */
export function columnName(name: string, context: SqlContext): string {
  return identifier(context.names.get(name) ?? name);
}

/** The names of `columns`, comma-separated. */
export function columnList(columns: readonly Column[], context: SqlContext): string {
  return columns.map(({ name }) => columnName(name, context)).join(", ");
}

/** A `let` table's name in SQL, apart from every table's. */
export function bindingName(name: string): string {
  return identifier(`let ${name}`);
}
