import { bundledCatalog } from "./tables.ts";
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
  const tables = [...bundledCatalog("defender-xdr").values()].map(({ name, columns }) => {
    const lines = columns.map((column) => {
      // Written as a map, it becomes JSON.
      const type = column.name === "AdditionalFields" ? "D" : letters[column.type];
      return `${column.name}?: ${type};`;
    });
    return `  ${name}: { ${lines.join(" ")} };`;
  });
  return `// Made from the tables in this folder by \`npm run docs\`.

import type { Value } from "./types.ts";

type B = boolean | null;
type N = number | null;
type L = number | string | null;
type S = string | null;
type D = Value;

/** The tables of Defender XDR: the columns that a row of each may have, all of them optional. */
// oxfmt-ignore
export interface DefenderTables {
${tables.join("\n")}
}
`;
}
