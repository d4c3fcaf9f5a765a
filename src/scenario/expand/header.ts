import { validateYaml } from "../../base/validate.ts";
import type { YamlFile } from "../../base/yaml.ts";
import type { VariableValue } from "../model/types.ts";
import type { Condition } from "./condition.ts";

/** The keys of a scenario file that say how to read the others. All that they make is made before the rest is looked at. */
export interface Header {
  readonly variables?: Readonly<Record<string, VariableValue>>;
  readonly include?: readonly IncludeFile[];
  readonly matrix?: MatrixFile;
  readonly vector?: Readonly<Record<string, ValuesFile>>;
}

/** Another file whose actors and steps come before those of the file itself, and values for its variables. */
export type IncludeFile =
  | string
  | { readonly file: string; readonly with?: Readonly<Record<string, VariableValue>> };

/** Every combination of the values of its variables; those that `exclude` means are left out, those of `include` are more. */
export interface MatrixFile {
  readonly exclude?: readonly Condition[];
  readonly include?: readonly Readonly<Record<string, VariableValue>>[];
  readonly [variable: string]: ValuesFile | readonly Condition[] | undefined;
}

/** The values of a variable, or a file that has one on each line. */
export type ValuesFile = readonly VariableValue[] | { readonly file: string };

export const headerKeys = ["variables", "include", "matrix", "vector"] as const;

type Data = Readonly<Record<string, unknown>>;

/** The data of `file` as a map; empty where it is none, which the schema will tell. */
export function dataOf(file: YamlFile): Data {
  const { data } = file;
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as Data) : {};
}

/** The header of `file`, checked. Throws an `InputError` (KT0540). */
export function readHeader(file: YamlFile): Header {
  const header = pick(dataOf(file), headerKeys);
  if (Object.keys(header).length > 0) validatePart(file, header);
  return header;
}

/** The header of a file that another one includes, whose other keys are checked as well; what they hold is checked in the file that it becomes a part of. */
export function readPartHeader(file: YamlFile): Header {
  const data = dataOf(file);
  const emptied = { timeline: emptyList, devices: emptyMap, users: emptyMap };
  const parts = Object.entries(data).map(([key, value]) => {
    const empty = emptied[key as keyof typeof emptied];
    return [key, empty === undefined ? value : empty(value)] as const;
  });
  validatePart(file, Object.fromEntries(parts.filter(([key]) => !ownKeys.has(key))));
  return pick(data, headerKeys);
}

/** What a file says of the scenario that it is by itself; nothing of it counts where it is included. */
const ownKeys = new Set([
  "version",
  "title",
  "description",
  "truth",
  "technique",
  "seed",
  "domain",
  "now",
  "organisation",
  "fixtures",
]);

const emptyList = (value: unknown): unknown => (Array.isArray(value) ? [] : value);
const emptyMap = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? {} : value;

/** Checks `part` of a file as if the rest were right. */
function validatePart(file: YamlFile, part: Data): void {
  const frame = { version: 1, title: "-", truth: "benign", timeline: [] };
  validateYaml({ ...file, data: { ...frame, ...part } }, "scenario", "KT0540");
}

function pick(data: Data, keys: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => keys.includes(key)));
}
