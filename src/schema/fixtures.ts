import type { Column, Row } from "./types.ts";

/**
 * What answers for data that no table holds. Plain data. A project has fixtures for all of its scenarios; a scenario
 * may have some of its own, which go before the project's.
 */
export interface Fixtures {
  /** Watchlists by alias. The rows of a scenario stand beside the project's. */
  readonly watchlists?: Readonly<Record<string, FixtureTable>>;
  /** What stands at the URLs of `externaldata`; the first pattern that matches answers. */
  readonly externalData?: readonly ExternalText[];
  /** What functions behind `invoke` add to a row, by the function's name. Rows are found by one of their columns. */
  readonly functions?: Readonly<Record<string, FixtureTable>>;
  /** Where addresses are; the smallest network that holds one answers. */
  readonly geoIp?: readonly GeoNetwork[];
  /** Tables of other places, by how KQL names them: `workspace("soc").SigninLogs`. */
  readonly places?: Readonly<Record<string, FixtureTable>>;
}

export interface FixtureTable {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface ExternalText {
  /** A URL; a `*` in it is any text. */
  readonly url: string;
  readonly text: string;
  /** What diagnostics call the text. */
  readonly file: string;
}

export interface GeoNetwork {
  /** `203.0.113.0/24`, `2001:db8::/32` or one address. */
  readonly network: string;
  readonly country?: string;
  readonly state?: string;
  readonly city?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** `own` before and beside `shared`. */
export function mergeFixtures(own: Fixtures | undefined, shared: Fixtures | undefined): Fixtures {
  if (own === undefined || shared === undefined) return own ?? shared ?? {};
  return {
    watchlists: mergeTables(own.watchlists, shared.watchlists),
    externalData: [...(own.externalData ?? []), ...(shared.externalData ?? [])],
    functions: mergeTables(own.functions, shared.functions),
    geoIp: [...(own.geoIp ?? []), ...(shared.geoIp ?? [])],
    places: mergeTables(own.places, shared.places),
  };
}

type TablesByName = Readonly<Record<string, FixtureTable>>;

function mergeTables(own: TablesByName = {}, shared: TablesByName = {}): TablesByName {
  const merged: Record<string, FixtureTable> = { ...shared };
  for (const [name, table] of Object.entries(own)) {
    const other = Object.hasOwn(shared, name) ? shared[name] : undefined;
    merged[name] = other === undefined ? table : appended(table, other);
  }
  return merged;
}

function appended(own: FixtureTable, shared: FixtureTable): FixtureTable {
  // The shared table says what its columns are; a column that only `own` has stands behind them.
  const columns = new Map([...own.columns, ...shared.columns].map((one) => [one.name, one]));
  const order = new Set([...shared.columns, ...own.columns].map(({ name }) => name));
  return {
    columns: Array.from(order, (name) => columns.get(name)).filter((one) => one !== undefined),
    rows: [...own.rows, ...shared.rows],
  };
}

/** The text that stands at `url`; undefined where no pattern matches it. */
export function externalText(fixtures: Fixtures, url: string): ExternalText | undefined {
  return fixtures.externalData?.find((one) => matchesUrl(one.url, url));
}

function matchesUrl(pattern: string, url: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[$()+.?[\\\]^{|}/]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(url);
}

/** One way to write `workspace('soc').SigninLogs`: without blanks, in double quotes. */
export function placeKey(kql: string): string {
  return kql.replaceAll(/\s+/g, "").replaceAll(/@?'([^'"]*)'/g, '"$1"');
}
