import type { MissingFixturesOptions } from "../kql/functions/missing-fixtures.ts";
import type { Limits } from "../engine/limits.ts";
import type { ModuleOptions } from "../project/modules/module-options.ts";
import type { Project } from "../project/project.ts";
import type { Selection } from "../project/selection.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Finding, OutcomeRow, Verdict } from "../expect/types.ts";
import type { ScenarioCase, Truth } from "../scenario/model/types.ts";

/** One rule × one scenario, judged. */
export interface CheckResult {
  readonly rule: string;
  readonly scenario: string;
  /** Which of the cases of its file the scenario is; absent where the file describes one scenario. */
  readonly case?: ScenarioCase;
  readonly truth: Truth;
  /** False where the scenario is of a technique that the rule is not for: then it must stay silent, and its verdict is that of a benign scenario. */
  readonly inScope?: boolean;
  /** What the rule did. */
  readonly verdict: Verdict;
  /** What the expectation says it does. */
  readonly expected: Verdict;
  readonly status: "passed" | "failed";
  /** The reason of an accepted false verdict, else null. */
  readonly known: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly OutcomeRow[];
  /** Ids of the events behind the rows, each once, in the order of the timeline. */
  readonly events: readonly string[];
  /** Why it failed; empty where it passed. */
  readonly findings: readonly Finding[];
  /** Path of the expectation file relative to the project. */
  readonly expectationFile: string;
  /** Line on which it begins, where the file has others as well. */
  readonly expectationLine?: number;
}

/** A rule's rows that its reference implementation does not give, or the other way round. */
export interface ReferenceResult {
  readonly rule: string;
  readonly scenario: string;
  readonly onlyRule: readonly OutcomeRow["row"][];
  readonly onlyReference: readonly OutcomeRow["row"][];
}

/** A verdict that changes where the same events are told in other words, or a declared change that no longer happens. */
export interface MetamorphicFailure {
  readonly rule: string;
  /** Null where a declaration is left over. */
  readonly scenario: string | null;
  /** Name of the transformation. */
  readonly transformation: string;
  /** What happened, with the smallest change that was found to do it. */
  readonly message: string;
}

/** The metamorphic checks of a run. Each failure makes the run fail. */
export interface MetamorphicResult {
  /** How many variants of scenarios were evaluated. */
  readonly variants: number;
  readonly failures: readonly MetamorphicFailure[];
}

/** Why a rule has no verdict: on any scenario, or on one. */
export interface RuleError {
  readonly rule: string;
  /** Absent where the rule cannot be run at all. */
  readonly scenario?: string;
  /** Each with the rule's file where no place is known. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface RunSummary {
  readonly rules: number;
  readonly scenarios: number;
  readonly checks: number;
  readonly passed: number;
  readonly failed: number;
  /** Rules, and rules on a scenario, without a verdict because of an error. */
  readonly errors: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  readonly known: number;
}

/** Everything reporters need. Checks are ordered by rule, then scenario. */
export interface RunResult {
  readonly summary: RunSummary;
  readonly checks: readonly CheckResult[];
  /** What could not be run; the other rules were. Each makes the run fail. */
  readonly errors: readonly RuleError[];
  /** Disagreements between a rule and its reference; empty where all agree. Each makes the run fail. */
  readonly referenceDifferences: readonly ReferenceResult[];
  /** Absent where they were not run. */
  readonly metamorphic?: MetamorphicResult;
  /** `now` of the run as Kusto writes it, and the seed, so that a run can be repeated. */
  readonly now: string;
  readonly seed: number | null;
  readonly durationMs: number;
  /** True where `--bail` left checks out. */
  readonly stopped: boolean;
  /** True where nothing had changed since an equal run in which everything passed, and this is its result. */
  readonly cached?: true;
}

export interface RunOptions extends Selection, ModuleOptions, MissingFixturesOptions {
  /** The project's folder; `.` where neither it nor `project` is given. */
  readonly root?: string;
  /** A project made in memory, or loaded before. */
  readonly project?: Project;
  /** What `now()` is, ISO 8601. Fixed where it is absent, so that two runs give the same. */
  readonly now?: string;
  /** Added to the seed of every scenario. */
  readonly seed?: number;
  /** Stop at the first failure. */
  readonly bail?: boolean;
  /** False: compile every rule again, and keep nothing for the next run. */
  readonly cache?: boolean;
  /** True: also tell each scenario in other words, and fail where a verdict changes. Default false. */
  readonly metamorphic?: boolean;
  /** Limits of each rule; its time is that of all its scenarios together. The metamorphic checks of a rule have the same time again. */
  readonly limits?: Partial<Limits>;
  /** Run even where expectations are missing, left over or name what is not there, for `planUpdate` to mend. */
  readonly update?: boolean;
  onProgress?(progress: Progress): void;
}

/** How far a run is; told after each rule. */
export interface Progress {
  readonly rule: string;
  readonly done: number;
  readonly total: number;
}
