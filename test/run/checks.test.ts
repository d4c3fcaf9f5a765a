import { defined } from "../../src/base/defined.ts";
import { describe, expect, test } from "vitest";
import { plainText } from "../../src/base/source.ts";
import type { BatchResult } from "../../src/engine/batch.ts";
import type { ExpectationFile } from "../../src/expect/types.ts";
import type { Rule, Trigger } from "../../src/kql/rules/rule.ts";
import { checkRule, planChecks } from "../../src/run/checks.ts";
import { evaluationOf } from "../../src/run/evaluate-rule.ts";
import type { CheckResult } from "../../src/run/types.ts";
import { scenarioFromRows } from "../../src/scenario/from-rows.ts";
import type { Scenario, Truth } from "../../src/scenario/model/types.ts";

function ruleOf(name: string, trigger?: Trigger): Rule {
  return {
    name,
    file: `rules/${name}.kql`,
    kql: plainText("query", "T"),
    dialect: "defender-xdr",
    metadata: {},
    ...defined({ trigger }),
  };
}

const scenarioOf = (id: string, truth: Truth): Scenario =>
  scenarioFromRows({ id, truth, rows: { T: [{ a: 1 }, { a: 2 }, { a: 3 }] } });

const attack = scenarioOf("attack", "malicious");
const quiet = scenarioOf("quiet", "benign");

/** The checks of `rule` over both scenarios, where each of `lineages` is a row of one scenario. */
function checksOf(
  rule: Rule,
  lineages: readonly (readonly [scenario: number, events: readonly number[]])[],
  expectations: readonly ExpectationFile[] = [],
): readonly CheckResult[] {
  const planned = planChecks({ rules: [rule], scenarios: [quiet, attack], expectations }, {});
  const checks = planned[0]?.checks ?? [];
  const batch: BatchResult = {
    columns: [{ name: "a", type: "long" }],
    rows: lineages.map(([scenario, events], index) => ({ scenario, events, values: [index] })),
  };
  const scenarios = checks.map(({ scenario }) => ({
    id: scenario.id,
    events: scenario.events({ now: 0n }),
  }));
  return checkRule(rule, checks, evaluationOf(rule, scenarios, batch));
}

test("rows find their scenario, their columns and the events behind them", () => {
  const [first, second] = checksOf(ruleOf("r"), [
    [0, [2]],
    [0, [0, 2]],
  ]);
  expect(first).toMatchObject({
    scenario: "attack",
    verdict: "true-positive",
    status: "passed",
    columns: ["a"],
    rows: [
      { row: { a: 0 }, events: ["T-3"] },
      { row: { a: 1 }, events: ["T-1", "T-3"] },
    ],
    events: ["T-1", "T-3"],
    expectationFile: "expected/r/attack.yaml",
  });
  expect(second).toMatchObject({ scenario: "quiet", verdict: "true-negative", rows: [] });
});

test("without an expectation a rule must make no mistake", () => {
  expect(
    checksOf(ruleOf("r"), [[1, [0]]]).map(({ expected, verdict, status }) => [
      expected,
      verdict,
      status,
    ]),
  ).toEqual([
    ["true-positive", "false-negative", "failed"],
    ["true-negative", "false-positive", "failed"],
  ]);
});

test("an expectation in memory is kept to", () => {
  const [, benign] = checksOf(
    ruleOf("r"),
    [[1, [0]]],
    [
      {
        rule: "r",
        scenario: "quiet",
        expectation: { verdict: "false-positive", known: " the sync client ", count: 1 },
      },
    ],
  );
  expect(benign).toMatchObject({ status: "passed", known: "the sync client" });
});

describe("a threshold decides what an alert is", () => {
  test.each<[Trigger["operator"], number, boolean]>([
    ["gt", 0, true],
    ["gt", 1, true],
    ["gt", 2, false],
    ["lt", 3, true],
    ["lt", 2, false],
    ["eq", 2, true],
    ["eq", 0, false],
    ["ne", 2, false],
    ["ne", 0, true],
  ])("two rows %s %i: %s", (operator, threshold, fired) => {
    const rule = ruleOf("r", { operator, threshold });
    const [first] = checksOf(rule, [
      [0, [0]],
      [0, [1]],
    ]);
    expect(first?.verdict).toBe(fired ? "true-positive" : "false-negative");
  });
});

describe("a project in memory", () => {
  test("is checked by rule, then scenario", () => {
    const rules = [ruleOf("b"), ruleOf("a")];
    const planned = planChecks({ rules, scenarios: [quiet, attack], expectations: [] }, {});
    expect(
      planned.map(({ rule, checks }) => [rule.name, checks.map((c) => c.scenario.id)]),
    ).toEqual([
      ["a", ["attack", "quiet"]],
      ["b", ["attack", "quiet"]],
    ]);
  });

  test.each([
    ["KT0701", { rules: [], scenarios: [quiet], expectations: [] }],
    ["KT0702", { rules: [ruleOf("r")], scenarios: [], expectations: [] }],
    ["KT0706", { rules: [ruleOf("r"), ruleOf("r")], scenarios: [quiet], expectations: [] }],
    ["KT0706", { rules: [ruleOf("r")], scenarios: [quiet, quiet], expectations: [] }],
  ])("must have names to tell checks apart: %s", (code, project) => {
    expect(() => planChecks(project, {})).toThrow(code);
  });
});
