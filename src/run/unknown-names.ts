import type { Diagnostic } from "../base/diagnostic.ts";
import { unknownNames } from "../expect/read-expectation.ts";
import type { Scenario, ScenarioEvent } from "../scenario/model/types.ts";
import type { Column } from "../schema/types.ts";
import type { PlannedRule } from "./checks.ts";

/** What expectations name that neither their rule's columns nor their scenario's events answer to. */
export function unknownNamesIn(
  rules: readonly (PlannedRule & { readonly columns: readonly Column[] })[],
  events: ReadonlyMap<Scenario, readonly ScenarioEvent[]>,
): readonly Diagnostic[] {
  return rules.flatMap((rule) => {
    const columns = rule.columns.map(({ name }) => name);
    return rule.checks.flatMap(({ scenario, file }) => {
      if (file === undefined) return [];
      const ids = (events.get(scenario) ?? []).map(({ id }) => id);
      return unknownNames(file, { columns, events: ids });
    });
  });
}
