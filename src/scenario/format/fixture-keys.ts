import type { FixturesFile } from "./fixtures-file.ts";
import { objectSchema, type Field, type JsonSchema } from "./shape.ts";

const rows: JsonSchema = {
  type: "array",
  items: { type: "object", minProperties: 1 },
  description: "Rows, each a map of column to value; `Name:long` says a column's type.",
};

/** Rows by the name of a watchlist or a function. */
const rowsByName: JsonSchema = {
  type: "object",
  propertyNames: { minLength: 1 },
  additionalProperties: rows,
};

const externalText: JsonSchema = {
  ...objectSchema({
    url: { schema: { type: "string", minLength: 1 }, description: "A URL; a `*` is any text" },
    text: { schema: { type: "string" }, description: "What stands there", optional: true },
    file: {
      schema: { type: "string", minLength: 1 },
      description: "The file that holds it, by its path from the scenario's folder",
      optional: true,
    },
  }),
  oneOf: [{ required: ["text"] }, { required: ["file"] }],
  errorMessage: "must have either `text` or `file`",
};

const network: JsonSchema = objectSchema({
  network: {
    schema: {
      type: "string",
      pattern: "^[0-9A-Fa-f:.]+(/\\d{1,3})?$",
      errorMessage: "must be a network such as `203.0.113.0/24`",
    },
    description: "An address range",
    example: "203.0.113.0/24",
  },
  country: { schema: { type: "string" }, description: "Its country", optional: true },
  state: { schema: { type: "string" }, description: "Its state", optional: true },
  city: { schema: { type: "string" }, description: "Its city", optional: true },
  latitude: { schema: { type: "number" }, description: "Degrees", optional: true },
  longitude: { schema: { type: "number" }, description: "Degrees", optional: true },
});

const place: JsonSchema = objectSchema({
  table: {
    schema: {
      type: "string",
      pattern: "\\)\\.\\s*\\w+\\s*$",
      errorMessage: 'must be a table as rules write it, such as `workspace("soc").SigninLogs`',
    },
    description: "The table as rules write it",
    example: 'workspace("soc").SigninLogs',
  },
  rows: { schema: rows, description: "Its rows" },
});

/** The key `fixtures` of a scenario file. */
export const fixturesField: Field<FixturesFile> = {
  schema: objectSchema({
    watchlists: { schema: rowsByName, description: "Rows by alias", optional: true },
    functions: {
      schema: rowsByName,
      description: "What functions behind `invoke` answer; rows are found by their first column",
      optional: true,
    },
    externaldata: {
      schema: { type: "array", items: externalText },
      description: "What stands at the URLs of `externaldata`",
      optional: true,
    },
    "geo-ip": {
      schema: { type: "array", items: network },
      description: "Where addresses are",
      optional: true,
    },
    tables: {
      schema: { type: "array", items: place },
      description: "Tables of other workspaces, clusters and databases",
      optional: true,
    },
  }),
  description:
    "What answers, in this scenario alone, for data that is in no table: `watchlists`, `functions`, `externaldata`, `geo-ip`, `tables` (docs/inputs.md)",
};
