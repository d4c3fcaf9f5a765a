import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readExpectation } from "../../src/expect/read-expectation.ts";
import type { OutcomeRow } from "../../src/expect/types.ts";
import { applyUpdate, planUpdate, type Change } from "../../src/run/update/plan-update.ts";
import type { CheckResult, RunResult } from "../../src/run/types.ts";
import { checkResult, runResult } from "../support/run-result.ts";
import { tempFolder } from "../support/temp-project.ts";

const path = "expected/r/T1/one.yaml";

function resultOf(change: Partial<CheckResult>): RunResult {
  const rows = change.rows ?? [];
  return runResult([
    checkResult({
      rule: "r",
      scenario: "T1/one",
      verdict: rows.length > 0 ? "true-positive" : "false-negative",
      status: "failed",
      columns: [...new Set(rows.flatMap(({ row }) => Object.keys(row)))],
      rows,
      events: [...new Set(rows.flatMap(({ events }) => events))],
      ...change,
    }),
  ]);
}

const row = (columns: OutcomeRow["row"], ...events: readonly string[]): OutcomeRow => ({
  row: columns,
  events,
});

/** The file after an update that found `change`, where `text` was in it. */
function updated(text: string | undefined, change: Partial<CheckResult>): string | null {
  const expectations =
    text === undefined ? [] : [readExpectation({ file: path, text }, "r", "T1/one")];
  const changes = planUpdate({ rules: [], scenarios: [], expectations }, resultOf(change));
  return changes[0]?.after ?? null;
}

const two = [
  row({ FileName: "cmd.exe", ProcessId: 4, Flag: false }, "process-1", "connection-1"),
  row({ FileName: "a.exe", ProcessId: 8, Flag: true }, "process-2", "connection-1"),
];

describe("a check without a file gets one", () => {
  test("that lists the rows by what is worth reading", () => {
    const rows = [
      row(
        {
          Timestamp: "2025-01-15T11:00:00.0000000Z",
          FileName: "cmd.exe",
          SHA256: "ab".repeat(32),
          ReportGuid: "11111111-2222-3333-4444-555555555555",
          Empty: "",
          Flag: false,
        },
        "process-1",
        "connection-1",
      ),
    ];
    expect(updated(undefined, { rows })).toMatchInlineSnapshot(`
      "verdict: true-positive
      count: 1
      rows:
        - FileName: cmd.exe
          Empty: ""
          Flag: false
      events:
        include:
          - process-1
          - connection-1
      "
    `);
  });

  test("without a reason for a false verdict, which the next run asks for", () => {
    const text =
      updated(undefined, { rows: [row({ a: 1 }, "e")], verdict: "false-positive" }) ?? "";
    expect(() => readExpectation({ file: path, text }, "r", "s")).toThrow("KT0602");
    expect(updated(undefined, {})).toBe("verdict: false-negative\n");
  });

  test("without the columns that another seed and another time change", () => {
    const project = { rules: [], scenarios: [], expectations: [] };
    const first = resultOf({
      rows: [row({ Device: "a", Name: "x" }), row({ Device: "b", Name: "y" })],
    });
    const again = resultOf({
      rows: [row({ Device: "c", Name: "y" }), row({ Device: "a", Name: "x" })],
    });
    expect(planUpdate(project, first, again)[0]?.after).toBe(
      "verdict: true-positive\ncount: 2\nrows:\n  - Name: x\n  - Name: y\n",
    );
  });

  test("with many rows only counted", () => {
    const rows = Array.from({ length: 11 }, () => row({ a: 1 }));
    expect(updated(undefined, { rows })).toBe("verdict: true-positive\ncount: 11\n");
  });
});

