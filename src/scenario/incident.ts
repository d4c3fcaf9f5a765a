import type { Value } from "../schema/types.ts";
import type { ConnectionAction, DeviceFile, Integrity, UrlForm, UserFile } from "./file.ts";
import type { Program } from "./facts/programs.ts";
import type { Target } from "./target.ts";

/** A scenario with every reference resolved: what the generator reads. Plain data. */
export interface Incident {
  readonly seed: number;
  readonly domain?: string;
  readonly devices: ReadonlyMap<string, DeviceFile>;
  readonly users: ReadonlyMap<string, UserFile>;
  readonly steps: readonly Step[];
}

/** When a step happens, in ticks of 100 ns: before now, after the step before, or where drawing puts it. */
export type Moment =
  | { readonly kind: "before-now"; readonly ticks: number }
  | { readonly kind: "after-previous"; readonly ticks: number }
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

interface StepBase {
  readonly id: string;
  readonly moment: Moment;
  /** Alias of the device. */
  readonly device: string;
  readonly columns: ReadonlyMap<string, ColumnValue>;
}

export interface ProcessStep extends StepBase, Link {
  readonly kind: "process";
  readonly parent: ProcessReference;
  readonly command: string | undefined;
  /** Alias of a user or name of a built-in account. */
  readonly account: string;
  readonly integrity: Integrity | undefined;
  readonly pid: number | undefined;
}

export interface ConnectionStep extends StepBase {
  readonly kind: "connection";
  readonly target: Target;
  /** Absent for actions that know no process. */
  readonly by: ProcessReference | undefined;
  readonly account: string;
  readonly action: ConnectionAction;
  readonly port: number;
  /** Absent: one of the host's own. */
  readonly address: string | undefined;
  readonly url: UrlForm;
}

export interface RowStep extends StepBase {
  readonly kind: "row";
  readonly table: string;
}

export type Step = ProcessStep | ConnectionStep | RowStep;
