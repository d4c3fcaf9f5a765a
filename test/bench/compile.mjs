import { readdirSync, readFileSync } from "node:fs";
import { plainText } from "../../dist/base/source.js";
import { compileQuery } from "../../dist/engine/compile-query.js";
import { bundledCatalog } from "../../dist/schema/tables.js";
import { benchRules } from "./rules.mjs";
import { durations, inMs, median } from "./timing.mjs";

const goldens = new URL("../goldens/", import.meta.url);

/** From a rule's text to its plan, once the parser is loaded and warm. */
export async function compileBench() {
  const queries = readdirSync(goldens).map((name) =>
    plainText(name, readFileSync(new URL(`${name}/query.kql`, goldens), "utf8")),
  );
  const sets = { "rules of the bench": benchRules().map(({ text }) => text), goldens: queries };
  const catalog = bundledCatalog("defender-xdr");
  for (const text of queries) compileQuery(text, catalog);
  const lines = [];
  for (const [name, texts] of Object.entries(sets)) {
    const times = [];
    for (const text of texts)
      times.push(median(await durations(5, () => compileQuery(text, catalog))));
    lines.push(
      `${texts.length} ${name}: median ${inMs(median(times))}, slowest ${inMs(Math.max(...times))}`,
    );
  }
  return lines;
}
