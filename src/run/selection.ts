/** Which checks of a project are meant. A list that is absent or empty leaves all in. */
export interface Selection {
  /** Rules by name. */
  readonly rules?: readonly string[];
  /** Scenarios by id. */
  readonly scenarios?: readonly string[];
  /** Rules, scenarios or `rule/scenario` pairs. */
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
 * Patterns ignore case. With a `*` a pattern is the whole name, and the star any part of it; without one
 * it is a part of the name. The path of a file (`scenarios/T1102/x.yaml`) means what the file holds.
 */
export function createSelector(selection: Selection): Selector {
  const rules = (selection.rules ?? []).map(createMatcher);
  const scenarios = (selection.scenarios ?? []).map(createMatcher);
  const filters = (selection.filters ?? []).map(createMatcher);
  const any = (matchers: readonly Matcher[], names: readonly string[]): boolean =>
    matchers.length === 0 ||
    matchers.some((matcher) => names.some((name) => matcher.matches(name)));
  return {
    selects: (rule, scenario) =>
      any(rules, [rule]) &&
      any(scenarios, [scenario]) &&
      (filters.length === 0 || any(filters, [rule, scenario, `${rule}/${scenario}`])),
    unmatched: (ruleNames, scenarioIds) => {
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

function createMatcher(pattern: string): Matcher {
  const wanted = pattern
    .toLowerCase()
    .replace(/^(\.\/)?(rules|scenarios|expected)\//, "")
    .replace(/(\/rule)?\.(yaml|yml|kql)$/, "");
  if (!wanted.includes("*")) {
    return { pattern, matches: (name) => name.toLowerCase().includes(wanted) };
  }
  const parts = wanted.split("*").map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`);
  return { pattern, matches: (name) => expression.test(name.toLowerCase()) };
}
