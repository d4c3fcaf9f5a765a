import { createSpanClock } from "../../../src/scenario/background/lines/span-clock.ts";
import { rowOf, tableOf } from "../../../src/scenario/background/background-event.ts";
import type { ProfileName } from "../../../src/scenario/background/profile-names.ts";
import { world, type WorldOptions } from "../../../src/scenario/background/world.ts";
import { parseInstant } from "../../../src/schema/time.ts";
import type { Row } from "../../../src/schema/types.ts";

/** A Monday. */
export const start = parseInstant("2025-01-13T00:00:00Z") ?? 0n;

export const clock = createSpanClock(start);

/** A small world of one profile. */
export function worldOf(profile: ProfileName, changes: Partial<WorldOptions> = {}): WorldOptions {
  const profiles = [{ profile, weight: 1 }];
  return { devices: 4, days: 2, profiles, seed: 7, start, ...changes };
}

export interface TableRow {
  readonly table: string;
  readonly row: Row;
}

/** All rows of a world, in its order. */
export function rowsOf(options: WorldOptions): readonly TableRow[] {
  return Array.from(world(options), (event) => ({
    table: tableOf(event.happening),
    row: rowOf(event, clock.text),
  }));
}
