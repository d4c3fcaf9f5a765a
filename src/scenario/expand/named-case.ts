import type { ScenarioCase } from "../model/types.ts";
import { hash32 } from "../../base/random.ts";
import { caseSuffix } from "./case-name.ts";
import type { Case } from "./cases.ts";

/** The case of the file `file` that `values` make; without any, its only scenario. */
export function namedCase(
  { values, suffix = caseSuffix(values) }: Pick<Case, "values"> & Partial<Case>,
  file: string,
): NamedCase {
  const id = `${file}${suffix}`;
  if (suffix === "") return { id, seed: (own) => own ?? hash32(id) };
  return {
    id,
    case: { file, variables: Object.fromEntries(values) },
    // Cases that share a seed would all have the same names and addresses.
    seed: (own) => hash32(own === undefined ? id : `${own}${suffix}`),
  };
}

/** The name of a scenario that is not made yet. */
export interface CaseName {
  readonly id: string;
  /** Absent where the file describes one scenario. */
  readonly case?: ScenarioCase;
}

/** A scenario that is not made yet. */
export interface NamedCase extends CaseName {
  /** Of its drawn values, where `own` is the seed that the file sets. */
  seed(own: number | undefined): number;
}
