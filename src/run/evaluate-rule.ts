import { defined } from "../base/defined.ts";
import type { BatchResult, BatchRow, BatchScenario } from "../engine/batch.ts";
import { evaluateBatch, type EvaluateOptions } from "../engine/evaluate.ts";
import type { OutcomeRow } from "../expect/types.ts";
import type { Rule, Trigger } from "../kql/rules/rule.ts";
import type { ScenarioEvent } from "../scenario/model/types.ts";
import { inWorkspace } from "../scenario/workspace.ts";
import { unreachable } from "../base/diagnostic.ts";
import type { Dialect } from "../schema/tables.ts";
import type { Column, Row } from "../schema/types.ts";
import type { CompiledRule } from "./compile-rule.ts";

/** A compiled rule, and what decides where it runs and when it alerts. */
export interface EvaluableRule
  extends Pick<CompiledRule, "program">, Pick<EvaluateOptions, "recompile"> {
  readonly rule: Pick<Rule, "dialect" | "trigger">;
}

/** What a rule did with one scenario. */
export interface RuleOutcome {
  /** Whether its rows are an alert. */
  readonly fired: boolean;
  readonly rows: readonly OutcomeRow[];
  /** Ids of the events behind the rows, each once, in the order of the timeline. */
  readonly events: readonly string[];
}

/** What a rule did with several scenarios, by their index. */
export interface Evaluation {
  readonly columns: readonly string[];
  fired(scenario: number): boolean;
  outcome(scenario: number): RuleOutcome;
}

/** Evaluates a rule on the events of scenarios as the rule's product has them. Throws an `InputError` if it cannot be run on one of them. */
export async function evaluateRule(
  { rule, program, recompile }: EvaluableRule,
  scenarios: readonly BatchScenario[],
  options: Omit<EvaluateOptions, "recompile">,
): Promise<Evaluation> {
  const own = scenarios.map((one) => ({
    ...one,
    events: productEvents(rule.dialect, one.events),
  }));
  const batch = await evaluateBatch(program, own, {
    ...options,
    ...defined({ recompile }),
  });
  return evaluationOf(rule, own, batch);
}

/** The rows of `batch` by scenario, with the ids of the events behind them. */
export function evaluationOf(
  rule: EvaluableRule["rule"],
  scenarios: readonly BatchScenario[],
  batch: BatchResult,
): Evaluation {
  // Most scenarios have no rows, and cost nothing.
  const byScenario: BatchRow[][] = [];
  for (const row of batch.rows) (byScenario[row.scenario] ??= []).push(row);
  const fired = (scenario: number): boolean =>
    isAlert(byScenario[scenario]?.length ?? 0, rule.trigger);
  return {
    columns: batch.columns.map(({ name }) => name),
    fired,
    outcome: (scenario) => {
      const found = byScenario[scenario] ?? [];
      const events = scenarios[scenario]?.events ?? [];
      const idsOf = (indexes: readonly number[]): readonly string[] =>
        indexes.flatMap((index) => events[index]?.id ?? []);
      const behind = new Set(found.flatMap((row) => row.events));
      return {
        fired: fired(scenario),
        rows: found.map((row) => ({
          row: rowOf(batch.columns, row.values),
          events: idsOf(row.events),
        })),
        events: idsOf([...behind].toSorted((a, b) => a - b)),
      };
    },
  };
}

const workspaces = new WeakMap<readonly ScenarioEvent[], readonly ScenarioEvent[]>();

/** Returns `events` with the columns of the product that rules of `dialect` run in. */
export function productEvents(
  dialect: Dialect,
  events: readonly ScenarioEvent[],
): readonly ScenarioEvent[] {
  if (dialect === "defender-xdr") return events;
  // Many rules are evaluated on the same scenarios.
  const known = workspaces.get(events) ?? inWorkspace(events);
  workspaces.set(events, known);
  return known;
}

/** Whether that many rows are an alert: any are if the rule does not say. */
function isAlert(rows: number, trigger: Trigger = { operator: "gt", threshold: 0 }): boolean {
  const { operator, threshold } = trigger;
  switch (operator) {
    case "gt":
      return rows > threshold;
    case "lt":
      return rows < threshold;
    case "eq":
      return rows === threshold;
    case "ne":
      return rows !== threshold;
    default:
      return unreachable(operator);
  }
}

function rowOf(columns: readonly Column[], values: readonly Row[string][]): Row {
  const row: Record<string, Row[string]> = {};
  for (const [index, { name }] of columns.entries()) row[name] = values[index] ?? null;
  return row;
}
