import { isIP } from "node:net";
import { suggestion } from "../base/text.ts";
import type { YamlPath } from "../base/yaml.ts";
import { bundledCatalog } from "../schema/tables.ts";
import { accountOf, actorsOf, deviceOf, type ActorQuestion } from "./actors.ts";
import { resolveColumns } from "./columns.ts";
import {
  processActions,
  type ConnectionStepFile,
  type ProcessStepFile,
  type RowStepFile,
  type ScenarioFile,
  type StepFile,
} from "./file.ts";
import type {
  ConnectionStep,
  Incident,
  Moment,
  ProcessReference,
  ProcessStep,
  RowStep,
  Step,
} from "./incident.ts";
import { parseMoment } from "./moment.ts";
import type { Problems } from "./problems.ts";
import {
  resolveFile,
  resolveReference,
  serviceOf,
  stepOf,
  type Context,
  type Place,
} from "./resolve-reference.ts";
import { parseTarget, type Target } from "./target.ts";
import { noDelays, planTimes } from "./timeline.ts";

/** `file` with its references resolved; mistakes go to `problems`, and the result counts only where there are none. */
export function resolveIncident(file: ScenarioFile, seed: number, problems: Problems): Incident {
  const actors = actorsOf(file, problems);
  const steps: Step[] = [];
  const ids = new Map<string, number>();
  const counts = { process: 0, connection: 0, row: 0 };
  if (file.timeline.length === 0) {
    const hint = "write at least one step";
    problems.at(["timeline"], "KT0516", { message: "the timeline is empty", hint });
  }
  file.timeline.forEach((step, index) => {
    const kind = kindOf(step);
    const path = ["timeline", index];
    if (kind === undefined) {
      problems.at(path, "KT0517", {
        message: "the step does not say what happens",
        hint: "write `process:`, `connection:` or `row:`",
      });
      return;
    }
    counts[kind]++;
    const id = step.id ?? `${kind}-${counts[kind]}`;
    if (ids.has(id)) {
      problems.at([...path, "id"], "KT0506", { message: `two steps are called \`${id}\`` });
    }
    steps.push(resolveStep(step, { id, path }, { actors, steps, ids, problems }));
    ids.set(id, steps.length - 1);
  });
  if (steps.length === file.timeline.length) checkOrder(steps, problems);
  const domain = file.domain === undefined ? {} : { domain: file.domain };
  return { seed, ...domain, ...actors, steps };
}

function kindOf(step: StepFile): Step["kind"] | undefined {
  if ("process" in step) return "process";
  if ("connection" in step) return "connection";
  return "row" in step ? "row" : undefined;
}

function resolveStep(step: StepFile, place: Place, context: Context): Step {
  if ("process" in step) return resolveProcess(step, place, context);
  if ("connection" in step) return resolveConnection(step, place, context);
  return resolveRow(step, place, context);
}

function resolveProcess(step: ProcessStepFile, place: Place, context: Context): ProcessStep {
  const { path } = place;
  const link = resolveFile(step, path, context.problems);
  const parent =
    step.parent === undefined
      ? { links: [] }
      : resolveReference(step.parent, [...path, "parent"], context);
  const above = stepOf(parent, context);
  return {
    kind: "process",
    ...commonOf(step, "DeviceProcessEvents", { place, context, above }),
    ...link,
    parent,
    account: accountOf(
      { named: step.as, inherited: serviceOf(link) ?? above?.account, path },
      context.actors,
      context.problems,
    ),
    command: step.command,
    integrity: step.integrity,
    pid: step.pid,
  };
}

function resolveConnection(
  step: ConnectionStepFile,
  place: Place,
  context: Context,
): ConnectionStep {
  const { path } = place;
  const { problems } = context;
  const target = resolveTarget(step, path, problems);
  const by =
    step.by === undefined ? undefined : resolveReference(step.by, [...path, "by"], context);
  checkProcessKnown(step, path, problems);
  const above = by === undefined ? undefined : stepOf(by, context);
  return {
    kind: "connection",
    ...commonOf(step, "DeviceNetworkEvents", { place, context, above }),
    target,
    by,
    account: connectingAccount(step, { path, by, above }, context),
    action: step.action ?? "ConnectionSuccess",
    port: step.port ?? target.port ?? 443,
    address: step.address,
    url: step.url ?? (target.isAddress || by === undefined ? "none" : "host"),
  };
}

interface Connecting {
  readonly path: YamlPath;
  readonly by: ProcessReference | undefined;
  /** The step that `by` descends from. */
  readonly above: ProcessStep | undefined;
}

