import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeRecording } from "../../src/recording/write-recording.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { sysmonRecording, testProject } from "../run/replay/recorded.ts";
import { runCli } from "../support/fake-io.ts";

function projectWith(demands?: string, changes: Partial<Recording> = {}): string {
  const root = testProject(demands);
  writeRecording(join(root, "lab"), sysmonRecording(changes));
  return root;
}

const replay = (cwd: string, ...flags: readonly string[]) =>
  runCli(["replay", "lab", ...flags], { cwd });

test("a recording that is as its test demands", async () => {
  const { code, out, err } = await replay(projectWith());
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(
    " encoded-powershell  fired   1 row, from 1 event, the first 0.750 s after the start\n",
  );
  expect(out).toContain(
    "   ✓ the marker `run-7` is in 3 rows\n   ✓ encoded-powershell must fire\n",
  );
  expect(out).toContain(" Twin  T1059.001/encoded-command\n");
});

test("a demand that does not hold", async () => {
  const { code, out } = await replay(projectWith("mustNotFire: [encoded-powershell]"));
  expect(code).toBe(1);
  expect(out).toContain("   ✗ encoded-powershell must stay silent, and fired\n");
});

test("a recording that does not tell its test, and a person who does", async () => {
  const root = projectWith(undefined, { atomic: null });
  const alone = await replay(root);
  expect([alone.code, alone.out]).toEqual([0, expect.stringContaining("nothing was demanded")]);
  const told = await replay(root, "--atomic", "T1059.001-1");
  expect([told.code, told.out]).toEqual([0, expect.stringContaining(" as demanded\n")]);
  const unknown = await replay(root, "--atomic", "T1059.001-7");
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("KT0815")]);
});

test("`--no-atomic` judges nothing but the rules, and `--now` moves them", async () => {
  const root = projectWith("mustFire: [encoded-powershell]", {
    atomic: {
      technique: "T1102",
      number: 1,
      guid: "00000000-0000-0000-0000-000000000000",
      name: "x",
      inputs: {},
      marker: null,
    },
  });
  const flags = ["--no-atomic", "--now", "2025-01-01T00:00:00Z"];
  const { code, out } = await replay(root, ...flags);
  expect([code, out]).toEqual([0, expect.stringContaining("encoded-powershell  silent  0 rows")]);
});

test("a report for machines beside the text", async () => {
  const root = projectWith();
  const flags = ["--reporter", "json", "--output", "out/replay.json"];
  const { code, out } = await replay(root, ...flags);
  expect([code, out]).toEqual([0, expect.stringContaining(" as demanded\n")]);
  const report: unknown = JSON.parse(readFileSync(join(root, "out/replay.json"), "utf8"));
  expect(report).toMatchObject({
    version: 1,
    passed: true,
    rules: [{ rule: "encoded-powershell", rows: [{ events: ["DeviceProcessEvents-2"] }] }],
  });
});

test("a rule, a folder and a flag that are none", async () => {
  const root = projectWith();
  expect((await replay(root, "--rule", "x")).err).toContain("KT0703 no rule matches `x`");
  expect((await replay(root, "--reporter", "xml")).err).toContain("KT0902");
  const missing = await runCli(["replay", "none"], { cwd: root });
  expect([missing.code, missing.err]).toEqual([
    2,
    expect.stringContaining("KT0862 the folder `none`"),
  ]);
});