describe("a check that failed", () => {
  test("keeps comments, the order of keys, and the columns that its rows list", () => {
    const old = `# Word starts it.
count: 1 # one
verdict: true-positive
rows:
  - FileName: cmd.exe
    Flag: true
`;
    expect(updated(old, { rows: two })).toMatchInlineSnapshot(`
      "# Word starts it.
      count: 2 # one
      verdict: true-positive
      rows:
        - FileName: cmd.exe
          Flag: false
        - FileName: a.exe
          Flag: true
      "
    `);
  });

  test("keeps the reason of a false verdict that stays", () => {
    const old = "verdict: false-positive\nknown: the sync client # really\ncount: 1\n";
    expect(updated(old, { rows: two, truth: "benign", verdict: "false-positive" })).toBe(
      "verdict: false-positive\nknown: the sync client # really\ncount: 2\n",
    );
  });

  test("loses the reason with the verdict, and gets what a new file has", () => {
    const old = "# A gap.\nverdict: false-negative\nknown: the parent is lost\n";
    expect(updated(old, { rows: two })).toMatchInlineSnapshot(`
      "# A gap.
      verdict: true-positive
      count: 2
      rows:
        - FileName: cmd.exe
          ProcessId: 4
          Flag: false
        - FileName: a.exe
          ProcessId: 8
          Flag: true
      events:
        include:
          - process-1
          - connection-1
          - process-2
      "
    `);
  });

  test("that has no rows any more loses what spoke of them", () => {
    const old = `verdict: true-positive
count: 1
rows: [{ FileName: cmd.exe }]
contains: [{ FileName: cmd.exe }]
events: { include: [process-1], exclude: [process-2] }
`;
    expect(updated(old, {})).toBe("verdict: false-negative\nevents: { exclude: [ process-2 ] }\n");
  });

  test("keeps of contains and events what still holds", () => {
    const old = `verdict: true-positive
contains:
  - FileName: cmd.exe
  - FileName: gone.exe
events:
  include: [process-2, process-7] # the second
  exclude: [process-1, process-9]
`;
    expect(updated(old, { rows: two })).toMatchInlineSnapshot(`
      "verdict: true-positive
      contains:
        - FileName: cmd.exe
      events:
        include: [ process-2 ] # the second
        exclude: [ process-9 ]
      "
    `);
  });
});

test("a check that passed keeps its file to the letter", () => {
  expect(updated("verdict:   true-positive\n", { rows: two, status: "passed" })).toBeNull();
});

test("a file that belongs to nothing goes", () => {
  const project = {
    rules: [],
    scenarios: [],
    expectations: [],
    stale: [{ file: "expected/r/gone.yaml", text: "x" }],
  };
  expect(planUpdate(project, { ...resultOf({}), checks: [] })).toEqual([
    { path: "expected/r/gone.yaml", before: "x", after: null },
  ]);
});

describe("changes are applied", () => {
  const write = (file: string, after: string | null = "new\n"): Change => ({
    path: file,
    before: null,
    after,
  });

  test("whole, with no file left beside them", () => {
    const root = tempFolder({ "expected/r/old.yaml": "old", "expected/r/gone.yaml": "x" });
    applyUpdate(root, [
      write("expected/r/old.yaml"),
      write("expected/r/T1/deep/new.yaml"),
      write("expected/r/gone.yaml", null),
    ]);
    expect(readFileSync(join(root, "expected/r/old.yaml"), "utf8")).toBe("new\n");
    expect(
      readdirSync(join(root, "expected/r"), { recursive: true, encoding: "utf8" }).toSorted(),
    ).toEqual(["T1", "T1/deep", "T1/deep/new.yaml", "old.yaml"]);
  });

  test.each(["rules/r/rule.yaml", "expected/../rules/x.yaml", "../x.yaml"])(
    "never outside expected/: %s",
    (file) => {
      const root = tempFolder({ "expected/r/old.yaml": "old" });
      expect(() => applyUpdate(root, [write(file)])).toThrow("KT0707");
      expect(existsSync(join(root, file))).toBe(false);
    },
  );

  test("never through a link that leads away", () => {
    const root = tempFolder({ "expected/r/old.yaml": "old" });
    mkdirSync(join(root, "elsewhere"));
    symlinkSync("../elsewhere", join(root, "expected/linked"));
    expect(() => applyUpdate(root, [write("expected/linked/x.yaml")])).toThrow("KT0707");
    expect(readdirSync(join(root, "elsewhere"))).toEqual([]);
  });
});
