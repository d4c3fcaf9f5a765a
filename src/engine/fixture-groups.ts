import { InputError } from "../base/diagnostic.ts";
import { mergeFixtures, type Fixtures } from "../schema/fixtures.ts";
import type { BatchScenario } from "./batch.ts";
import { unanswered, type FixtureReads } from "./fixtures.ts";

/** Scenarios of a batch that see the same fixtures, each with its index in the batch. */
export interface FixtureGroup {
  readonly scenarios: readonly BatchScenario[];
  readonly indexes: readonly number[];
  /** The project's and those of these scenarios. */
  readonly fixtures: Fixtures;
}

interface Given {
  readonly reads: FixtureReads;
  readonly fixtures?: Fixtures | undefined;
  readonly outside?: "refuse" | "empty" | undefined;
}

/**
 * The batch by the fixtures that its scenarios see. Nearly always one group: a rule that reads none has no other, and
 * few scenarios have any of their own. Throws an `InputError` (KT0727) for a scenario that lacks what the rule reads.
 */
export function fixtureGroups(
  scenarios: readonly BatchScenario[],
  { reads, fixtures, outside }: Given,
): readonly FixtureGroup[] {
  if (reads.scans.length === 0 && !reads.geo) {
    return [{ scenarios, indexes: [...scenarios.keys()], fixtures: {} }];
  }
  const groups = new Map<string, { scenarios: BatchScenario[]; indexes: number[] }>();
  for (const [index, scenario] of scenarios.entries()) {
    const key = scenario.fixtures === undefined ? "" : JSON.stringify(scenario.fixtures);
    const group = groups.get(key) ?? { scenarios: [], indexes: [] };
    group.scenarios.push(scenario);
    group.indexes.push(index);
    groups.set(key, group);
  }
  return Array.from(groups.values(), (group) => {
    const [first] = group.scenarios;
    const seen = mergeFixtures(first?.fixtures, fixtures);
    const missing = outside === "empty" ? undefined : unanswered(reads, seen);
    if (first === undefined || missing === undefined) return { ...group, fixtures: seen };
    throw new InputError({
      code: "KT0727",
      message: `scenario \`${first.id}\` has ${missing}, which a rule reads`,
      hint: "declare it under the scenario's `fixtures`, or for all scenarios in the project's `fixtures/`",
    });
  });
}
