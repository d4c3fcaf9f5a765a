import type { ProfileShare } from "../../scenario/background/fleet.ts";

export const outputFormats = ["jsonl", "csv", "parquet"] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** An ordinary world and what is put into it. */
export interface WorldRequest {
  readonly devices: number;
  readonly days: number;
  readonly profiles: readonly ProfileShare[];
  readonly seed: number;
  /** The first day, `2025-01-13`. */
  readonly start: string;
  /** Scenarios, each by a part of its id, with a `*`, or by the path of its file. */
  readonly inject: readonly string[];
}

/** The rows of scenarios alone. */
export interface ScenarioRequest {
  readonly scenarios: readonly string[];
  readonly seed: number;
  /** What `now()` is, ISO 8601. */
  readonly now: string;
}

/** Where rows go. */
export interface Destination {
  /** Absolute path of the folder. */
  readonly folder: string;
  readonly format: OutputFormat;
  /** Replace what an earlier call wrote there. */
  readonly force: boolean;
  /** Go on where an earlier call was stopped. */
  readonly resume: boolean;
}

/** Rows of one table in one part of the output. */
export interface TablePart {
  readonly rows: number;
  readonly bytes: number;
  /** Of its file, up to the end of the part. */
  readonly sha256: string;
}

/** A part of the output, by table. */
export type Part = Readonly<Record<string, TablePart>>;

/** A finished file. */
export interface FileRecord extends TablePart {
  readonly file: string;
  readonly table: string;
}

/** A scenario that was put into a world. */
export interface Injection {
  readonly scenario: string;
  readonly device: string;
  /** What its `now` was. */
  readonly now: string;
  readonly rows: number;
}

/** `manifest.json`: what the files of a folder are and how to make them again. */
export interface Manifest {
  readonly kqltest: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly injected: readonly Injection[];
  readonly rows: number;
  readonly files: readonly FileRecord[];
}

/** How far it is. */
export interface Progress {
  readonly rows: number;
  readonly part: number;
  readonly parts: number;
}

export interface GenerateControl {
  /** Stops before the next part is finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
