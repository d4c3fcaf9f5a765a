import { defined } from "../../base/defined.ts";
import type { EvaluateOptions } from "../../engine/evaluate.ts";
import { createDeadline } from "../../engine/limits.ts";
import type { Rule } from "../../kql/rules/rule.ts";
import type { Program } from "../../plan/ir/types.ts";
import type { ScenarioEvent } from "../../scenario/model/types.ts";
import { evaluateRule } from "../evaluate-rule.ts";
import type { MetamorphicFailure, MetamorphicResult } from "../types.ts";
import { transformations } from "./transformations/index.ts";
import { changesBetween, shrink, renderChanges, withChanges } from "./shrink.ts";
import { batchScenario, variantsOf, type VariantSource, type Variant } from "./variants.ts";

/** Scenarios that are to be told in other words, and the rule that is asked about them. Plain data, for another thread to take. */
export interface MetamorphicJob {
  readonly rule: Pick<Rule, "name" | "dialect" | "trigger">;
  /** Transformations that the rule says change its verdicts. */
  readonly declared: readonly string[];
  /** Gives as many rows as the rule does. */
  readonly program: Program;
  readonly scenarios: readonly VariantSource[];
  readonly options: Pick<EvaluateOptions, "now" | "fixtures" | "missingFixtures" | "limits">;
}

/** What came of it. */
export interface MetamorphicJobResult {
  readonly variants: number;
  readonly failures: readonly MetamorphicFailure[];
  /** The transformations that changed a verdict, declared or not. */
  readonly changing: readonly string[];
}

/** What cannot be given to another thread. */
export type Recompile = Pick<EvaluateOptions, "recompile">;

/** Says what changed, once the ids of the scenarios are known on which the rule fires as they are. */
export type Compare = (firing: ReadonlySet<string>) => Promise<MetamorphicJobResult>;

/** Asks a rule about scenarios in other words, and gives what compares its verdicts with those on the scenarios as they are. */
export async function runVariants(
  job: MetamorphicJob,
  recompile: Recompile = {},
): Promise<Compare> {
  const { scenarios, options } = job;
  const variants = variantsOf(scenarios, transformations, {
    hasFixtures: Object.keys(options.fixtures ?? {}).length > 0,
  });
  const deadline = createDeadline(options.limits?.timeoutMs ?? 0);
  const ask: Ask = (asked) => askAll(job, asked, { ...recompile, deadline });
  const answers = await ask(variants.map((variant) => ({ variant, events: variant.events })));
  return (firing) => {
    // It may have waited long for the rule itself.
    deadline.restart();
    return compare({ job, variants, answers, ask }, firing);
  };
}

interface Evaluated {
  readonly job: MetamorphicJob;
  readonly variants: readonly Variant[];
  /** For each of them, whether the rule fires. */
  readonly answers: readonly boolean[];
  readonly ask: Ask;
}

/** The verdicts that differ from those of `firing`, declared changes left out, each with the smallest change that makes it differ. */
async function compare(
  { job: { rule, declared }, variants, answers, ask }: Evaluated,
  firing: ReadonlySet<string>,
): Promise<MetamorphicJobResult> {
  const firedBefore = ({ scenario }: Variant): boolean => firing.has(scenario.id);
  const changed = variants.filter((variant, index) => answers[index] !== firedBefore(variant));
  const undeclared = changed.filter(
    ({ transformation }) => !declared.includes(transformation.name),
  );
  const lists = undeclared.map(({ scenario, events, transformation }) =>
    // Half of the times moved would tell another story.
    transformation.nowShift === undefined ? changesBetween(scenario.view.events, events) : [],
  );
  const smallest = await shrink(lists, async (tried) => {
    const asked = tried.flatMap(({ index, changes }): readonly Asked[] => {
      const variant = undeclared[index];
      if (variant === undefined) return [];
      return [{ variant, events: withChanges(variant.scenario.view.events, changes) }];
    });
    const after = await ask(asked);
    return asked.map(({ variant }, index) => after[index] === firedBefore(variant));
  });
  const failures = undeclared.map((variant, index): MetamorphicFailure => {
    const { transformation, scenario } = variant;
    const changes = renderChanges(scenario.view.events, smallest[index] ?? []);
    const change = firedBefore(variant) ? "the rule is silent" : "the rule fires";
    return {
      rule: rule.name,
      scenario: scenario.id,
      transformation: transformation.name,
      message: `with ${transformation.description}, ${change}${changes === "" ? "" : `: ${changes}`}`,
    };
  });
  const changing = new Set(changed.map(({ transformation }) => transformation.name));
  return { variants: variants.length, failures, changing: [...changing] };
}

/** All that came of the scenarios of `rule`, in order. Where all scenarios are run (`whole`), a declared change that changed nothing is a failure too. */
export function metamorphicResult(
  rule: Rule,
  parts: readonly MetamorphicJobResult[],
  { whole }: { readonly whole: boolean },
): MetamorphicResult {
  const changing = new Set(parts.flatMap((part) => part.changing));
  const declared = whole ? Object.keys(rule.metadata.metamorphic ?? {}) : [];
  return {
    variants: parts.reduce((sum, { variants }) => sum + variants, 0),
    failures: [
      ...parts.flatMap(({ failures }) => failures),
      ...declared.filter((name) => !changing.has(name)).map((name) => noLonger(rule, name)),
    ],
  };
}

function noLonger(rule: Rule, name: string): MetamorphicFailure {
  return {
    rule: rule.name,
    scenario: null,
    transformation: name,
    message: `\`metamorphic\` of ${rule.file} declares a change that no longer changes a verdict; take it out`,
  };
}

/** Whether the rule fires on events, for each of them. */
type Ask = (asked: readonly Asked[]) => Promise<readonly boolean[]>;

/** Events that a variant's scenario has instead of its own. */
interface Asked {
  readonly variant: Variant;
  readonly events: readonly ScenarioEvent[];
}

/** For each of `asked`, whether the rule fires: one batch for each `now`. */
async function askAll(
  { rule, program, options }: MetamorphicJob,
  asked: readonly Asked[],
  evaluation: Pick<EvaluateOptions, "recompile" | "deadline">,
): Promise<readonly boolean[]> {
  const byNow = new Map<bigint, number[]>();
  for (const [index, { variant }] of asked.entries()) {
    const now = (variant.scenario.now ?? options.now) + (variant.transformation.nowShift ?? 0n);
    const group = byNow.get(now);
    if (group === undefined) byNow.set(now, [index]);
    else group.push(index);
  }
  const answers = asked.map(() => false);
  for (const [now, indexes] of byNow) {
    const scenarios = indexes.flatMap((index) => {
      const one = asked[index];
      if (one === undefined) return [];
      return [batchScenario(one.variant, one.events)];
    });
    const { recompile, deadline } = evaluation;
    const { fired } = await evaluateRule({ rule, program, ...defined({ recompile }) }, scenarios, {
      ...options,
      ...defined({ deadline }),
      now,
    });
    for (const [at, index] of indexes.entries()) answers[index] = fired(at);
  }
  return answers;
}
