import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeRecording } from "../../src/recording/write-recording.ts";
import type { Recording } from "../../src/recording/recording.ts";
import { sysmonRecording, testProject } from "../run/replay/recorded.ts";
import { text } from "../scenario/scenarios.ts";
import { runCli } from "../support/fake-io.ts";

function projectWith(demands?: string, changes: Partial<Recording> = {}): string {
  const root = testProject(demands);
  writeRecording(join(root, "lab"), { ...sysmonRecording(), ...changes });
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

test("a recording becomes a scenario that the project runs and shows, and replaces nothing unasked", async () => {
  const root = projectWith();
  const file = "scenarios/T1059.001/recorded.yaml";
  const first = await replay(root, "--save", file);
  expect([first.code, first.err]).toEqual([0, `saved ${file}; read it before it is shared\n`]);
  const saved = readFileSync(join(root, file), "utf8");
  expect(saved).toContain("title: An encoded command, recorded by sysmon\ntruth: malicious\n");
  expect(saved).toContain("technique: T1059.001\n");
  const shown = await runCli(["show", "T1059.001/recorded"], { cwd: root });
  expect([shown.code, shown.out]).toEqual([0, expect.stringContaining("└─ powershell.exe (5120)")]);
  const argv = ["test", "recorded", "--update", "--no-cache", "--no-metamorphic"];
  const run = await runCli(argv, { cwd: root });
  expect([run.code, run.out]).toEqual([0, expect.stringContaining("TP 1")]);

  writeFileSync(join(root, file), "mine");
  const refused = await replay(root, "--save", file);
  expect([refused.code, refused.out, refused.err]).toEqual([
    2,
    "",
    `KT0903 \`${file}\` is there already\n  hint: name another file, or replace what is there with \`--force\`\n`,
  ]);
  expect(readFileSync(join(root, file), "utf8")).toBe("mine");
  expect((await replay(root, "--save", file, "--force")).code).toBe(0);
  expect(readFileSync(join(root, file), "utf8")).toBe(saved);
});

test("rows that no timeline can tell stand in files beside the scenario", async () => {
  const { tables } = sysmonRecording();
  const { DeviceProcessEvents = [] } = tables;
  const rows = DeviceProcessEvents.map((row) => ({
    ...row,
    ProcessCommandLine: `${text(row, "ProcessCommandLine")} {guid}`,
  }));
  const root = projectWith(undefined, { tables: { ...tables, DeviceProcessEvents: rows } });
  const file = "scenarios/T1059.001/recorded.yaml";
  const { code, err } = await replay(root, "--save", file);
  expect([code, err]).toEqual([0, expect.stringContaining("and 3 files of rows beside it")]);
  const shown = await runCli(["show", "T1059.001/recorded"], { cwd: root });
  expect([shown.code, shown.out]).toEqual([0, expect.stringContaining("{guid}")]);
  const again = await replay(root, "--save", "scenarios/T1059.001/recorded.yml");
  expect([again.code, again.err]).toEqual([
    2,
    expect.stringContaining("recorded.rows` is there already"),
  ]);
});

test("what is no YAML file cannot be saved to", async () => {
  expect((await replay(projectWith(), "--save", "recorded.json")).err).toBe(
    "KT0902 `recorded.json` is no value of `--save`\n  hint: write a path such as `scenarios/T1102/recorded.yaml`\n",
  );
});
