import type { StepFile } from "../../format/scenario-file.ts";
import { fileFacts, type FileFacts } from "../../generate/file-facts.ts";
import type { Link, Step } from "../../model/incident.ts";
import { isPath } from "../../model/program-reference.ts";
import { actingProcess, commonOf } from "../../resolve/acting.ts";
import {
  actionRow,
  setFile,
  type Clock,
  type Columns,
  type Sighting,
} from "../../generate/event-rows.ts";
import { fill, seen } from "../../generate/step-run.ts";
import { nonEmpty } from "../../format/shape.ts";
import { asKey, byKey } from "../common.ts";
import { stepKind, type StepKind } from "../step.ts";

/** A process loads a library. */
export interface ImageStepFile extends StepFile {
  readonly image: string;
  readonly by: string;
  readonly as?: string;
}

export interface ImageStep extends Step {
  readonly kind: "image";
  readonly link: Link;
}

const table = "DeviceImageLoadEvents";

export const imageKind: StepKind = stepKind<ImageStepFile, ImageStep>({
  name: "image",
  title: "a process loads a library",
  about:
    "Gives a row of `DeviceImageLoadEvents`. Its `InitiatingProcessFileName` is in lower case, as the sensor writes it in this table. A file written to the same path before has the same hashes.",
  example: String.raw`- image: C:\Users\{user}\AppData\Local\Temp\version.dll
  by: OneDrive.exe`,
  keys: { image: nonEmpty({ description: "The whole path" }), by: byKey, as: asKey },
  resolve(step, place, context) {
    const { path } = place;
    if (!isPath(step.image)) {
      context.problems.at([...path, "image"], "KT0519", {
        message: `\`${step.image}\` is no path`,
        hint: "write the whole path, such as `C:\\Windows\\System32\\samlib.dll`",
      });
    }
    const { owner, account, above } = actingProcess(step, path, context);
    return {
      kind: "image",
      ...commonOf(step, table, { place, context, above }),
      owner,
      account,
      link: { path: step.image },
    };
  },
  rows(step, { time }, run) {
    const path = fill(step.link.path, "file", { step, run });
    const file = fileFacts(step.link, path);
    return [{ table, row: imageRow(file, seen(step, time, run), run.clock) }];
  },
});

/** The row of a library that a process loads. */
export function imageRow(file: FileFacts, of: Sighting, clock: Clock): Columns {
  const row = actionRow(of, "ImageLoaded", clock);
  setFile(row, file);
  if (of.process !== undefined) {
    row["InitiatingProcessFileName"] = of.process.file.name.toLowerCase();
  }
  return row;
}
