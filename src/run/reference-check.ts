import { basename, dirname } from "node:path";
import type { BatchScenario } from "../engine/batch.ts";
import type { Rule } from "../kql/rule.ts";
import type { Column, Row, Tables } from "../schema/types.ts";
import { createRowKey } from "./row-key.ts";
import { loadReference, runReference } from "./reference.ts";
import type { CheckResult, ReferenceResult } from "./types.ts";

/** Where the rows of a rule are not those of its reference; empty where they agree everywhere, and for a rule without one. */
export async function compareWithReference(
  rule: Rule,
  results: readonly CheckResult[],
  run: {
    readonly scenarios: readonly BatchScenario[];
    readonly columns: readonly Column[];
    readonly now: string;
    readonly cacheDir?: string;
  },
): Promise<readonly ReferenceResult[]> {
  if (rule.reference === undefined) return [];
  const file = `${dirname(rule.file)}/${basename(rule.reference)}`;
  const reference = await loadReference(rule.reference, file, run);
  const keyOf = createRowKey(run.columns);
  return results.flatMap(({ scenario, rows }, index): readonly ReferenceResult[] => {
    const tables = tablesOf(run.scenarios[index]);
    const expected = runReference(reference, file, { tables, now: run.now });
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

function tablesOf(scenario: BatchScenario | undefined): Tables {
  const tables: Record<string, Row[]> = {};
  for (const { table, row } of scenario?.events ?? []) (tables[table] ??= []).push(row);
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
