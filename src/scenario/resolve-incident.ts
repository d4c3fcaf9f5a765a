import type { YamlPath } from "../base/yaml.ts";
import { parseInstant } from "../schema/time.ts";
import { suggestion } from "../base/text.ts";
import { actorsOf, type Actors } from "./resolve/actors.ts";
import type {
  BackgroundFile,
  BlockFile,
  RepeatFile,
  ScenarioFile,
  StepFile,
} from "./format/scenario-file.ts";
import type { Background, Incident, Moment, Step } from "./model/incident.ts";
import { parseDuration } from "./model/moment.ts";
import type { Organisation } from "./resolve/organisation.ts";
import type { Problems } from "./model/problems.ts";
import type { ProjectFiles } from "./resolve/resolve-reference.ts";
import { stepKinds } from "./steps/index.ts";
import type { StepKind } from "./steps/step.ts";
import { isClockMoment, noDelays, planTimes } from "./generate/plan-times.ts";

/** A resolved file, and where each of its steps stands in it. */
export interface Resolved {
  readonly incident: Incident;
  readonly places: readonly YamlPath[];
}

/** What is resolved so far. */
interface Timeline {
  readonly actors: Actors;
  readonly files: ProjectFiles;
  readonly steps: Step[];
  readonly places: YamlPath[];
  /** Indexes of steps by what they are called. */
  readonly ids: Map<string, number>;
  /** How many steps there are of each kind. */
  readonly counts: Map<string, number>;
  /** Of how many of the file nothing became. */
  failed: number;
}

/** More than any attack has; what is generated for tests of speed is not written by hand. */
const mostSteps = 100_000;

/** `file` with its references resolved; mistakes go to `problems`, and the result counts only where there are none. */
export function resolveIncident(
  file: ScenarioFile,
  given: {
    readonly seed: number;
    readonly organisation?: Organisation | undefined;
    readonly files: ProjectFiles;
  },
  problems: Problems,
): Resolved {
  const { seed, organisation, files } = given;
  const actors = actorsOf(file, organisation, problems);
  const timeline: Timeline = {
    actors,
    files,
    steps: [],
    places: [],
    ids: new Map(),
    counts: new Map(),
    failed: 0,
  };
  if (file.timeline.length === 0) {
    const hint = "write at least one step";
    problems.at(["timeline"], "KT0516", { message: "the timeline is empty", hint });
  }
  file.timeline.forEach((item, index) =>
    addItem(timeline, item, { path: ["timeline", index], problems }),
  );
  const named = file.domain ?? organisation?.domain;
  const domain = named === undefined ? {} : { domain: named };
  const now = file.now === undefined ? {} : { now: nowOf(file.now, problems) };
  const { steps, places } = timeline;
  const outside =
    organisation === undefined
      ? {}
      : { publicIp: organisation.publicIp, tenant: organisation.tenant };
  const background = resolveBackground(file.background, actors, problems);
  const around = background === undefined ? {} : { background };
  const people = participants(timeline, background?.on ?? []);
  const incident = { seed, ...domain, ...now, ...outside, ...around, ...people, steps };
  if (timeline.failed === 0 && !tellsByClock(incident)) checkTimes({ incident, places }, problems);
  return { incident, places };
}

function resolveBackground(
  file: BackgroundFile | undefined,
  actors: Actors,
  problems: Problems,
): Background | undefined {
  if (file === undefined) return undefined;
  const { profile, devices = 2, days = 1, on = [] } = file;
  const known = [...actors.devices.keys()];
  for (const [index, alias] of on.entries()) {
    if (actors.devices.has(alias)) continue;
    problems.at(["background", "on", index], "KT0502", {
      message: `there is no device \`${alias}\``,
      hint: suggestion(alias, known),
    });
  }
  return { profile, devices, days, on: [...new Set(on)] };
}

/** Those whom the scenario declares, and those of its organisation that its steps speak of. */
function participants(
  { actors, steps }: Timeline,
  around: readonly string[],
): Pick<Incident, "devices" | "users"> {
  const { present } = actors;
  const spoken = [...steps.flatMap(({ mentions = [] }) => mentions), ...around];
  const chosen = <T>(
    all: ReadonlyMap<string, T>,
    aliases: readonly (string | undefined)[],
  ): ReadonlyMap<string, T> => {
    const found = new Map<string, T>();
    for (const alias of aliases) {
      const one = alias === undefined ? undefined : all.get(alias);
      if (alias !== undefined && one !== undefined) found.set(alias, one);
    }
    return found;
  };
  const devices = [...present.devices, ...steps.map(({ device }) => device), ...spoken];
  const desks = devices.map((alias) => actors.devices.get(alias)?.user);
  const users = [...present.users, ...steps.map(({ account }) => account), ...spoken, ...desks];
  return {
    devices: chosen(actors.devices, devices),
    users: chosen(actors.users, users),
  };
}

/** Whether its times depend on what day now is. */
export function tellsByClock({ steps }: Incident): boolean {
  return steps.some(({ moment }) => isClockMoment(moment));
}

function nowOf(text: string, problems: Problems): bigint {
  const now = parseInstant(text);
  if (now !== undefined) return now;
  problems.at(["now"], "KT0525", {
    message: `\`now\` is \`${text}\`, which is no instant`,
    hint: "write it like `2025-01-15T12:00:00Z`",
  });
  return 0n;
}

interface Where {
  readonly path: YamlPath;
  readonly problems: Problems;
}

