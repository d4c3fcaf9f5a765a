import type { Value } from "../../schema/types.ts";
import type { ProfileName } from "../background/profile-names.ts";
import type { ClockTime } from "./calendar.ts";
import type { DeviceFile, UserFile } from "../format/scenario-file.ts";
import type { Integrity } from "../facts/windows.ts";
import type { Program } from "../facts/programs.ts";

/** A scenario with every reference resolved: what the generator reads. Plain data. */
export interface Incident {
  readonly seed: number;
  readonly domain?: string;
  /** What now is, where the scenario says it, in ticks. */
  readonly now?: bigint;
  /** Address under which the organisation is seen from outside, and its tenant, where they are known. */
  readonly publicIp?: string;
  readonly tenant?: string;
  /** Those that take part. */
  readonly devices: ReadonlyMap<string, DeviceFile>;
  readonly users: ReadonlyMap<string, UserFile>;
  readonly steps: readonly Step[];
  readonly background?: Background;
}

/** What goes on around a scenario. */
export interface Background {
  readonly profile: ProfileName;
  /** How many further devices there are. */
  readonly devices: number;
  /** How many times 24 hours before now. */
  readonly days: number;
  /** Devices of the scenario that do the same. */
  readonly on: readonly string[];
}

/** When a step happens; `ticks` are of 100 ns. */
export type Moment =
  | { readonly kind: "before-now"; readonly ticks: number }
  | { readonly kind: "after-previous"; readonly ticks: number }
  /** Of the step with the index `of`, the same one's time before: `ticks` after it, give or take `jitter`. */
  | {
      readonly kind: "repetition";
      readonly of: number;
      readonly ticks: number;
      readonly jitter: number;
    }
  | { readonly kind: "clock"; readonly time: ClockTime }
  | { readonly kind: "working-hours" }
  | { readonly kind: "drawn" };

/** A program that runs without a step of its own. */
export interface Link {
  /** Absent: nothing is known of the file. */
  readonly program?: Program;
  readonly path: string;
  readonly arguments?: string;
  /** The program's file under another name or in another place. */
  readonly renamed?: boolean;
}

/** A process by its ancestry: `links` from the process upwards, then the step they descend from, if any. */
export interface ProcessReference {
  readonly links: readonly Link[];
  /** Index of an earlier process step. */
  readonly step?: number;
}

/** A column's value as the author set it: final, or an instant relative to now. */
export type ColumnValue =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "instant"; readonly ticks: number };

/** What steps of every kind have. What else a kind has, its own file in `steps/` says. */
export interface Step {
  /** Name of its kind. */
  readonly kind: string;
  readonly id: string;
  readonly moment: Moment;
  /** Alias of the device. */
  readonly device: string;
  /** Alias of a user or name of a built-in account; absent where the step is nobody's. */
  readonly account?: string;
  /** The process that does it or, for a process, its parent. Never later than the step. */
  readonly owner?: ProcessReference | undefined;
  /** Aliases of users and devices that it speaks of besides. */
  readonly mentions?: readonly string[];
  /** Columns that are to differ in the step's first row. */
  readonly columns: ReadonlyMap<string, ColumnValue>;
}

export interface ProcessStep extends Step, Link {
  readonly kind: "process";
  readonly owner: ProcessReference;
  readonly command: string | undefined;
  readonly account: string;
  readonly integrity: Integrity | undefined;
  readonly pid: number | undefined;
}

export function isProcessStep(step: Step | undefined): step is ProcessStep {
  return step?.kind === "process";
}
