import type { DuckDBValue } from "@duckdb/node-api";
import { InputError } from "../base/diagnostic.ts";
import type { Insertion } from "../kql/insertions.ts";
import type { BagColumns, Discovery, PivotColumns, Program } from "../plan/ir/types.ts";
import type { Column } from "../schema/types.ts";
import { propertyTypes } from "./property-types.ts";

/** As many plugins as one query may call. */
const most = 16;

interface Discovering {
  /** The query with what is known of its plugins so far. */
  compile(insertions: readonly Insertion[]): Program | Promise<Program>;
  /** The answer to a program, by column. */
  read(program: Program): Promise<readonly (readonly DuckDBValue[])[]>;
}

/** The program without a question left: each plugin's columns are found out by running what stands before it. */
export async function discover(program: Program, { compile, read }: Discovering): Promise<Program> {
  const insertions: Insertion[] = [];
  let current = program;
  while (current.discovery !== undefined && insertions.length < most) {
    const { discovery, bindings } = current;
    const calls: Found[] = [];
    for (const { probe, finds } of [discovery, ...discovery.again]) {
      const [values = []] = await read({ bindings, body: probe });
      calls.push({ finds, values });
    }
    insertions.push({ at: discovery.at, text: commonSchema(calls, discovery) });
    current = await compile(insertions);
  }
  return current;
}

/** What one call of a plugin works on, and the values that tell its columns. */
interface Found extends Pick<Discovery, "finds"> {
  readonly values: readonly DuckDBValue[];
}

/** The schema that all calls of one text have. A call without rows has any. */
function commonSchema(calls: readonly Found[], { expected }: Discovery): string {
  const [first] = calls;
  const texts = calls.map((call) => schemaText(call, expected));
  const inputs = new Set(calls.map(({ finds }) => JSON.stringify(finds)));
  const known = new Set(texts.filter((_, at) => (calls[at]?.values.length ?? 0) > 0));
  const [schema = texts[0] ?? ""] = known;
  if (first === undefined || (inputs.size === 1 && known.size <= 1)) return schema;
  throw new InputError({
    code: "KT0258",
    message: "a plugin in a function gives other columns each time that the function is called",
    hint: "write the columns behind the call: `evaluate bag_unpack(d) : (*, Name:string)`",
  });
}

/** The schema of a plugin's result, as KQL writes it behind the call. */
function schemaText({ finds, values }: Found, expected: readonly string[]): string {
  const texts = values.flatMap((value) => (value === null ? [] : [String(value)]));
  const columns = finds.kind === "bag" ? bagColumns(finds, texts) : pivotColumns(finds, texts);
  const known = new Set(columns.map(({ name }) => name));
  const missing = expected
    .filter((name) => !known.has(name))
    .map((name): Column => ({ name, type: finds.kind === "bag" ? "dynamic" : finds.type }));
  const list = [...columns, ...missing].map(({ name, type }) => `[${quoted(name)}]:${type}`);
  return ` : (${list.join(", ")})`;
}

function quoted(name: string): string {
  return `'${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/**
 * The input's columns without the bag, then its properties by name. A property that is called like the bag takes its
 * place; one that is called like another column stands among the properties, whichever value it has.
 */
function bagColumns(
  { input, bag, options }: BagColumns,
  bags: readonly string[],
): readonly Column[] {
  const { prefix, conflict, ignored } = options;
  const properties = new Map<string, Column>();
  for (const [name, type] of propertyTypes(bags)) {
    if (!ignored.includes(name)) properties.set(prefix + name, { name: prefix + name, type });
  }
  const columns: Column[] = [];
  for (const column of input) {
    const property = properties.get(column.name);
    if (property === undefined) {
      if (column.name !== bag) columns.push(column);
    } else if (column.name === bag) {
      columns.push(property);
      properties.delete(column.name);
    } else {
      if (conflict === "error") throw clash(column.name);
      if (conflict === "keep_source") properties.set(column.name, column);
    }
  }
  const names = [...properties.keys()].toSorted((a, b) => (a < b ? -1 : 1));
  return [...columns, ...names.flatMap((name) => properties.get(name) ?? [])];
}

function clash(name: string): InputError {
  return new InputError({
    code: "KT0260",
    message: `\`bag_unpack\` gives a column \`${name}\`, which its input has too`,
    hint: "give it a prefix, or say `columnsConflict='keep_source'` or `'replace_source'`",
  });
}

function pivotColumns({ groups, type }: PivotColumns, texts: readonly string[]): readonly Column[] {
  const taken = new Set(groups.map(({ name }) => name));
  const names = [...new Set(texts)].toSorted((a, b) => (a < b ? -1 : 1));
  for (const name of names) {
    if (name !== "" && !taken.has(name)) continue;
    throw new InputError({
      code: "KT0261",
      message: `\`pivot\` would give a column the name \`${name}\`, which cannot be`,
      hint: "filter or rename such values before",
    });
  }
  return [...groups, ...names.map((name): Column => ({ name, type }))];
}
