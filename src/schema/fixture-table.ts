import { defined } from "../base/defined.ts";
import { parseCsv } from "../base/csv.ts";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import { parseYaml, type YamlFile, type YamlPath } from "../base/yaml.ts";
import type { FixtureTable } from "./fixtures.ts";
import { textValue } from "./text-value.ts";
import { kqlTypes, type Column, type KqlType, type Row, type Value } from "./types.ts";

/** An offset in a file. */
interface Place {
  readonly source: Source;
  readonly at: number;
}

/** Types of columns that are known before the file is read. */
export type KnownTypes = Readonly<Record<string, KqlType>>;

/**
 * The rows of a fixture's file, CSV or a list of maps in YAML or JSON. A column's type is the known one, else what
 * stands behind its name (`Score:long`), else text. Throws an `InputError` (KT0724) with the place of each mistake.
 */
export function readFixtureTable(source: Source, types: KnownTypes = {}): FixtureTable {
  if (source.file.endsWith(".csv")) return readCsvTable(source, types);
  return tableOfYaml(parseYaml(source, "KT0724"), { path: [], types });
}

function readCsvTable(source: Source, types: KnownTypes): FixtureTable {
  const [header, ...records] = parseCsv(source);
  if (header === undefined)
    throw problem({ source, at: 0 }, "the file has no line that names its columns");
  const columns = header.cells.map((text) => columnOf(text, types, { source, at: header.start }));
  requireDistinct(columns, { source, at: header.start });
  const rows = records.map(({ cells, start }): Row => {
    if (cells.length !== columns.length) {
      throw problem({ source, at: start }, `${cells.length} cells under ${columns.length} columns`);
    }
    return Object.fromEntries(
      columns.map(({ name, type }, index) => {
        const value = textValue(cells[index] ?? "", type);
        if (value !== undefined) return [name, value];
        throw problem(
          { source, at: start },
          `\`${cells[index] ?? ""}\` in \`${name}\` is no ${type}`,
        );
      }),
    );
  });
  return { columns, rows };
}

interface YamlTable {
  readonly path: YamlPath;
  readonly types: KnownTypes;
}

/** The table at `path` of a YAML file: a list of maps, column to value. A column that a row lacks is empty in it. */
export function tableOfYaml(yaml: YamlFile, { path, types }: YamlTable): FixtureTable {
  const list = path.reduce<unknown>(
    (data, key) => (data as Record<string, unknown>)[key],
    yaml.data,
  );
  const { source } = yaml;
  const at = (place: YamlPath): Place => ({ source, at: yaml.span([...path, ...place]).start });
  if (!Array.isArray(list)) throw problem(at([]), "the rows are no list");
  const columns = new Map<string, Column>();
  const rows = list.map((data: unknown, index): Row => {
    if (typeof data !== "object" || data === null || Array.isArray(data)) {
      throw problem(at([index]), "the row is no map of column to value");
    }
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => {
        const start = yaml.keySpan([...path, index, key]).start;
        const column = columnOf(key, types, { source, at: start });
        const above = columns.get(column.name) ?? column;
        if (above.type !== column.type) {
          throw problem({ source, at: start }, `\`${column.name}\` is of type ${above.type} above`);
        }
        columns.set(column.name, column);
        const converted = valueOf(value as Value, column.type);
        if (converted !== undefined) return [column.name, converted];
        const message = `\`${JSON.stringify(value)}\` in \`${column.name}\` is no ${column.type}`;
        throw problem(at([index, key]), message);
      }),
    );
  });
  return { columns: [...columns.values()], rows };
}

/** A value of YAML in a column of `type`; undefined where it is none. */
function valueOf(value: Value, type: KqlType): Value | undefined {
  if (value === null) return null;
  if (type === "dynamic") return value;
  if (typeof value === "object") return type === "string" ? JSON.stringify(value) : undefined;
  return textValue(String(value), type);
}

/** `Name` or `Name:type`. */
function columnOf(text: string, types: KnownTypes, place: Place): Column {
  const [, name = "", written] = /^\s*(.*?)\s*(?::\s*(\w+))?\s*$/.exec(text) ?? [];
  if (name === "" || name.startsWith("$")) {
    throw problem(place, `\`${text}\` is no name of a column`);
  }
  const known = Object.hasOwn(types, name) ? types[name] : undefined;
  if (known !== undefined) return { name, type: known };
  const type = kqlTypes.find((candidate) => candidate === (written ?? "string"));
  if (type !== undefined) return { name, type };
  throw problem(place, `\`${written}\` is no type of KQL`, suggestion(written ?? "", kqlTypes));
}

function requireDistinct(columns: readonly Column[], place: Place): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw problem(place, `two columns are called \`${name}\``);
    seen.add(name);
  }
}

function problem({ source, at }: Place, message: string, hint?: string): InputError {
  const span = { start: at, end: at + 1 };
  return new InputError({
    code: "KT0724",
    message,
    source,
    span,
    ...defined({ hint }),
  });
}
