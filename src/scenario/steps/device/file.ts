import type { StepFile } from "../../format/scenario-file.ts";
import { fileFacts, type FileFacts } from "../../generate/file-facts.ts";
import type { Link, Step } from "../../model/incident.ts";
import { baseName, fileOf, isPath } from "../../model/program-reference.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import { resolveFile } from "../../resolve/resolve-reference.ts";
import {
  actionRow,
  setFile,
  type Clock,
  type Columns,
  type Sighting,
} from "../../generate/event-rows.ts";
import { fill, seen } from "../../generate/step-run.ts";
import { integer, nonEmpty, oneOf, optional, text } from "../../format/shape.ts";
import { asKey, byKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

const actions = ["created", "modified", "renamed", "deleted"] as const;

/** A process does something to a file. */
export interface FileStepFile extends StepFile {
  readonly file: string;
  readonly by: string;
  readonly as?: string;
  readonly action?: (typeof actions)[number];
  readonly from?: string;
  readonly copyOf?: string;
  readonly origin?: string;
  readonly referrer?: string;
  readonly size?: number;
}

export interface FileStep extends Step {
  readonly kind: "file";
  readonly link: Link;
  readonly action: (typeof actions)[number];
  readonly from: string | undefined;
  readonly origin: string | undefined;
  readonly referrer: string | undefined;
  readonly size: number | undefined;
}

const table = "DeviceFileEvents";

export const fileKind: StepKind = stepKind<FileStepFile, FileStep>({
  name: "file",
  title: "a process writes, renames or deletes a file",
  about:
    "Gives a row of `DeviceFileEvents`. A program that is started from the same path later has the same hashes.",
  example: String.raw`- file: C:\Users\{user}\AppData\Local\Temp\stage.exe
  by: powershell.exe
  origin: https://pastebin.com/raw/x1`,
  keys: {
    file: nonEmpty({ description: "The whole path" }),
    by: byKey,
    as: asKey,
    action: optional(oneOf(actions, { description: "What happened to it", fallback: "`created`" })),
    from: optional(
      nonEmpty({ description: "For `renamed`: the path it had before, or its name before" }),
    ),
    copyOf: optional(
      text({ description: "The known program whose file this is", fallback: "an unknown file" }),
    ),
    origin: optional(text({ description: "`FileOriginUrl`: where it was downloaded from" })),
    referrer: optional(text({ description: "`FileOriginReferrerUrl`" })),
    size: optional(
      integer({ description: "Bytes", fallback: "drawn" }, 0, Number.MAX_SAFE_INTEGER),
    ),
  },
  resolve(step, place, context) {
    const { path } = place;
    const { problems } = context;
    if (!isPath(step.file)) {
      problems.at([...path, "file"], "KT0519", {
        message: `\`${step.file}\` is no path`,
        hint: "write the whole path, such as `C:\\Users\\{user}\\Downloads\\a.iso`",
      });
    }
    const renames = step.action === "renamed";
    if (renames !== (step.from !== undefined)) {
      problems.at(path, "KT0520", {
        message: renames
          ? "the step does not say what the file was called before"
          : "`from` says what the file was called before, and it is not renamed",
        hint: renames ? "write `from:` with a path or a name" : "write `action: renamed`",
      });
    }
    const { owner, account, above } = actingProcess(step, path, context);
    return {
      kind: "file",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      link:
        step.copyOf === undefined
          ? (fileOf(step.file) ?? { path: step.file })
          : resolveFile({ process: step.file, copyOf: step.copyOf }, path, problems),
      action: step.action ?? "created",
      from: step.from,
      origin: step.origin,
      referrer: step.referrer,
      size: step.size,
    };
  },
  rows(step, { time }, run) {
    const of = { step, run };
    const path = fill(step.link.path, "file", of);
    const before = step.from === undefined ? {} : { from: fill(step.from, "from", of) };
    const facts = fileFacts(step.link, path);
    const event: FileEvent = {
      action: step.action,
      file: step.size === undefined ? facts : { ...facts, size: step.size },
      ...before,
      ...(step.origin === undefined ? {} : { origin: fill(step.origin, "origin", of) }),
      ...(step.referrer === undefined ? {} : { referrer: fill(step.referrer, "referrer", of) }),
    };
    return [{ table, row: fileRow(event, seen(step, time, run), run.clock) }];
  },
});

export interface FileEvent {
  readonly action: (typeof actions)[number];
  readonly file: FileFacts;
  readonly from?: string;
  readonly origin?: string;
  readonly referrer?: string;
}

const actionTypes: Readonly<Record<FileEvent["action"], string>> = {
  created: "FileCreated",
  modified: "FileModified",
  renamed: "FileRenamed",
  deleted: "FileDeleted",
};

/** The row of what a process did to a file. */
export function fileRow(event: FileEvent, of: Sighting, clock: Clock): Columns {
  const { file, from, origin, referrer } = event;
  const row = actionRow(of, actionTypes[event.action], clock);
  setFile(row, file);
  if (origin !== undefined) row["FileOriginUrl"] = origin;
  if (referrer !== undefined) row["FileOriginReferrerUrl"] = referrer;
  if (from !== undefined) {
    const folder = file.path.slice(0, file.path.length - file.name.length);
    row["PreviousFileName"] = baseName(from);
    row["PreviousFolderPath"] = isPath(from) ? from : `${folder}${from}`;
  }
  row["RequestProtocol"] = "Local";
  const account = of.process?.account;
  if (account !== undefined) {
    // The file system's own spelling: services in capitals, as they are called there.
    const isService = account.session === 0;
    row["RequestAccountName"] = isService ? account.name.toUpperCase() : account.name;
    row["RequestAccountDomain"] = account.domain.toUpperCase();
    row["RequestAccountSid"] = account.sid;
  }
  return row;
}
