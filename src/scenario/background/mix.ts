import { hash32 } from "../../base/random.ts";
import { parseInstant, ticksPerDay } from "../../schema/time.ts";
import type { Background, Incident } from "../model/incident.ts";
import type { Columns } from "../generate/event-rows.ts";
import type { ScenarioEvent } from "../model/types.ts";
import type { Account, Device, World } from "../generate/incident-world.ts";
import { createSpanClock } from "./lines/span-clock.ts";
import { dayOf } from "./day.ts";
import { rowOf, tableOf, type BackgroundEvent, type InjectedEvent } from "./background-event.ts";
import { createFleet, machineAt, serviceAccounts } from "./fleet.ts";
import { createMachine, type Machine } from "./fleet-machine.ts";
import { profiles } from "./profiles.ts";
import type { ProfileName } from "./profile-names.ts";
import { weekdayOf } from "./world.ts";

/** A scenario that was told, and what it has of its own. */
export interface Scene {
  readonly incident: Incident;
  readonly world: World;
  readonly seed: number;
  readonly now: bigint;
  /** Rows of its devices, that are numbered anew among those of the background. */
  readonly rows: readonly { readonly table: string; readonly row: Columns }[];
}

/** The days of a span that ends at now, and the ticks from its beginning of what counts. */
interface Span {
  readonly start: bigint;
  readonly from: number;
  readonly to: number;
  readonly days: number;
}

const dayTicks = Number(ticksPerDay);

/** The events of `background`. The scenario's own rows on devices that take part get their `ReportId` among the others. */
export function backgroundEvents(background: Background, scene: Scene): readonly ScenarioEvent[] {
  const { seed, world, now } = scene;
  const start = now - (now % ticksPerDay) - BigInt(background.days) * ticksPerDay;
  const to = Number(now - start);
  const span: Span = {
    start,
    to,
    from: to - background.days * dayTicks,
    days: background.days + 1,
  };
  const shares = [{ profile: background.profile, weight: 1 }];
  const fleet = { ...createFleet(hash32(`${seed}/background`), shares), domain: world.domain };
  const clock = createSpanClock(start).text;
  const happened: BackgroundEvent[] = [];
  for (const alias of background.on) {
    const device = world.devices.get(alias);
    if (device === undefined) continue;
    const guests = guestsOn(device, scene, span);
    happened.push(
      ...daysOf(ownMachine(background.profile, device, { scene, span, guests }), span, guests),
    );
  }
  for (let index = 0; index < background.devices; index++) {
    happened.push(...daysOf(machineAt(fleet, index), span, new Map()));
  }
  return happened.map((event, index) => ({
    id: `background-${index + 1}`,
    table: tableOf(event.happening),
    row: rowOf(event, clock),
  }));
}

/** Rows of the scenario as their device's day tells them, each with the row itself. */
type Guests = ReadonlyMap<InjectedEvent, Columns>;

function guestsOn(device: Device, { rows }: Scene, { start }: Span): Guests {
  const guests = new Map<InjectedEvent, Columns>();
  for (const { table, row } of rows) {
    const ticks = parseInstant(textOf(row["Timestamp"]));
    if (row["DeviceId"] !== device.id || ticks === undefined) continue;
    guests.set({ kind: "told", time: Number(ticks - start), table, row }, row);
  }
  return guests;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A device of the scenario as one of the profile, with whoever sits at it. */
function ownMachine(
  profile: ProfileName,
  device: Device,
  { scene, span, guests }: { readonly scene: Scene; readonly span: Span; readonly guests: Guests },
): Machine {
  const { incident, world, seed, now } = scene;
  const accounts = new Map<string, Account>(serviceAccounts);
  const user =
    world.accounts.get(incident.devices.get(device.alias)?.user ?? "") ?? world.firstUser;
  if (user !== undefined) accounts.set("user", user);
  const ids = ["ProcessId", "InitiatingProcessId", "InitiatingProcessParentId"];
  const taken = [...guests.values()].flatMap((row) =>
    ids.map((name) => row[name]).filter((id) => typeof id === "number"),
  );
  return createMachine({
    // Times of the scenario are relative to now, those of a span to its beginning.
    device: { ...device, boot: device.boot + Number(now - span.start) },
    accounts,
    profile: profiles[profile],
    domain: world.domain,
    seed: hash32(`${seed}/background/${device.alias}`),
    taken: new Set(taken),
  });
}

/** What happens within the span. Guests are numbered with the rest, and are not part of it. */
function* daysOf(machine: Machine, span: Span, guests: Guests): Generator<BackgroundEvent> {
  const weekday = weekdayOf(span.start);
  // What is older than the span comes first of all.
  const dayOfGuest = ({ time }: InjectedEvent): number => Math.max(0, Math.floor(time / dayTicks));
  for (let day = 0; day < span.days; day++) {
    const own = [...guests.keys()].filter((guest) => dayOfGuest(guest) === day);
    for (const event of dayOf(machine, { day, weekday: (weekday + day) % 7, told: own })) {
      const { happening, reportId } = event;
      const { time } = happening;
      if (happening.kind !== "told") {
        if (time > span.from && time <= span.to) yield event;
        continue;
      }
      const row = guests.get(happening);
      if (row?.["ReportId"] !== undefined) row["ReportId"] = reportId;
    }
  }
}
