import type { StepFile } from "../format/scenario-file.ts";
import type { Step } from "../model/incident.ts";
import type { Context, Place } from "../resolve/resolve-reference.ts";
import type { Columns } from "../generate/event-rows.ts";
import type { Run } from "../generate/step-run.ts";
import type { AnyShape, Shape } from "../format/shape.ts";

/** What the documentation says of a kind of step. */
interface StepWords {
  /** The key that a step of this kind has and no other. */
  readonly name: string;
  /** What happens, in a few words. */
  readonly title: string;
  /** What a reader of the documentation needs beyond the keys, as Markdown. */
  readonly about: string;
  /** Steps as they are written, in YAML without indentation. */
  readonly example: string;
  /** Keys of every step that it does not have: `on`, where it happens on no device. */
  readonly without?: readonly (keyof StepFile)[];
}

/** One kind of step: the key that tells it, the keys it has, and what becomes of it. */
export interface StepKind extends StepWords {
  /** Its keys, without those that every step has. */
  readonly keys: AnyShape;
  /** Checks `step`; mistakes go to `context.problems`. */
  resolve(step: StepFile, place: Place, context: Context): Step;
  /** The rows that the step gives, at least one; the first is called by the step's id. */
  rows(step: Step, at: StepTime, run: Run): readonly StepRow[];
}

/** A kind whose own types are known. */
export interface StepDefinition<F, S extends Step> extends StepWords {
  readonly keys: Shape<Omit<F, keyof StepFile>>;
  resolve(step: F, place: Place, context: Context): S;
  rows(step: S, at: StepTime, run: Run): readonly StepRow[];
}

/** The kind that `definition` describes; its types hold its keys together with what it resolves. */
export function stepKind<F extends StepFile, S extends Step>(
  definition: StepDefinition<F, S>,
): StepKind {
  return definition;
}

export interface StepTime {
  /** Index of the step in the timeline. */
  readonly index: number;
  /** Ticks relative to now. */
  readonly time: number;
}

export interface StepRow {
  readonly table: string;
  readonly row: Columns;
  /** Set for a row that was recorded, and stays as it is. */
  readonly recorded?: true;
  /** What follows the step's id in the name of a further row. */
  readonly name?: string;
}
