import { InputError } from "../../base/diagnostic.ts";
import type { Rule } from "../../kql/rules/rule.ts";
import { countingProgram } from "../../plan/passes/columns-read.ts";
import type { Scenario, ScenarioEvent } from "../../scenario/model/types.ts";
import { isAlert } from "../checks.ts";
import type { CompiledRule } from "../compile-rule.ts";
import type { RunThread } from "../thread.ts";
import type { CheckResult, MetamorphicResult } from "../types.ts";
import { metamorphicResult, retell, type Compare, type Retelling } from "./run-variants.ts";
import { storyTeller } from "./event-view.ts";
import type { ToldScenario } from "./variants.ts";

/** The scenarios of one rule that are told in other words while the run goes on. */
export interface Retellings {
  /** Takes a scenario whose events are made. */
  add(scenario: Scenario, events: readonly ScenarioEvent[]): void;
  /** What came of all that were taken, where `checks` are the rule's on them as they are. */
  result(checks: readonly CheckResult[]): Promise<MetamorphicResult>;
}

export interface RetellingOptions {
  readonly options: Retelling["options"];
  /** Whether all scenarios are run: only then can be told that a declared change changes nothing. */
  readonly whole: boolean;
  readonly thread?: RunThread;
}

/** So many scenarios are worth another thread's while, and a database of their own. */
const many = 1000;

/** Retellings for `rule`, on the other thread where there is one and scenarios are many. */
export function createRetellings(
  { rule, program, recompile }: CompiledRule & { readonly rule: Rule },
  { options, whole, thread }: RetellingOptions,
): Retellings {
  const counting = program.discovery === undefined ? countingProgram(program) : program;
  const storyOf = storyTeller(counting);
  const own = recompile === undefined ? {} : { recompile };
  const elsewhere: { readonly retelling: Retelling; readonly compare: Compare }[] = [];
  let waiting: ToldScenario[] = [];
  const take = (): Retelling => {
    const scenarios = waiting;
    waiting = [];
    const { name, dialect, trigger } = rule;
    return {
      rule: { name, dialect, ...(trigger === undefined ? {} : { trigger }) },
      declared: Object.keys(rule.metadata.metamorphic ?? {}),
      program: counting,
      scenarios,
      options,
    };
  };
  const send = (to: RunThread): void => {
    const retelling = take();
    elsewhere.push({ retelling, compare: to.retell(retelling) });
  };
  return {
    add: ({ id, now, fixtures }, events) => {
      waiting.push({
        id,
        story: storyOf(events),
        ...(now === undefined ? {} : { now }),
        ...(fixtures === undefined ? {} : { fixtures }),
      });
      if (waiting.length >= many && thread !== undefined && recompile === undefined) send(thread);
    },
    result: async (checks) => {
      if (elsewhere.length > 0 && thread !== undefined) send(thread);
      const firing = firingIn(rule, checks);
      const parts = elsewhere.map(async ({ retelling, compare }) =>
        compare(firing).catch(async (error: unknown) => {
          if (error instanceof InputError) throw error;
          // Whatever ended the thread, it is told here, or here again.
          return (await retell(retelling, own))(firing);
        }),
      );
      if (waiting.length > 0) parts.push(retell(take(), own).then((compare) => compare(firing)));
      return metamorphicResult(rule, await Promise.all(parts), { whole });
    },
  };
}

function firingIn({ trigger }: Rule, checks: readonly CheckResult[]): ReadonlySet<string> {
  const firing = checks.filter(({ rows }) => isAlert(rows.length, trigger));
  return new Set(firing.map(({ scenario }) => scenario));
}
