import type { YamlFile, YamlPath } from "../base/yaml.ts";
import type { Row } from "../schema/types.ts";
import type { Truth } from "../scenario/model/types.ts";

/** Ground truth × did the rule fire. */
export type Verdict = "true-positive" | "false-negative" | "true-negative" | "false-positive";

/** What one rule must do with one scenario. Read from `expected/<rule>/<scenario>.yaml`. */
export interface Expectation {
  readonly verdict: Verdict;
  /** Why a `false-positive` or `false-negative` is accepted. It must keep happening. */
  readonly known?: string;
  /** How many rows the rule gives. */
  readonly count?: number;
  /** All rows, in any order; each by the columns it lists. */
  readonly rows?: readonly Row[];
  /** Rows that must be among the rule's, each by the columns it lists. */
  readonly contains?: readonly Row[];
  readonly events?: {
    /** Ids of events that some row must come from. */
    readonly include?: readonly string[];
    /** Ids of events that no row may come from. */
    readonly exclude?: readonly string[];
  };
}

/** An expectation, whose it is, and the file that holds it. */
export interface ExpectationFile {
  readonly rule: string;
  readonly scenario: string;
  readonly expectation: Expectation;
  /** For the places of mistakes; absent where the expectation was made in memory. */
  readonly yaml?: YamlFile;
  /** Where it stands in a file that is for other scenarios too; absent where the file is for this one alone. */
  readonly entry?: YamlPath;
  /** False where the scenario is of a technique that the rule is not for: then nothing in it is an attack to this rule. */
  readonly inScope?: boolean;
}

/** What a rule did with a scenario. */
export interface Outcome {
  readonly truth: Truth;
  /** Whether the rows make an alert: any row does, unless the rule has a threshold of its own. */
  readonly fired: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly OutcomeRow[];
}

export interface OutcomeRow {
  readonly row: Row;
  /** Ids of the scenario's events that the row came from. */
  readonly events: readonly string[];
}

/** One way in which an outcome is not the expected one. */
export interface Finding {
  /** One sentence, lower case, no full stop. */
  readonly message: string;
  /** The two sides of a difference in rows, for a report that sets them side by side. */
  readonly expected?: readonly Row[];
  readonly actual?: readonly Row[];
}

/** One kind of expectation: what it finds wrong with an outcome. Pure; says nothing where its key is absent. */
export interface ExpectationKind {
  /** The key in the expectation file. */
  readonly name: keyof Expectation;
  /** True where the other kinds have nothing to add once this one found something. */
  readonly decides?: boolean;
  check(outcome: Outcome, expectation: Expectation): readonly Finding[];
}
