import { bundledCatalog, type Table } from "./tables.ts";
import type { KqlType } from "./types.ts";

/** TypeScript's letter for the values of a column, as `renderTableTypes` declares them. */
const letters: Readonly<Record<KqlType, string>> = {
  bool: "B",
  int: "N",
  long: "L",
  real: "N",
  decimal: "L",
  datetime: "S",
  timespan: "S",
  guid: "S",
  string: "S",
  dynamic: "D",
};

/** `src/schema/table-types.ts`: the tables of Defender XDR as types, so that editors and tsc know every column. */
export function renderTableTypes(): string {
  const tables = [...bundledCatalog("defender-xdr").values()];
  return typesFile("DefenderTables", "The tables of Defender XDR", tables);
}

/** `src/schema/sentinel-table-types.ts`: the same for the tables that a workspace of Sentinel alone has. Types leave nothing in the JavaScript, so that no run loads them. */
export function renderSentinelTypes(): string {
  const others = bundledCatalog("defender-xdr");
  const tables = [...bundledCatalog("sentinel").values()].filter(({ name }) => !others.has(name));
  return typesFile("SentinelTables", "The tables that a workspace of Sentinel alone has", tables);
}

function typesFile(name: string, what: string, tables: readonly Table[]): string {
  return `// Made from the tables by \`npm run docs\`.

import type { Value } from "./types.ts";

type B = boolean | null;
type N = number | null;
type L = number | string | null;
type S = string | null;
type D = Value;

/** ${what}: the columns that a row of each may have, all of them optional. */
// oxfmt-ignore
export interface ${name} {
${tables.map(tableType).join("\n")}
}
`;
}

function tableType({ name, columns }: Table): string {
  const lines = columns.map((column) => {
    // Written as a map, it becomes JSON.
    const type = column.name === "AdditionalFields" ? "D" : letters[column.type];
    const key = /^\w+$/.test(column.name) ? column.name : JSON.stringify(column.name);
    return `${key}?: ${type};`;
  });
  return `  ${name}: { ${lines.join(" ")} };`;
}