function addItem(timeline: Timeline, item: StepFile | BlockFile, where: Where): void {
  const { path } = where;
  if ("steps" in item) {
    const steps = item.steps.map((step, index) => ({ step, path: [...path, "steps", index] }));
    if (steps.length === 0) {
      const message = "the block has no steps";
      where.problems.at([...path, "steps"], "KT0516", { message, hint: "write at least one step" });
    }
    addRepeated(timeline, steps, { repeat: item.repeat, ...where });
  } else if (item.repeat !== undefined) {
    addRepeated(timeline, [{ step: item, path }], { repeat: item.repeat, ...where });
  } else {
    addStep(timeline, item, where);
  }
}

interface Placed {
  readonly step: StepFile;
  readonly path: YamlPath;
}

const silent: Problems = { at: () => {}, atKey: () => {}, check: () => {} };

/** `steps` again and again: each time's first step comes a while after the first step of the time before. What they are called means the steps of the same time, and nothing once they are over. */
function addRepeated(
  timeline: Timeline,
  steps: readonly Placed[],
  { repeat, path, problems }: Where & { readonly repeat: RepeatFile },
): void {
  const { every, times, jitter = "0%" } = repeat;
  if (timeline.steps.length + times * steps.length > mostSteps) {
    problems.at([...path, "repeat", "times"], "KT0526", {
      message: `that is more than ${mostSteps} steps in one scenario`,
      hint: "repeat less often",
    });
    return;
  }
  for (const { step, path } of steps.slice(1)) noteFixed(step, path, problems);
  const ticks = parseDuration(every) ?? 0;
  const share = Number.parseInt(jitter, 10) / 100;
  let before: number | undefined;
  for (let number = 1; number <= times; number++) {
    const begin = timeline.steps.length;
    for (const [index, { step, path }] of steps.entries()) {
      // The second time has no other mistakes than the first.
      const from = { path, problems: number === 1 ? problems : silent, number };
      const isOwn = index > 0 || before === undefined;
      const moment = { kind: "repetition", of: before ?? 0, ticks, jitter: ticks * share } as const;
      addStep(timeline, step, isOwn ? from : { ...from, moment });
    }
    before = begin;
  }
  for (const { step } of steps) if (step.id !== undefined) timeline.ids.delete(step.id);
}

/** Notes a time that is no distance from the step before, and so would be the same each time. */
function noteFixed({ at }: StepFile, path: YamlPath, problems: Problems): void {
  if (at === undefined || at.startsWith("+")) return;
  problems.at([...path, "at"], "KT0528", {
    message: `\`${at}\` is the same each time`,
    hint: "write a time after the step before such as `+5s`",
  });
}

/** Adds `step`; `number` is which of its repetitions it is, `moment` its time where it is not its own. */
function addStep(
  timeline: Timeline,
  step: StepFile,
  at: Where & { readonly number?: number; readonly moment?: Moment },
): void {
  const { path, problems, number, moment } = at;
  const { actors, files, steps, places, ids, counts } = timeline;
  const kind = kindOfStep(step);
  if (kind === undefined) {
    timeline.failed++;
    problems.at(path, "KT0517", {
      message: "the step does not say what happens",
      hint: `write one of ${kindNames}`,
    });
    return;
  }
  const count = (counts.get(kind.name) ?? 0) + 1;
  counts.set(kind.name, count);
  const own = number === undefined ? step.id : step.id && `${step.id}-${number}`;
  const id = own ?? `${kind.name}-${count}`;
  const isTaken = ids.has(id) || (number === 1 && step.id !== undefined && ids.has(step.id));
  if (isTaken) {
    const name = ids.has(id) ? id : step.id;
    problems.at([...path, "id"], "KT0506", {
      message: `two steps are called \`${name}\``,
      hint: "choose another name for one of them",
    });
  }
  const resolved = kind.resolve(step, { id, path }, { actors, steps, ids, problems, files });
  steps.push(moment === undefined ? resolved : { ...resolved, moment });
  places.push(path);
  ids.set(id, steps.length - 1);
  if (number !== undefined && step.id !== undefined) ids.set(step.id, steps.length - 1);
}

const kindNames = stepKinds.map(({ name }) => `\`${name}:\``).join(", ");

/** The kind whose key the step has. */
function kindOfStep(step: StepFile): StepKind | undefined {
  return stepKinds.find(({ name }) => name in step);
}

/** What is wrong with the times of steps that can be known before now is: even without any delay, nothing may come before the process it belongs to, and nothing after now. */
function checkTimes({ incident, places }: Resolved, problems: Problems): void {
  const { steps } = incident;
  const noCalendar = (): number => 0;
  const { times, early } = planTimes(steps, noDelays, noCalendar);
  noteEarly({ incident, places }, early, problems);
  // What follows is late because of the first.
  const late = times.findIndex((time) => time > 0);
  const step = steps[late];
  if (step === undefined) return;
  const path = places[late] ?? [];
  problems.at(step.moment.kind === "after-previous" ? [...path, "at"] : path, "KT0527", {
    message: `the step \`${step.id}\` comes after now`,
    hint: "begin earlier, or repeat less often",
  });
}

/** Notes that the steps with the indexes `early` come before their processes. */
export function noteEarly(
  { incident, places }: Resolved,
  early: readonly number[],
  problems: Problems,
): void {
  for (const index of early) {
    problems.at([...(places[index] ?? []), "at"], "KT0511", {
      message: `the step \`${incident.steps[index]?.id}\` comes before its process starts`,
      hint: "write a later time, or leave `at` out",
    });
  }
}
