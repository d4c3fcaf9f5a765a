import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runInThisContext } from "node:vm";

/** The namespace of Microsoft's language service. */
export type KustoNamespace = typeof Kusto;

let loaded: KustoNamespace | undefined;

/**
 * Microsoft's KQL parser and binder, loaded once in a process and only when a query has to be read: it costs half
 * a second, and the first analysis another. The package's entry throws when it is required, because its two
 * scripts expect to run in the global scope; so they do.
 */
export function loadKusto(): KustoNamespace {
  if (loaded !== undefined) return loaded;
  const require = createRequire(import.meta.url);
  const directory = dirname(require.resolve("@kusto/language-service-next/package.json"));
  for (const script of ["bridge.min.js", "Kusto.Language.Bridge.min.js"]) {
    const filename = join(directory, script);
    runInThisContext(readFileSync(filename, "utf8"), { filename });
  }
  loaded = (globalThis as unknown as { Kusto: KustoNamespace }).Kusto;
  return loaded;
}
