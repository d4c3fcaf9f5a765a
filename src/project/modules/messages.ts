import type { CaseVariables } from "../../scenario/definitions/module-scenarios.ts";
import type { Row, Tables } from "../../schema/types.ts";

/** A module of a project, and what it takes to run it in a process of its own. */
export interface ModuleToRun {
  readonly kind: "scenario" | "reference";
  /** Absolute path. */
  readonly path: string;
  /** Id of the scenario file; for a reference the name of its rule. */
  readonly id: string;
  /** Where `kqltest` leads in a reference: this very package, built or not. */
  readonly entry: string;
  /** JavaScript of the module and of what it imports from the project, by `sourceKey`. */
  readonly compiled: ReadonlyMap<string, string>;
  /** Longest time for loading it, for one scenario and for one batch of a reference, in milliseconds. */
  readonly limitMs: number;
}

/** What the parent sends. Each is answered by one reply, `make` by as many as it takes. */
export type Order =
  | { readonly kind: "open"; readonly module: ModuleToRun }
  | { readonly kind: "make"; readonly indexes: readonly number[] }
  | { readonly kind: "evaluate"; readonly now: string; readonly scenarios: readonly Tables[] };

/** An error of the module; the parent knows the file. */
export interface ModuleProblem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What the process of a module sends. The parent takes none of it on trust: the module could have sent it itself. */
export type Reply =
  | { readonly kind: "opened"; readonly cases: readonly CaseVariables[] | null }
  /** The next scenarios that were asked for, in order: JSON, or what is wrong with one. */
  | { readonly kind: "made"; readonly scenarios: readonly (string | ModuleProblem)[] }
  | { readonly kind: "rows"; readonly rows: readonly (readonly Row[])[] }
  | { readonly kind: "failed"; readonly problem: ModuleProblem };

/** Largest scenario, in UTF-16 units of its JSON: as a scenario file. */
export const maxScenarioLength: number = 16 * 2 ** 20;
