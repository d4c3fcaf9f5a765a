import type { Source } from "../../base/source.ts";
import type { ReadFile, ListFiles } from "./nearest-file.ts";
import type { Fixtures } from "../../schema/fixtures.ts";
import type { Catalog } from "../../schema/tables.ts";
import type { Row } from "../../schema/types.ts";

/** What really happened in a scenario, whatever a rule says of it. */
export type Truth = "malicious" | "benign";

/** What of a project its scenarios may refer to. */
export interface Surroundings {
  readonly readFile: ReadFile;
  /** For the guess at what a file that is not there should have been; absent: no guess. */
  readonly listFiles?: ListFiles;
  /** Tables of the project's own, by name. */
  readonly tables?: Catalog;
}

/** What happened: independent of any rule. Read from `scenarios/<technique>/<name>.yaml`, or made in memory. */
export interface Scenario {
  /** Path below `scenarios/` without the ending, with `/`: `T1102/powershell-pastebin`. Unique in a project. */
  readonly id: string;
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly description?: string;
  readonly truth: Truth;
  /** ATT&CK technique, `T1102` or `T1102.001`. */
  readonly technique?: string;
  /** What now is in it, whatever the run says, in ticks of 100 ns since 0001-01-01. */
  readonly now?: bigint;
  /** What answers, in this scenario alone, for data that is in no table: its watchlists and the like. */
  readonly fixtures?: Fixtures;
  /** The file it came from, for diagnostics. */
  readonly source: Source;
  /** Which of the cases of its file it is; absent where the file describes one scenario. */
  readonly case?: ScenarioCase;
  /** Files of the project whose rows its events need, and only an engine can read; absent: none. */
  readonly recordings?: readonly string[];
  /** Its events for one instant of `now`, in the order of the timeline. Same arguments, same events. */
  events(options: EventOptions): readonly ScenarioEvent[];
}

/** One of the scenarios that a single file describes. */
export interface ScenarioCase {
  /** Id of the file: the scenario's own without what is in brackets. */
  readonly file: string;
  /** The values that make this case. */
  readonly variables: Readonly<Record<string, VariableValue>>;
}

/** A variable's value: whatever YAML writes without a list or a map. */
export type VariableValue = string | number | boolean | null;

export interface EventOptions {
  /** The instant that the scenario's times are relative to, in ticks of 100 ns since 0001-01-01. */
  readonly now: bigint;
  /** Added to the scenario's own seed; absent: the scenario's own alone. */
  readonly seed?: number;
  /** Who and where, in place of the scenario's own; absent: as it says. */
  readonly stage?: Stage;
  /** The rows of the scenario's `recordings`, by file. */
  readonly recorded?: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
}

/** Where a scenario happens when it is told in another place: its first device and its first person become these. */
export interface Stage {
  readonly device: { readonly name: string; readonly id: string; readonly ip: string };
  readonly user?: {
    readonly name: string;
    readonly domain: string;
    readonly sid: string;
    readonly upn: string;
    readonly objectId: string;
  };
  /** DNS domain of whoever else takes part. */
  readonly domain: string;
}

/** One row of one table. */
export interface ScenarioEvent {
  /** What expectations and reports call it: the step's own `id`, else its kind and number (`process-2`). Unique in the scenario. */
  readonly id: string;
  readonly table: string;
  readonly row: Row;
}
