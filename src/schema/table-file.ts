import { defined } from "../base/defined.ts";
import { InputError } from "../base/diagnostic.ts";
import type { Source, Span } from "../base/source.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml } from "../base/yaml.ts";
import { bundledCatalog, dialects, type Dialect, type Table } from "./tables.ts";
import type { KqlType } from "./types.ts";

/** A table of a project beside the bundled ones. */
export interface OwnTable extends Table {
  /** Where rules see it; absent: everywhere. */
  readonly dialect?: Dialect;
}

/** A table and where its file says its name. */
export interface DeclaredTable extends OwnTable {
  readonly source: Source;
  readonly nameSpan: Span;
}

/** `tables/<name>.yaml` as it is written. `schemas/tables.schema.json` describes the same shape. */
interface TableFile {
  readonly name: string;
  readonly description?: string;
  readonly dialect?: Dialect;
  readonly columns: Readonly<Record<string, KqlType>>;
}

/** The table that `source` declares. Throws an `InputError` for a file that is not valid (KT0720) and for a bundled table (KT0721). */
export function readTable(source: Source): DeclaredTable {
  const yaml = parseYaml(source, "KT0720");
  const { name, dialect, columns } = validateYaml<TableFile>(yaml, "tables", "KT0720");
  const redefined = dialects.find(
    (one) => (dialect ?? one) === one && bundledCatalog(one).has(name),
  );
  if (redefined !== undefined) {
    throw new InputError({
      code: "KT0721",
      message: `\`${name}\` is a table of \`${redefined}\` already`,
      source,
      span: yaml.span(["name"]),
      hint:
        dialect === undefined
          ? "delete the file, or say with `dialect` where the table is another one"
          : "delete the file: the bundled table has the columns that Microsoft documents",
    });
  }
  return {
    name,
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
    ...defined({ dialect }),
    source,
    nameSpan: yaml.span(["name"]),
  };
}
