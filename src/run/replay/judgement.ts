import type { TestClass } from "../../atomic/sidecar.ts";
import type { OutcomeRow } from "../../expect/types.ts";
import type { RecordingMetadata } from "../../recording/recording.ts";
import type { ScenarioEvent } from "../../scenario/model/types.ts";
import type { Comparison } from "./compare-with-twin.ts";

/** What the rules of a project did with a recording, and whether that and the recording itself are as claimed. */
export interface Judgement {
  readonly recording: RecordingMetadata;
  /** How many rows each table has. */
  readonly tables: Readonly<Record<string, number>>;
  /** What `now()` was, as Kusto writes it. */
  readonly now: string;
  /** In the order of their names. */
  readonly rules: readonly RuleReplay[];
  /** Null where nothing tells which test ran: then nothing is demanded. */
  readonly test: JudgedTest | null;
  /** The recording beside the twin; null where there is no test. */
  readonly comparison: Comparison | null;
}

/** What one rule did with the recorded rows. */
export interface RuleReplay {
  readonly rule: string;
  readonly fired: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly OutcomeRow[];
  /** The events behind its rows, each once, in the order of time. */
  readonly events: readonly FlaggedEvent[];
  /** Milliseconds from the start of the recording to the first of them; null where it did not fire, or times are not known. */
  readonly afterMs: number | null;
}

/** An event that a rule flagged: `DeviceNetworkEvents-3` is the third row of that table. */
export interface FlaggedEvent extends ScenarioEvent {
  /** As Kusto writes it; null for a row without a time. */
  readonly time: string | null;
  /** Whether the marker of the run stands in it. */
  readonly marked: boolean;
}

/** The atomic test that ran, and what is demanded of a recording of it. */
export interface JudgedTest {
  /** `T1102-2`. */
  readonly label: string;
  readonly guid: string;
  readonly name: string;
  readonly class: TestClass;
  /** Null where the recording does not tell a marker. */
  readonly marker: { readonly value: string; readonly rows: number } | null;
  /** Of the rules that were evaluated. */
  readonly requirements: readonly RuleRequirement[];
}

/** What a sidecar demands of a rule. */
export interface RuleRequirement {
  readonly rule: string;
  readonly must: "fire" | "stay-silent";
  /** `fire-elsewhere`: it fired, and on no row that has the run's marker, so that it was not the test that it found. */
  readonly did: "fire" | "stay-silent" | "fire-elsewhere";
  readonly holds: boolean;
}

/** Whether the rules did what the test demands, and the run shows in the recording. What differs from the twin is for people to weigh. */
export function meetsRequirements({ test }: Judgement): boolean {
  if (test === null) return true;
  return test.marker?.rows !== 0 && test.requirements.every(({ holds }) => holds);
}
