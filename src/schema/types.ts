/** The scalar types of KQL. */
export type KqlType =
  | "bool"
  | "int"
  | "long"
  | "real"
  | "decimal"
  | "datetime"
  | "timespan"
  | "guid"
  | "string"
  | "dynamic";

export const kqlTypes: readonly KqlType[] = [
  "bool",
  "int",
  "long",
  "real",
  "decimal",
  "datetime",
  "timespan",
  "guid",
  "string",
  "dynamic",
];

export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

/**
 * A value as Kusto's REST v2 JSON writes it: `datetime` `2024-01-02T03:04:05.0000000Z`, `timespan`
 * `1.02:03:04.0000000`, `dynamic` as JSON, `long` as number (a string beyond 2^53), `string` never null.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [key: string]: Value };

/** A row of a table by column name. Columns that are left out are null (an empty string for `string`). */
export type Row = Readonly<Record<string, Value>>;

/** Rows by table name. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** Columns of a table in one line, blank-separated: `Name` for a string, `Name:letter` for another type. */
export type TableText = string;
