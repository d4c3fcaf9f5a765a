import { bundledCatalog, dialects } from "../../schema/tables.ts";
import type { KnownTypes } from "../../schema/fixture-table.ts";
import { enrichmentOf } from "./enrichments.ts";

/** The types of the columns that the function `name` of the hunting service adds; none for a function of the user's own. */
export function lookupTypes(name: string): KnownTypes {
  return enrichmentOf(name)?.adds ?? {};
}

/** The types of a bundled table's columns, for the table of another place that has its name. */
export function placeTypes(key: string): KnownTypes {
  const name = key.slice(key.lastIndexOf(".") + 1);
  const tables = dialects.map((dialect) => bundledCatalog(dialect).get(name));
  // A workspace's tables are what other places mostly are; its types go last and win.
  return Object.fromEntries(
    tables.flatMap((table) => (table?.columns ?? []).map((column) => [column.name, column.type])),
  );
}
