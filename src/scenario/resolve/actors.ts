import { suggestion } from "../../base/text.ts";
import type { YamlPath } from "../../base/yaml.ts";
import { isZone, parseHours } from "../model/calendar.ts";
import { builtInAccounts } from "../facts/places.ts";
import type { DeviceFile, ScenarioFile, UserFile } from "../format/scenario-file.ts";
import type { Organisation } from "./organisation.ts";
import type { Problems } from "../model/problems.ts";

/** Who and what a timeline may speak of. */
export interface Actors {
  readonly devices: ReadonlyMap<string, DeviceFile>;
  readonly users: ReadonlyMap<string, UserFile>;
  /** The scenario's own: whom a step means that names nobody. Where an organisation has them all, none. */
  readonly present: {
    readonly devices: readonly string[];
    readonly users: readonly string[];
  };
}

/** The declared devices and users and those of the organisation; one of each where there are none. What a scenario says of one goes before what its organisation says. */
export function actorsOf(
  file: Pick<ScenarioFile, "devices" | "users">,
  organisation: Organisation | undefined,
  problems: Problems,
): Actors {
  checkActors(file, [], problems);
  const devices = merged(organisation?.devices, file.devices, "device");
  const users = merged(organisation?.users, file.users, "user");
  const own = { devices: Object.keys(file.devices ?? {}), users: Object.keys(file.users ?? {}) };
  const hasShared = organisation !== undefined;
  for (const [alias, device] of Object.entries(file.devices ?? {})) {
    if (device?.user === undefined || users.has(device.user)) continue;
    problems.at(["devices", alias, "user"], "KT0503", {
      message: `there is no user \`${device.user}\``,
      hint: suggestion(device.user, [...users.keys()]),
    });
  }
  return {
    devices,
    users,
    present: {
      devices: own.devices.length > 0 || hasShared ? own.devices : [...devices.keys()],
      users: own.users.length > 0 || hasShared ? own.users : [...users.keys()],
    },
  };
}

/** Checks what `file` says of devices and users; `path` is where it stands. */
export function checkActors(
  file: Pick<ScenarioFile, "devices" | "users">,
  path: YamlPath,
  problems: Problems,
): void {
  for (const [alias, user] of Object.entries(file.users ?? {})) {
    checkClock(user ?? {}, [...path, "users", alias], problems);
    if (!Object.hasOwn(builtInAccounts, alias)) continue;
    problems.atKey([...path, "users", alias], "KT0518", {
      message: `\`${alias}\` is the name of a built-in account`,
      hint: `write \`as: ${alias}\` without an entry, or choose another name`,
    });
  }
  for (const [alias, device] of Object.entries(file.devices ?? {})) {
    checkClock(device ?? {}, [...path, "devices", alias], problems);
  }
}

/** Checks the time zone and the working hours that an actor or an organisation has; `path` is where it stands. */
export function checkClock(
  { zone, hours }: { readonly zone?: string; readonly hours?: string },
  path: YamlPath,
  problems: Problems,
): void {
  if (zone !== undefined && !isZone(zone)) {
    problems.at([...path, "zone"], "KT0529", {
      message: `there is no time zone \`${zone}\``,
      hint: suggestion(zone, Intl.supportedValuesOf("timeZone")) ?? "write it like `Europe/Berlin`",
    });
  }
  if (hours !== undefined && parseHours(hours) === undefined) {
    problems.at([...path, "hours"], "KT0529", {
      message: `\`${hours}\` are no working hours`,
      hint: "write them like `monday-friday 08:30-17:00`",
    });
  }
}

function merged<T extends object>(
  shared: ReadonlyMap<string, T> | undefined,
  own: Readonly<Record<string, T | null>> | undefined,
  only: string,
): ReadonlyMap<string, T | Record<string, never>> {
  const all = new Map<string, T | Record<string, never>>(shared);
  for (const [alias, value] of Object.entries(own ?? {})) {
    all.set(alias, { ...all.get(alias), ...value });
  }
  return all.size === 0 ? new Map([[only, {}]]) : all;
}

