import type { YamlPath } from "../../base/yaml.ts";
import type { Table } from "../../schema/tables.ts";
import { accountOf, deviceOf } from "./actors.ts";
import { resolveColumns } from "../model/column-values.ts";
import type { StepFile } from "../format/scenario-file.ts";
import type { Moment, ProcessReference, ProcessStep, Step } from "../model/incident.ts";
import { parseMoment } from "../model/moment.ts";
import { momentHint } from "./moment-hint.ts";
import type { Problems } from "../model/problems.ts";
import { knownTable } from "../model/recorded-rows.ts";
import {
  resolveReference,
  serviceOf,
  stepOf,
  type Context,
  type Place,
} from "./resolve-reference.ts";

/** What steps of all kinds have. */
export function commonOf(
  step: StepFile,
  table: string,
  from: {
    readonly place: Place;
    readonly context: Context;
    /** The step's process, where it is a step. */
    readonly above?: ProcessStep | undefined;
    /** It happens on no device; the first stands in, for `{device}`. */
    readonly placeless?: boolean;
  },
): Pick<Step, "id" | "moment" | "device" | "columns"> {
  const { place, context, above, placeless } = from;
  const { id, path } = place;
  const { present, devices } = context.actors;
  const first = placeless === true ? (present.devices[0] ?? [...devices.keys()][0]) : undefined;
  const { as: other } = step as { readonly as?: string };
  const question = { named: step.on, inherited: above?.device ?? first, other, path };
  return {
    id,
    moment: momentOf(step, path, context),
    device: deviceOf(question, context.actors, context.problems),
    columns: resolveColumns(
      step.columns,
      { table: columnsOwner(table, context), path: [...path, "columns"] },
      context.problems,
    ),
  };
}

/** The table whose columns a step may set; without any where it is unknown, which is told elsewhere. */
function columnsOwner(name: string, { files }: Context): Table {
  return knownTable(name, files.tables) ?? { name, columns: [] };
}

function momentOf(step: StepFile, path: YamlPath, context: Context): Moment {
  if (step.at === undefined) return { kind: "drawn" };
  const moment = parseMoment(step.at);
  if (moment === undefined) {
    context.problems.at([...path, "at"], "KT0505", {
      message: `\`${step.at}\` is no time`,
      hint: momentHint(step.at),
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

/** Who does what a step tells. */
export interface Acting {
  /** Absent where no process is known. */
  readonly owner: ProcessReference | undefined;
  readonly account: string;
  /** The step that the process descends from. */
  readonly above: ProcessStep | undefined;
}

/** The process that a step's `by` names and whose it is. Where no process is known it is nobody's, and the first user stands in. */
export function actingProcess(
  step: { readonly by?: string; readonly as?: string; readonly on?: string },
  path: YamlPath,
  context: Context,
): Acting {
  const { actors, problems } = context;
  const owner =
    step.by === undefined ? undefined : resolveReference(step.by, [...path, "by"], context);
  const above = owner === undefined ? undefined : stepOf(owner, context);
  const [own] = owner?.links ?? [];
  const service = own === undefined ? undefined : serviceOf(own);
  const users = actors.present.users.length > 0 ? actors.present.users : [...actors.users.keys()];
  const nobody = owner === undefined ? users[0] : undefined;
  if (step.as !== undefined && own === undefined) noteKnownAccount(path, above, problems);
  const inherited = above?.account ?? service ?? nobody;
  return {
    owner,
    above,
    account: accountOf({ named: step.as, inherited, other: step.on, path }, actors, problems),
  };
}

function noteKnownAccount(
  path: YamlPath,
  above: ProcessStep | undefined,
  problems: Problems,
): void {
  const known =
    above === undefined
      ? "no process is known here"
      : `\`${above.id}\` runs as \`${above.account}\``;
  problems.at([...path, "as"], "KT0515", {
    message: `\`as\` says whose process it is, and ${known}`,
    hint: "leave `as` out",
  });
}
