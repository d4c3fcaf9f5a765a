import type { Fixtures } from "../schema/fixtures.ts";
import type { OwnTable } from "../schema/table-file.ts";
import { bundledCatalog, type Catalog, type Dialect } from "../schema/tables.ts";
import type { Environment } from "./bound-query.ts";
import type { SavedFunction } from "./functions/saved-function.ts";

/** What a project brings beside its rules and scenarios. Plain data. */
export interface Inputs {
  readonly tables?: readonly OwnTable[];
  readonly functions?: readonly SavedFunction[];
  readonly fixtures?: Fixtures;
}

/** What queries of `dialect` may refer to where `inputs` stand beside the bundled tables. */
export function environmentOf(
  dialect: Dialect,
  { tables = [], functions = [], fixtures = {} }: Inputs,
  missingFixtures: Environment["missingFixtures"] = "error",
): Environment {
  return {
    catalog: catalogWith(dialect, tables),
    functions: new Map(functions.map((saved) => [saved.name, saved])),
    fixtures,
    missingFixtures,
  };
}

/** The bundled tables of `dialect` and those of `tables` that it sees. */
export function catalogWith(dialect: Dialect, tables: readonly OwnTable[]): Catalog {
  const bundled = bundledCatalog(dialect);
  const own = tables.filter((table) => (table.dialect ?? dialect) === dialect);
  return own.length === 0
    ? bundled
    : new Map([...bundled, ...own.map((table) => [table.name, table] as const)]);
}
