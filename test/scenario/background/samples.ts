import { expect } from "vitest";
import type { ProfileName } from "../../../src/scenario/background/profile-names.ts";
import type { Row } from "../../../src/schema/types.ts";
import { textOrEmpty } from "../scenarios.ts";
import { rowsOf, worldOf, type TableRow } from "./worlds.ts";

/** The value at `share` of all. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

export function expectBetween(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

const desks: readonly ProfileName[] = ["office-day", "developer", "it-admin"];
const desk = desks.map((profile) => ({ profile, weight: 1 }));
export const samples: Readonly<Record<"desk" | "pipeline", readonly TableRow[]>> = {
  desk: rowsOf(worldOf("office-day", { profiles: desk, devices: 12, days: 1 })),
  pipeline: rowsOf(worldOf("ci-runner", { devices: 2, days: 1 })),
};
export const connectionsOf = (sample: keyof typeof samples): readonly Row[] =>
  samples[sample].filter(({ table }) => table === "DeviceNetworkEvents").map(({ row }) => row);

export const startsOf = (sample: keyof typeof samples): readonly Row[] =>
  samples[sample].filter(({ table }) => table === "DeviceProcessEvents").map(({ row }) => row);
export const madeBy = (sample: keyof typeof samples): readonly Row[] =>
  connectionsOf(sample).filter((row) => row["InitiatingProcessUniqueId"] !== undefined);
export const share = (rows: readonly Row[], holds: (row: Row) => boolean): number =>
  rows.filter(holds).length / rows.length;
export const nameOf = (row: Row, column: string): string => textOrEmpty(row, column).toLowerCase();
