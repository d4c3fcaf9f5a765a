import { connectionKind } from "./connection.ts";
import { processKind } from "./process.ts";
import { rowKind } from "./row.ts";
import type { StepKind } from "./step.ts";

/** Every kind of step, in the order of the documentation. */
export const stepKinds: readonly StepKind[] = [processKind, connectionKind, rowKind];

const byName: ReadonlyMap<string, StepKind> = new Map(stepKinds.map((kind) => [kind.name, kind]));

/** The kind that a resolved step belongs to. */
export function kindOf(name: string): StepKind {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`no kind of step: ${name}`);
  return kind;
}