/** Whose connection it is. Where no process is known it is nobody's, and the first user stands in. */
function connectingAccount(step: ConnectionStepFile, from: Connecting, context: Context): string {
  const { path, by, above } = from;
  const { actors, problems } = context;
  const [own] = by?.links ?? [];
  const service = own === undefined ? undefined : serviceOf(own);
  const nobody = by === undefined ? [...actors.users.keys()][0] : undefined;
  if (step.as !== undefined && own === undefined) noteKnownAccount(from, problems);
  const inherited = above?.account ?? service ?? nobody;
  return accountOf({ named: step.as, inherited, path }, actors, problems);
}

function noteKnownAccount({ path, above }: Connecting, problems: Problems): void {
  const known =
    above === undefined
      ? "no process is known here"
      : `\`${above.id}\` runs as \`${above.account}\``;
  problems.at([...path, "as"], "KT0515", {
    message: `\`as\` says whose process it is, and ${known}`,
    hint: "leave `as` out",
  });
}

function resolveTarget(step: ConnectionStepFile, path: YamlPath, problems: Problems): Target {
  if (step.address !== undefined && isIP(step.address) === 0) {
    const message = `\`${step.address}\` is no IP address`;
    problems.at([...path, "address"], "KT0513", { message });
  }
  const target = parseTarget(step.connection);
  if (target !== undefined) return target;
  problems.at([...path, "connection"], "KT0513", {
    message: `\`${step.connection}\` is no host, address or URL`,
    hint: "write it like `pastebin.com`, `10.0.0.5:8080` or `https://pastebin.com/raw/x`",
  });
  return { host: step.connection, isAddress: false };
}

/** A connection that a process made needs the process; one seen on the wire has none. */
function checkProcessKnown(step: ConnectionStepFile, path: YamlPath, problems: Problems): void {
  const action = step.action ?? "ConnectionSuccess";
  const needs = processActions.some((candidate) => candidate === action);
  if (needs && step.by === undefined) {
    problems.at(path, "KT0514", {
      message: "the connection does not say which process makes it",
      hint: "write `by:` with a step's id or a program",
    });
  } else if (!needs && step.by !== undefined) {
    problems.atKey([...path, "by"], "KT0514", {
      message: `\`${action}\` is seen on the wire, where no process is known`,
      hint: "leave `by` out, or choose `ConnectionSuccess`",
    });
  }
}

function resolveRow(step: RowStepFile, place: Place, context: Context): RowStep {
  const tables = bundledCatalog("defender-xdr");
  if (!tables.has(step.row)) {
    context.problems.at([...place.path, "row"], "KT0507", {
      message: `there is no table \`${step.row}\``,
      hint: suggestion(step.row, [...tables.keys()]),
    });
    return {
      kind: "row",
      ...commonOf({ ...step, columns: {} }, "", { place, context }),
      table: step.row,
    };
  }
  return { kind: "row", ...commonOf(step, step.row, { place, context }), table: step.row };
}

/** What steps of all kinds have. */
function commonOf(
  step: StepFile,
  table: string,
  from: {
    readonly place: Place;
    readonly context: Context;
    readonly above?: ProcessStep | undefined;
  },
): Pick<Step, "id" | "moment" | "device" | "columns"> {
  const { place, context, above } = from;
  const { id, path } = place;
  const question: ActorQuestion = { named: step.on, inherited: above?.device, path };
  return {
    id,
    moment: momentOf(step, path, context),
    device: deviceOf(question, context.actors, context.problems),
    columns: resolveColumns(step.columns, { table, path: [...path, "columns"] }, context.problems),
  };
}

function momentOf(step: StepFile, path: YamlPath, context: Context): Moment {
  if (step.at === undefined) return { kind: "drawn" };
  const moment = parseMoment(step.at);
  if (moment === undefined) {
    context.problems.at([...path, "at"], "KT0505", {
      message: `\`${step.at}\` is no time`,
      hint: "write `-2h` or `-1d6h30m` for a time before now, `+5s` for a time after the step before",
    });
    return { kind: "drawn" };
  }
  if (moment.kind === "after-previous" && context.steps.length === 0) {
    context.problems.at([...path, "at"], "KT0505", {
      message: `\`${step.at}\` counts from the step before, and this is the first`,
      hint: "write a time before now such as `-2h`",
    });
  }
  return moment;
}

/** Even without any delay between steps, nothing may come before the process it belongs to. */
function checkOrder(steps: readonly Step[], problems: Problems): void {
  for (const index of planTimes(steps, noDelays).early) {
    problems.at(["timeline", index, "at"], "KT0511", {
      message: `the step \`${steps[index]?.id}\` comes before its process starts`,
      hint: "write a later time, or leave `at` out",
    });
  }
}
