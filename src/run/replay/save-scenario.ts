import { defined } from "../../base/defined.ts";
import { posix } from "node:path";
import type { TestClass } from "../../atomic/sidecar.ts";
import { InputError } from "../../base/diagnostic.ts";
import { writeYaml } from "../../base/yaml-edit.ts";
import { timeOf, type Recording } from "../../recording/recording.ts";
import { replaceNames } from "../../recording/replace-names.ts";
import { parseInstant } from "../../schema/time.ts";
import type { Tables } from "../../schema/types.ts";
import { isTold, timelineOf } from "./saved-timeline.ts";
import { devicesOf, durationText, stepName } from "./saved-values.ts";

/** A scenario file, and the files of rows beside it that it names. */
export interface SavedScenario {
  readonly yaml: string;
  /** By their path from the scenario's folder; none where the timeline tells all. */
  readonly files: ReadonlyMap<string, string>;
}

export interface SaveOptions {
  /** Name of the scenario's file without its ending: the rows beside it are called after it. */
  readonly name: string;
  /** What happened; absent where nothing tells. */
  readonly class?: TestClass;
  readonly technique?: string;
  /** What ran, for the title. */
  readonly title?: string;
}

/** More rows than these make a timeline that nobody reads. */
const mostSteps = 200;

/**
 * The scenario that `recording` is, with other names, SIDs and addresses: a timeline of its rows where that tells them
 * exactly, else files of rows whose times are moved. Now is the end of the recording. Throws an `InputError` (KT0865)
 * where there are no rows.
 */
export function savedScenario(recording: Recording, options: SaveOptions): SavedScenario {
  const tables = replaceNames(recording.tables);
  const end = endOf(recording);
  const head = headText(recording, tables, options);
  const rows = Object.values(tables).flat().length;
  if (rows === 0) {
    throw new InputError({
      code: "KT0865",
      message: "the recording has no rows, so that it is no scenario",
      hint: "record anew, and see that the recorder runs before the test does",
    });
  }
  if (rows <= mostSteps) {
    const yaml = `${head}\n${timelineOf(tables, end)}`;
    // What a timeline would say in other words (a text that looks like a placeholder) it cannot tell.
    if (isTold(yaml, tables, end)) return { yaml, files: new Map() };
  }
  return inFiles(head, tables, { end, name: options.name });
}

/** The end of the recording in ticks: no row of it is later. */
function endOf({ ended, tables }: Recording): bigint {
  const times = Object.values(tables).flat().flatMap(timeOf);
  const last = times.reduce((latest, time) => (time > latest ? time : latest), 0n);
  const told = parseInstant(ended ?? "") ?? 0n;
  return told > last ? told : last;
}

function headText(
  { source, started, ended }: Recording,
  tables: Tables,
  { title, technique, class: truth }: SaveOptions,
): string {
  const devices = devicesOf(tables);
  const file = {
    version: 1,
    title: title === undefined ? `Recorded by ${source}` : `${title}, recorded by ${source}`,
    truth: truth ?? "malicious",
    ...defined({ technique }),
    ...(devices.size === 0 ? {} : { devices: Object.fromEntries(devices) }),
  };
  const duration = started === null || ended === null ? "" : ` ${spanText(started, ended)}`;
  return [
    `# A recording by ${source}${duration}, saved by \`kqltest replay --save\`. Names, SIDs and addresses are`,
    "# replaced; what else is secret in it is for a person to find.",
    ...(truth === undefined
      ? ["# Nothing told whether it was an attack: `truth` is a guess."]
      : []),
    writeYaml(file),
  ].join("\n");
}

function spanText(started: string, ended: string): string {
  const [from, to] = [parseInstant(started), parseInstant(ended)];
  if (from === undefined || to === undefined || to < from) return "";
  return `of ${Number((to - from) / 10_000n) / 1000} s`;
}

function inFiles(
  head: string,
  tables: Tables,
  { end, name }: { readonly end: bigint; readonly name: string },
): SavedScenario {
  const files = new Map<string, string>();
  const filled = Object.entries(tables).filter(([, rows]) => rows.length > 0);
  const steps = filled.map(([table, rows]) => {
    const file = posix.join(`${name}.rows`, `${table}.jsonl`);
    files.set(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const times = rows.flatMap(timeOf);
    const latest = times.reduce((last, time) => (time > last ? time : last), 0n);
    const moved = times.length === 0 ? {} : { shift: true, at: `-${durationText(end - latest)}` };
    // Its events are then numbered as those of the recording are.
    return { id: stepName(table), rows: file, table, ...moved };
  });
  return { yaml: `${head}\n${writeYaml({ timeline: steps })}`, files };
}
