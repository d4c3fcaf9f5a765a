/** `scenarios/<technique>/<name>.yaml` as it is written, version 1. `schemas/scenario.schema.json` describes the same shape. */
export interface ScenarioFile {
  readonly version: 1;
  readonly title: string;
  readonly description?: string;
  readonly truth: "malicious" | "benign";
  readonly technique?: string;
  /** Seed of every drawn value; default: a hash of the scenario's id. */
  readonly seed?: number;
  /** DNS domain of devices and users; default: drawn. */
  readonly domain?: string;
  /** Default: one device, called `device`. */
  readonly devices?: Readonly<Record<string, DeviceFile | null>>;
  /** Default: one user, called `user`. */
  readonly users?: Readonly<Record<string, UserFile | null>>;
  readonly timeline: readonly StepFile[];
}

/** A Windows device; what is left out is drawn. */
export interface DeviceFile {
  readonly name?: string;
  readonly id?: string;
  readonly ip?: string;
}

/** A person's account; what is left out is drawn. */
export interface UserFile {
  readonly name?: string;
  readonly domain?: string;
  readonly sid?: string;
  readonly upn?: string;
  /** Member of the local administrators. */
  readonly admin?: boolean;
}

interface StepBase {
  readonly id?: string;
  readonly at?: string;
  readonly on?: string;
  /** Columns of the row that are to differ from what the step gives; null empties one. */
  readonly columns?: Readonly<Record<string, unknown>>;
}

/** A process starts: one row of `DeviceProcessEvents`. */
export interface ProcessStepFile extends StepBase {
  /** A known program's file name, or a whole path. */
  readonly process: string;
  /** A step, or programs from the parent upwards: `cmd.exe < WINWORD.EXE`. */
  readonly parent?: string;
  readonly command?: string;
  readonly as?: string;
  readonly integrity?: Integrity;
  readonly pid?: number;
  /** The known program whose file this is under another name or in another place. */
  readonly copyOf?: string;
}

/** A process connects: one row of `DeviceNetworkEvents`. */
export interface ConnectionStepFile extends StepBase {
  /** Host, address or URL. */
  readonly connection: string;
  /** The process that connects: a step, or programs as in `parent`. Absent for actions that know no process. */
  readonly by?: string;
  readonly as?: string;
  readonly action?: ConnectionAction;
  readonly port?: number;
  /** The remote address; default: one of the host's own. */
  readonly address?: string;
  /** How `RemoteUrl` is written; default `host`, and `none` for an address. */
  readonly url?: UrlForm;
}

/** Any row of any table. */
export interface RowStepFile extends StepBase {
  readonly row: string;
}

export type StepFile = ProcessStepFile | ConnectionStepFile | RowStepFile;

export type Integrity = "Low" | "Medium" | "High" | "System";
export type UrlForm = "host" | "full" | "none";

/** Actions that know the connecting process. */
export const processActions = [
  "ConnectionSuccess",
  "ConnectionFailed",
  "ConnectionRequest",
] as const;
/** Actions seen on the wire: no process, and the name only in `AdditionalFields`. */
export const wireActions = [
  "ConnectionAttempt",
  "HttpConnectionInspected",
  "SslConnectionInspected",
] as const;
export type ConnectionAction = (typeof processActions)[number] | (typeof wireActions)[number];
