import { createRandom, hash32, type Random } from "../../base/random.ts";
import { InputError } from "../../base/diagnostic.ts";
import { dayOf } from "../../scenario/background/day.ts";
import type { InjectedEvent } from "../../scenario/background/background-event.ts";
import { createFleet, machineAt, type Fleet } from "../../scenario/background/fleet.ts";
import type { Machine } from "../../scenario/background/fleet-machine.ts";
import { weekdayOf, type Guests, type WorldOptions } from "../../scenario/background/world.ts";
import type { EventOptions, Scenario, ScenarioEvent, Stage } from "../../scenario/model/types.ts";
import { formatInstant, parseInstant } from "../../schema/time.ts";
import type { Injection } from "./types.ts";

/** A world with scenarios in it. */
export interface Injected {
  readonly told: ReadonlyMap<number, Guests>;
  readonly injected: readonly Injection[];
}

interface Place {
  readonly index: number;
  readonly machine: Machine;
  /** Ticks from the beginning of the span. */
  readonly now: number;
}

const attempts = 60;

/** Puts each of `scenarios` on a device of the world that is in use at the time. Throws an `InputError` (KT0908) for one that cannot be moved, or is longer than the span. */
export function injectScenarios(
  scenarios: readonly Scenario[],
  world: WorldOptions,
  recorded: Pick<EventOptions, "recorded">,
): Injected {
  const fleet = createFleet(world.seed, world.profiles);
  const told = new Map<number, Guests>();
  const injected = scenarios.map((scenario, number) => {
    if (scenario.now !== undefined) {
      throw problem(
        `\`${scenario.id}\` says what now is, so it cannot be moved`,
        "leave out its `now`",
      );
    }
    const random = createRandom(hash32(`${world.seed}/inject/${number}/${scenario.id}`));
    const { place, events } = findPlace(scenario, { world, fleet, random, recorded });
    told.set(place.index, joined(told.get(place.index), guestsOf(events, world.start)));
    return {
      scenario: scenario.id,
      device: place.machine.device.name,
      now: formatInstant(world.start + BigInt(place.now)),
      rows: events.length,
    };
  });
  return { told, injected };
}

interface Search {
  readonly world: WorldOptions;
  readonly fleet: Fleet;
  readonly random: Random;
  readonly recorded: Pick<EventOptions, "recorded">;
}

function findPlace(
  scenario: Scenario,
  search: Search,
): { readonly place: Place; readonly events: readonly ScenarioEvent[] } {
  const { world, recorded } = search;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const place = placeAt(search, attempt < attempts / 2);
    if (place === undefined) continue;
    const now = world.start + BigInt(place.now);
    const stage = stageOn(place.machine, search.fleet.domain);
    const events = scenario.events({ now, seed: world.seed, stage, ...recorded });
    if (events.every(({ row }) => ticksOf(row["Timestamp"]) >= world.start))
      return { place, events };
  }
  throw problem(
    `\`${scenario.id}\` does not fit into the span: it begins before it`,
    "ask for more days, or for more devices",
  );
}

/** A device that is on, with somebody at it where that is asked for, and a time in the second half of its day. */
function placeAt({ world, fleet, random }: Search, withUser: boolean): Place | undefined {
  const index = random.integer(0, world.devices - 1);
  const day = random.integer(0, world.days - 1);
  const at = 0.5 + random.next() * 0.4;
  const machine = machineAt(fleet, index);
  if (withUser && !machine.accounts.has("user")) return undefined;
  const weekday = (weekdayOf(world.start) + day) % 7;
  const events = dayOf(machine, { day, weekday });
  const event = events[Math.floor(at * events.length)];
  return event === undefined ? undefined : { index, machine, now: event.happening.time };
}

/** The device and whoever uses it in place of the scenario's own. */
function stageOn({ device, accounts }: Machine, domain: string): Stage {
  const { name, id, ip } = device;
  const user = accounts.get("user");
  if (user === undefined) return { device: { name, id, ip }, domain };
  const { sid, upn = "", objectId = "" } = user;
  const own = { name: user.name, domain: user.domain, sid, upn, objectId };
  return { device: { name, id, ip }, user: own, domain };
}

/** The rows of `events` as a machine tells them. */
export function guestsOf(events: readonly ScenarioEvent[], start: bigint): Guests {
  const happenings = events.map(({ table, row }): InjectedEvent => ({
    kind: "told",
    time: Number(ticksOf(row["Timestamp"]) - start),
    table,
    row,
  }));
  const ids = ["ProcessId", "InitiatingProcessId", "InitiatingProcessParentId"];
  const processIds = events.flatMap(({ row }) =>
    ids.map((name) => row[name]).filter((id) => typeof id === "number"),
  );
  return { happenings, processIds: new Set(processIds) };
}

function joined(known: Guests | undefined, more: Guests): Guests {
  if (known === undefined) return more;
  return {
    happenings: [...known.happenings, ...more.happenings],
    processIds: new Set([...known.processIds, ...more.processIds]),
  };
}

function ticksOf(value: unknown): bigint {
  return (typeof value === "string" ? parseInstant(value) : undefined) ?? 0n;
}

function problem(message: string, hint: string): InputError {
  return new InputError({ code: "KT0908", message, hint });
}
