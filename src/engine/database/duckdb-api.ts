import { createRequire } from "node:module";
import type * as DuckDB from "@duckdb/node-api";

/**
 * The values of DuckDB's package. It is CommonJS in sixty files, and `import` reads each of them twice to learn its
 * names; a require does not, which start-up shows.
 */
export const duckdb: typeof DuckDB = createRequire(import.meta.url)("@duckdb/node-api");
