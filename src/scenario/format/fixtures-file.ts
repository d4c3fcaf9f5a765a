import type { GeoNetwork } from "../../schema/fixtures.ts";

type RowsFile = readonly Readonly<Record<string, unknown>>[];

/** `fixtures` of a scenario file as it is written. */
export interface FixturesFile {
  readonly watchlists?: Readonly<Record<string, RowsFile>>;
  readonly functions?: Readonly<Record<string, RowsFile>>;
  readonly externaldata?: readonly ExternalTextFile[];
  readonly "geo-ip"?: readonly GeoNetwork[];
  readonly tables?: readonly { readonly table: string; readonly rows: RowsFile }[];
}

/** What stands at a URL: a text, or a file beside the scenario. */
export interface ExternalTextFile {
  readonly url: string;
  readonly text?: string;
  readonly file?: string;
}
