import { hash32 } from "../../base/random.ts";
import { caseSuffix } from "./case-name.ts";
import type { Case } from "./cases.ts";
import type { NamedCase } from "./open.ts";

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
