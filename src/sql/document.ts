import { markdownCode as code } from "../base/text.ts";
import { aggregateFunctions, scalarFunctions } from "./functions/index.ts";
import type { FunctionTable, ScalarFunction } from "./types.ts";

/** `docs/functions.md`: every function and operator that has a translation, with its examples and what is not as in Kusto. */
export function renderFunctions(): string {
  return `# Functions

Made from the registry by \`npm run docs\`. A function that is not listed is refused with KT0220, and nothing is run.
Each example is a test; values are written as Kusto's REST interface writes them.

## Scalar functions and operators

${renderTable(scalarFunctions)}

## Aggregates

Examples are over the rows \`datatable(x:long, s:string)[1, "a", 2, "b", 2, ""]\`.

${renderTable(aggregateFunctions)}
`;
}

function renderTable(table: FunctionTable<ScalarFunction>): string {
  const rows = Object.entries(table)
    // Names with a dollar sign are the engine's own.
    .filter(([name]) => !name.startsWith("$"))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { examples, differs, refuse }]) => {
      const shown = examples
        .slice(0, 3)
        .map(([kql, value]) => `${code(kql)} → ${code(JSON.stringify(value))}`);
      const remark = differs ?? (refuse === undefined ? "exact" : "exact; some uses are refused");
      return `| ${code(name)} | ${shown.join("<br>")} | ${remark} |`;
    });
  return ["| name | examples | |", "| --- | --- | --- |", ...rows].join("\n");
}
