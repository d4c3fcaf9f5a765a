import { evaluateBatch, type EvaluateOptions } from "../../engine/evaluate.ts";
import type { Rule } from "../../kql/rule.ts";
import { countingProgram } from "../../plan/reads.ts";
import type { Program } from "../../plan/types.ts";
import type { Scenario, ScenarioEvent } from "../../scenario/types.ts";
import { isAlert } from "../checks.ts";
import type { CheckResult, MetamorphicFailure, MetamorphicResult } from "../types.ts";
import { transformations } from "./index.ts";
import { changesBetween, narrow, renderChanges, withChanges } from "./narrow.ts";
import { storyTeller } from "./story.ts";
import { batchScenario, variantsOf, type Variant } from "./variants.ts";

export interface MetamorphicRun extends EvaluateOptions {
  readonly scenarios: readonly Scenario[];
  /** The events of a scenario as Defender has them. */
  readonly eventsOf: (scenario: Scenario) => readonly ScenarioEvent[];
  /** Those events as the rule's product has them. */
  readonly asProduct: (events: readonly ScenarioEvent[]) => readonly ScenarioEvent[];
  /** Whether all scenarios are run: only then can be told that a declared change changes nothing. */
  readonly whole: boolean;
}

/** The verdicts of `rule` that change where events are told in other words: those not declared, and the declared ones that no longer happen. */
export async function checkTransformations(
  { rule, program }: { readonly rule: Rule; readonly program: Program },
  checks: readonly CheckResult[],
  run: MetamorphicRun,
): Promise<MetamorphicResult> {
  const fired = new Map(
    checks.map(({ scenario, rows }) => [scenario, hasFired(rule, rows.length)]),
  );
  const declared = rule.metadata.metamorphic ?? {};
  const counting = program.discovery === undefined ? countingProgram(program) : program;
  const tell = storyTeller(counting);
  const variants = variantsOf(run.scenarios, transformations, {
    storyOf: (scenario) => tell(run.eventsOf(scenario)),
    hasFixtures: Object.keys(run.fixtures ?? {}).length > 0,
  });
  const firedBefore = ({ scenario }: Variant): boolean => fired.get(scenario.id) ?? false;
  const ask = (asked: readonly Asked[]): Promise<readonly boolean[]> =>
    askAll({ rule, program: counting }, asked, run);

  const answers = await ask(variants.map((variant) => ({ variant, events: variant.events })));
  const changed = variants.filter((variant, index) => answers[index] !== firedBefore(variant));
  const undeclared = changed.filter(({ transformation }) => !(transformation.name in declared));
  const lists = undeclared.map(({ before, events, transformation }) =>
    // Half of the times moved would tell another story.
    transformation.nowShift === undefined ? changesBetween(before, events) : [],
  );
  const smallest = await narrow(lists, async (tried) => {
    const asked = tried.flatMap(({ index, changes }): readonly Asked[] => {
      const variant = undeclared[index];
      if (variant === undefined) return [];
      return [{ variant, events: withChanges(variant.before, changes) }];
    });
    const after = await ask(asked);
    return asked.map(({ variant }, index) => after[index] === firedBefore(variant));
  });
  const failures = undeclared.map((variant, index): MetamorphicFailure => {
    const { transformation, scenario, before } = variant;
    const changes = renderChanges(before, smallest[index] ?? []);
    const change = firedBefore(variant) ? "the rule is silent" : "the rule fires";
    return {
      rule: rule.name,
      scenario: scenario.id,
      transformation: transformation.name,
      message: `with ${transformation.description}, ${change}${changes === "" ? "" : `: ${changes}`}`,
    };
  });
  const happened = new Set(changed.map(({ transformation }) => transformation.name));
  const over = run.whole ? Object.keys(declared).filter((name) => !happened.has(name)) : [];
  return {
    variants: variants.length,
    failures: [...failures, ...over.map((name) => noLonger(rule, name))],
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

/** Events that a variant's scenario has instead of its own. */
interface Asked {
  readonly variant: Variant;
  readonly events: readonly ScenarioEvent[];
}

/** For each of `asked`, whether the rule fires: one batch for each `now`. */
async function askAll(
  { rule, program }: { readonly rule: Rule; readonly program: Program },
  asked: readonly Asked[],
  run: MetamorphicRun,
): Promise<readonly boolean[]> {
  const byNow = new Map<bigint, number[]>();
  for (const [index, { variant }] of asked.entries()) {
    const now = (variant.scenario.now ?? run.now) + (variant.transformation.nowShift ?? 0n);
    const group = byNow.get(now);
    if (group === undefined) byNow.set(now, [index]);
    else group.push(index);
  }
  const counts = asked.map(() => 0);
  for (const [now, indexes] of byNow) {
    const scenarios = indexes.flatMap((index) => {
      const one = asked[index];
      return one === undefined ? [] : [batchScenario(one.variant, run.asProduct(one.events))];
    });
    const { rows } = await evaluateBatch(program, scenarios, { ...run, now });
    for (const { scenario } of rows) {
      const index = indexes[scenario];
      if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1;
    }
  }
  return counts.map((count) => hasFired(rule, count));
}

function hasFired(rule: Rule, rows: number): boolean {
  return isAlert(rows, rule.trigger);
}
