import { basename, dirname } from "node:path";
import type { BatchScenario } from "../../engine/batch.ts";
import type { Rule } from "../../kql/rules/rule.ts";
import type { ScenarioEvent } from "../../scenario/model/types.ts";
import type { Column, Row, Tables } from "../../schema/types.ts";
import { productEvents } from "../evaluate-rule.ts";
import { createRowKey } from "./row-key.ts";
import type { ModuleSettings } from "../../project/modules/module-options.ts";
import { referenceRows } from "./reference.ts";
import type { CheckResult, ReferenceResult } from "../types.ts";

/** The rows of `rule`'s reference for each of `scenarios`; undefined for a rule without one. Throws an `InputError` about the reference's file. */
export async function expectedRows(
  rule: Rule,
  run: { readonly scenarios: readonly BatchScenario[]; readonly now: string },
  settings: ModuleSettings,
): Promise<readonly (readonly Row[])[] | undefined> {
  if (rule.reference === undefined) return undefined;
  const file = `${dirname(rule.file)}/${basename(rule.reference)}`;
  const scenarios = run.scenarios.map(({ events }) =>
    tablesOf(productEvents(rule.dialect, events)),
  );
  const module = { path: rule.reference, file, rule: rule.name };
  return referenceRows(module, { scenarios, now: run.now }, settings);
}

/** Where the rows of a rule are not those `expected` by its reference; empty where they agree everywhere. */
export function compareWithReference(
  rule: Rule,
  results: readonly CheckResult[],
  reference: {
    readonly expected: readonly (readonly Row[])[];
    readonly columns: readonly Column[];
  },
): readonly ReferenceResult[] {
  const keyOf = createRowKey(reference.columns);
  return results.flatMap(({ scenario, rows }, index): readonly ReferenceResult[] => {
    const expected = reference.expected[index] ?? [];
    if (rows.length === 0 && expected.length === 0) return [];
    const difference = bagDifference(
      rows.map(({ row }) => row),
      expected,
      keyOf,
    );
    const [onlyRule, onlyReference] = difference;
    return onlyRule.length === 0 && onlyReference.length === 0
      ? []
      : [{ rule: rule.name, scenario, onlyRule, onlyReference }];
  });
}

function tablesOf(events: readonly ScenarioEvent[]): Tables {
  const tables: Record<string, Row[]> = {};
  for (const { table, row } of events) (tables[table] ??= []).push(row);
  return tables;
}

/** The rows that one side has more often than the other. */
function bagDifference(
  left: readonly Row[],
  right: readonly Row[],
  keyOf: (row: Row) => string,
): readonly [onlyLeft: readonly Row[], onlyRight: readonly Row[]] {
  const open = new Map<string, Row[]>();
  for (const row of left) {
    const key = keyOf(row);
    const group = open.get(key);
    if (group === undefined) open.set(key, [row]);
    else group.push(row);
  }
  const onlyRight = right.filter((row) => open.get(keyOf(row))?.pop() === undefined);
  return [[...open.values()].flat(), onlyRight];
}
