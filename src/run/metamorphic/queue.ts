import { defined } from "../../base/defined.ts";
import { InputError } from "../../base/diagnostic.ts";
import type { Rule } from "../../kql/rules/rule.ts";
import { countingProgram } from "../../plan/passes/columns-read.ts";
import type { Scenario, ScenarioEvent } from "../../scenario/model/types.ts";
import { isPositive } from "../../expect/verdict.ts";
import type { CompiledRule } from "../compile-rule.ts";
import type { RunThread } from "../thread.ts";
import type { CheckResult, MetamorphicResult } from "../types.ts";
import {
  metamorphicResult,
  runVariants,
  type Compare,
  type MetamorphicJob,
} from "./run-variants.ts";
import { createEventView } from "./event-view.ts";
import type { VariantSource } from "./variants.ts";

/** The scenarios of one rule that are told in other words while the run goes on. */
export interface MetamorphicQueue {
  /** Takes a scenario whose events are made. */
  add(scenario: Scenario, events: readonly ScenarioEvent[]): void;
  /** What came of all that were taken, where `checks` are the rule's on them as they are. */
  result(checks: readonly CheckResult[]): Promise<MetamorphicResult>;
}

export interface MetamorphicQueueOptions {
  readonly options: MetamorphicJob["options"];
  /** Whether all scenarios are run: only then can be told that a declared change changes nothing. */
  readonly whole: boolean;
  readonly thread?: RunThread;
}

/** So many scenarios are worth another thread's while, and a database of their own. */
const many = 1000;

/** The metamorphic checks of `rule`, on the other thread where there is one and scenarios are many. */
export function createMetamorphicQueue(
  { rule, program, recompile }: CompiledRule & { readonly rule: Rule },
  { options, whole, thread }: MetamorphicQueueOptions,
): MetamorphicQueue {
  const counting = program.discovery === undefined ? countingProgram(program) : program;
  const viewOf = createEventView(counting);
  const own = recompile === undefined ? {} : { recompile };
  const elsewhere: { readonly job: MetamorphicJob; readonly compare: Compare }[] = [];
  let waiting: VariantSource[] = [];
  const take = (): MetamorphicJob => {
    const scenarios = waiting;
    waiting = [];
    const { name, dialect, trigger } = rule;
    return {
      rule: { name, dialect, ...defined({ trigger }) },
      declared: Object.keys(rule.metadata.metamorphic ?? {}),
      program: counting,
      scenarios,
      options,
    };
  };
  const send = (to: RunThread): void => {
    const job = take();
    elsewhere.push({ job, compare: to.runVariants(job) });
  };
  return {
    add: ({ id, now, fixtures }, events) => {
      waiting.push({
        id,
        view: viewOf(events),
        ...defined({ now, fixtures }),
      });
      if (waiting.length >= many && thread !== undefined && recompile === undefined) send(thread);
    },
    result: async (checks) => {
      if (elsewhere.length > 0 && thread !== undefined) send(thread);
      const firing = firingIn(checks);
      const parts = elsewhere.map(async ({ job, compare }) =>
        compare(firing).catch(async (error: unknown) => {
          if (error instanceof InputError) throw error;
          // Whatever ended the thread, it is told here, or here again.
          return (await runVariants(job, own))(firing);
        }),
      );
      if (waiting.length > 0)
        parts.push(runVariants(take(), own).then((compare) => compare(firing)));
      return metamorphicResult(rule, await Promise.all(parts), { whole });
    },
  };
}

function firingIn(checks: readonly CheckResult[]): ReadonlySet<string> {
  const firing = checks.filter(({ verdict }) => isPositive(verdict));
  return new Set(firing.map(({ scenario }) => scenario));
}