/** What a step says of its device or user, and what it inherits where it says nothing. */
export interface ActorQuestion {
  readonly named: string | undefined;
  readonly inherited: string | undefined;
  /** What it says of the other: the user whose device it may be, the device whose user. */
  readonly other: string | undefined;
  /** Path of the step. */
  readonly path: YamlPath;
}

/** The alias of the device a step happens on: the named one, the inherited one, its user's, or the only one. */
export function deviceOf(question: ActorQuestion, actors: Actors, problems: Problems): string {
  const { named, inherited, path } = question;
  const all = [...actors.devices.keys()];
  const known = actors.present.devices.length > 0 ? actors.present.devices : all;
  if (named !== undefined && !actors.devices.has(named)) {
    problems.at([...path, "on"], "KT0502", {
      message: `there is no device \`${named}\``,
      hint: suggestion(named, all),
    });
  } else if (named !== undefined && inherited !== undefined && named !== inherited) {
    problems.at([...path, "on"], "KT0515", {
      message: `the step is on \`${named}\`, but its process runs on \`${inherited}\``,
      hint: "leave `on` out: a step is where its process is",
    });
  }
  const said = named ?? inherited ?? deskOf(question.other, actors);
  // A user who is not there is told of as such; nothing can be said of their device.
  if (said === undefined && known.length > 1 && isKnownUser(question.other, actors)) {
    problems.at(path, "KT0512", {
      message: "the step does not say on which device it happens",
      hint: `write \`on:\` with one of ${list(known)}`,
    });
  }
  return said ?? known[0] ?? "";
}

function isKnownUser(alias: string | undefined, { users }: Actors): boolean {
  return alias === undefined || users.has(alias) || Object.hasOwn(builtInAccounts, alias);
}

/** The device that a user sits at: the named one, or the only one. */
function deskOf(
  named: string | undefined,
  { devices, users, present }: Actors,
): string | undefined {
  const known = present.users.length > 0 ? present.users : [...users.keys()];
  const user = named ?? (known.length === 1 ? known[0] : undefined);
  const desks = [...devices].filter(
    ([, device]) => device.user !== undefined && device.user === user,
  );
  const ours = desks.filter(([alias]) => present.devices.includes(alias));
  const [desk, ...others] = ours.length > 0 ? ours : desks;
  return others.length > 0 ? undefined : desk?.[0];
}

/** The alias of the account a process runs as: the named one, the inherited one, who sits at the device, or the only user. */
export function accountOf(question: ActorQuestion, actors: Actors, problems: Problems): string {
  const all = [...actors.users.keys()];
  const users = actors.present.users.length > 0 ? actors.present.users : all;
  const builtIn = Object.keys(builtInAccounts);
  const { named, inherited, path, other } = question;
  if (named !== undefined && !actors.users.has(named) && !builtIn.includes(named)) {
    problems.at([...path, "as"], "KT0503", {
      message: `there is no user \`${named}\``,
      hint: suggestion(named, [...all, ...builtIn]),
    });
  }
  const said = named ?? inherited ?? actors.devices.get(other ?? "")?.user;
  if (said === undefined && users.length > 1) {
    problems.at(path, "KT0512", {
      message: "the step does not say whose process it is",
      hint: `write \`as:\` with one of ${list([...users, ...builtIn])}`,
    });
  }
  return said ?? users[0] ?? "";
}

/** The alias of the person who does something in the cloud: the named one, or the only user. */
export function personOf(
  named: string | undefined,
  { actors, problems }: { readonly actors: Actors; readonly problems: Problems },
  path: YamlPath,
): string {
  if (named !== undefined && !actors.users.has(named) && Object.hasOwn(builtInAccounts, named)) {
    problems.at([...path, "as"], "KT0503", {
      message: `\`${named}\` is an account of a device, and nobody in the cloud`,
      hint: suggestion(named, [...actors.users.keys()]),
    });
  }
  const question = { named, inherited: undefined, other: undefined, path };
  return accountOf(question, actors, problems);
}

/** Some of `names`, where they are many. */
function list(names: readonly string[]): string {
  const shown = names
    .slice(0, 12)
    .map((name) => `\`${name}\``)
    .join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
