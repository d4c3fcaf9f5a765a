import { markdownCode as code } from "../base/text.ts";
import { exampleTable, type Form } from "./lower/operators/form.ts";
import { operators } from "./lower/operators/index.ts";
import { queryOptions, type QueryOption } from "./lower/option-table.ts";
import { plugins } from "./lower/plugins/index.ts";

/** `docs/operators.md`: every tabular operator and plugin, how it is written, and what becomes of it. */
export function renderOperators(): string {
  const named = Object.values(operators).map(({ name, forms }) => [name, forms] as const);
  const plugged = Object.entries(plugins).map(([name, { forms }]) => [name, forms] as const);
  return `# Operators

Made from the registry by \`npm run docs\`. Each example is a test, and all of them read this table:

\`\`\`kusto
${exampleTable}
\`\`\`

What is refused has a code and a place, and nothing is run. An operator that is not listed is refused with KT0201, a
plugin with KT0257.

## Tabular operators

${renderTable(named)}

## Plugins of \`evaluate\`

${renderTable(plugged)}

## Options of \`set\`

An option that is not listed is refused with KT0267, although Kusto ignores unknown options: it may be a spelling
mistake of one that changes the answer.

${renderOptions()}
`;
}

function renderOptions(): string {
  const lines = Object.entries(queryOptions)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, option]) => `| ${code(name)} | ${renderOption(option)} |`);
  return ["| option | |", "| --- | --- |", ...lines].join("\n");
}

function renderOption(option: QueryOption): string {
  if ("obeyed" in option) return `obeyed: ${option.obeyed}`;
  if ("ignored" in option) return `accepted, changes no answer: ${option.ignored}`;
  return `refused: ${option.refused}; ${option.hint}`;
}

function renderTable(rows: readonly (readonly [string, readonly Form[]])[]): string {
  const lines = rows
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, forms]) =>
      forms.map((form, index) => `| ${index === 0 ? code(name) : ""} | ${renderForm(form)} |`),
    );
  return ["| name | example | rows | |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

function renderForm(form: Form): string {
  if ("refused" in form) return `${code(form.example)} | | refused: ${form.refused}; ${form.hint}`;
  const shown = code(JSON.stringify(form.rows));
  return `${code(form.example)} | ${shown} | ${form.differs ?? "exact"}`;
}
