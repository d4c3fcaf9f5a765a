import { suggestion } from "../base/text.ts";
import type { YamlPath } from "../base/yaml.ts";
import { isZone, parseHours } from "./calendar.ts";
import { builtInAccounts } from "./facts/places.ts";
import type { DeviceFile, ScenarioFile, UserFile } from "./file.ts";
import type { Problems } from "./problems.ts";

/** Who and what a timeline may speak of. */
export interface Actors {
  readonly devices: ReadonlyMap<string, DeviceFile>;
  readonly users: ReadonlyMap<string, UserFile>;
}

/** The declared devices and users; one of each where a scenario declares none. */
export function actorsOf(file: ScenarioFile, problems: Problems): Actors {
  for (const alias of Object.keys(file.users ?? {})) {
    if (!Object.hasOwn(builtInAccounts, alias)) continue;
    problems.atKey(["users", alias], "KT0518", {
      message: `\`${alias}\` is the name of a built-in account`,
      hint: `write \`as: ${alias}\` without an entry, or choose another name`,
    });
  }
  const actors = { devices: mapOf(file.devices, "device"), users: mapOf(file.users, "user") };
  for (const [alias, device] of actors.devices) checkClock(device, ["devices", alias], problems);
  for (const [alias, user] of actors.users) checkClock(user, ["users", alias], problems);
  return actors;
}

/** The time zone and the working hours of an actor must be some. */
function checkClock(
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

function mapOf<T extends object>(
  declared: Readonly<Record<string, T | null>> | undefined,
  only: string,
): ReadonlyMap<string, T | Record<string, never>> {
  const entries = Object.entries(declared ?? {});
  if (entries.length === 0) return new Map([[only, {}]]);
  return new Map(entries.map(([alias, value]) => [alias, value ?? {}]));
}

/** What a step says of its device or user, and what it inherits where it says nothing. */
export interface ActorQuestion {
  readonly named: string | undefined;
  readonly inherited: string | undefined;
  /** Path of the step. */
  readonly path: YamlPath;
}

/** The alias of the device a step happens on: the named one, the inherited one, or the only one. */
export function deviceOf(question: ActorQuestion, actors: Actors, problems: Problems): string {
  const known = [...actors.devices.keys()];
  const { named, inherited, path } = question;
  if (named !== undefined && !actors.devices.has(named)) {
    problems.at([...path, "on"], "KT0502", {
      message: `there is no device \`${named}\``,
      hint: suggestion(named, known),
    });
  } else if (named !== undefined && inherited !== undefined && named !== inherited) {
    problems.at([...path, "on"], "KT0515", {
      message: `the step is on \`${named}\`, but its process runs on \`${inherited}\``,
      hint: "leave `on` out: a step is where its process is",
    });
  } else if (named === undefined && inherited === undefined && known.length > 1) {
    problems.at(path, "KT0512", {
      message: "the step does not say on which device it happens",
      hint: `write \`on:\` with one of ${list(known)}`,
    });
  }
  return named ?? inherited ?? known[0] ?? "";
}

/** The alias of the account a process runs as: the named one, the inherited one, or the only user. */
export function accountOf(question: ActorQuestion, actors: Actors, problems: Problems): string {
  const users = [...actors.users.keys()];
  const known = [...users, ...Object.keys(builtInAccounts)];
  const { named, inherited, path } = question;
  if (named !== undefined && !known.includes(named)) {
    problems.at([...path, "as"], "KT0503", {
      message: `there is no user \`${named}\``,
      hint: suggestion(named, known),
    });
  } else if (named === undefined && inherited === undefined && users.length > 1) {
    problems.at(path, "KT0512", {
      message: "the step does not say whose process it is",
      hint: `write \`as:\` with one of ${list(known)}`,
    });
  }
  return named ?? inherited ?? users[0] ?? "";
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
