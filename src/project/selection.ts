import { wildcard } from "../base/text.ts";
import { fileIdOf } from "../scenario/expand/case-name.ts";

/** Which checks of a project are meant. A list that is absent or empty leaves all in. */
export interface Selection {
  /** Rules by their whole name. */
  readonly rules?: readonly string[];
  /** Scenarios by their whole id; that of a file means all its cases. */
  readonly scenarios?: readonly string[];
  /** Rules, scenarios or `rule/scenario` pairs by a part of their name. */
  readonly filters?: readonly string[];
}

/** A selection made ready to be asked. */
export interface Selector {
  selects(rule: string, scenario: string): boolean;
  /** The patterns that match none of these names. */
  unmatched(rules: readonly string[], scenarios: readonly string[]): readonly string[];
}

interface Matcher {
  readonly pattern: string;
  readonly matches: (name: string) => boolean;
}

/**
 * Patterns ignore case. With a `*` a pattern is the whole name, and the star any part of it. The path of a file
 * (`scenarios/T1102/x.yaml`) means what the file holds.
 */
export function createSelector(selection: Selection): Selector {
  const rules = (selection.rules ?? []).map((pattern) => createMatcher(pattern, "whole"));
  const scenarios = (selection.scenarios ?? []).map((pattern) => createMatcher(pattern, "whole"));
  const filters = (selection.filters ?? []).map((pattern) => createMatcher(pattern, "part"));
  const any = (matchers: readonly Matcher[], names: readonly string[]): boolean =>
    matchers.length === 0 ||
    matchers.some((matcher) => names.some((name) => matcher.matches(name)));
  return {
    selects: (rule, scenario) => {
      const file = fileIdOf(scenario);
      const names = file === scenario ? [scenario] : [scenario, file];
      return (
        any(rules, [rule]) &&
        any(scenarios, names) &&
        any(filters, [rule, ...names, ...names.map((name) => `${rule}/${name}`)])
      );
    },
    unmatched: (ruleNames, ids) => {
      const scenarioIds = [...new Set([...ids, ...ids.map(fileIdOf)])];
      const pairs = (): readonly string[] =>
        ruleNames.flatMap((rule) => scenarioIds.map((scenario) => `${rule}/${scenario}`));
      return [
        ...rules.filter((matcher) => !ruleNames.some(matcher.matches)),
        ...scenarios.filter((matcher) => !scenarioIds.some(matcher.matches)),
        ...filters.filter(
          (matcher) =>
            !ruleNames.some(matcher.matches) &&
            !scenarioIds.some(matcher.matches) &&
            !pairs().some(matcher.matches),
        ),
      ].map(({ pattern }) => pattern);
    },
  };
}

function createMatcher(pattern: string, scope: "whole" | "part"): Matcher {
  const wanted = pattern
    .toLowerCase()
    .replace(/^(\.\/)?(rules|scenarios|expected)\//, "")
    .replace(/(\/rule)?\.(yaml|yml|json|kql)$/, "");
  if (!wanted.includes("*")) {
    const matches = (name: string): boolean =>
      scope === "whole" ? name.toLowerCase() === wanted : name.toLowerCase().includes(wanted);
    return { pattern, matches };
  }
  const matches = wildcard(wanted);
  return { pattern, matches: (name) => matches(name.toLowerCase()) };
}
