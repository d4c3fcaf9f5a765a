import type { Column } from "../../schema/types.ts";

/** Which fixture holds the rows of a scan. */
export type FixtureRef = WatchlistRef | LookupRef | PlaceRef | ExternalRef;

export interface WatchlistRef {
  readonly kind: "watchlist";
  readonly alias: string;
}

/** The rows of a function behind `invoke`, each found by its column `key`. */
export interface LookupRef {
  readonly kind: "lookup";
  readonly name: string;
  readonly key: string;
}

/** A table of another place, by its key. */
export interface PlaceRef {
  readonly kind: "place";
  readonly key: string;
}

/** What stands at `urls`, one behind the other, read as `format` into `columns`. */
export interface ExternalRef {
  readonly kind: "external";
  readonly urls: readonly string[];
  readonly format: ExternalFormat;
  readonly ignoreFirstRecord: boolean;
  /** All that the query declares, as the cells of a text belong to them by their places. */
  readonly columns: readonly Column[];
}

export const externalFormats = [
  "csv",
  "tsv",
  "psv",
  "scsv",
  "txt",
  "raw",
  "json",
  "multijson",
] as const;
export type ExternalFormat = (typeof externalFormats)[number];

/** What the rows of `ref` are called among the tables. No query can write such a name. */
export function fixtureTable(ref: FixtureRef): string {
  return `$${JSON.stringify(ref)}`;
}

/** The function that looks an address up, and the table that it reads. */
export const geoLookup = "$geo";
export const geoTable = "$geo";
