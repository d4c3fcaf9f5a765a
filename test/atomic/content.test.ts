import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { placeholders } from "../../src/atomic/fill.ts";
import { checkPowershell } from "../../src/atomic/checks/powershell.ts";
import { readSidecar } from "../../src/atomic/sidecar.ts";
import { testLabel, type AtomicTest } from "../../src/atomic/types.ts";
import { loadAtomics } from "../../src/project/atomics/load-atomics.ts";
import { techniqueOf } from "./atomics.ts";

const { techniques, entries } = await loadAtomics(".");
const tests = techniques.flatMap((technique) => technique.tests);
const named = tests.map((test): [string, AtomicTest] => [testLabel(test), test]);

test("the techniques that web services stand for are there, on three systems", () => {
  expect(techniques.map(({ id }) => id)).toEqual([
    "T1102",
    "T1102.001",
    "T1102.002",
    "T1102.003",
    "T1105",
    "T1218.011",
    "T1567.002",
    "T1567.003",
    "T1567.004",
  ]);
  const on = (name: string): number =>
    tests.filter(({ platforms }) => platforms.some((platform) => platform === name)).length;
  expect(tests.length).toBeGreaterThanOrEqual(24);
  expect(on("linux")).toBeGreaterThanOrEqual(12);
  expect(Math.min(on("windows"), on("macos"))).toBeGreaterThan(10);
  expect([...entries.values()].filter((entry) => entry.class === "benign").length).toBeGreaterThan(
    1,
  );
});

test("PowerShell is beyond doubt", async () => {
  for (const technique of techniques) {
    expect(await checkPowershell(technique)).toEqual({ mistakes: [], doubts: [] });
  }
});

describe.each(named)("%s", (_, test_) => {
  const entry = entries.get(test_.guid);
  const { executor } = test_;
  const command = executor.kind === "command" ? executor.command.text : "";

  test("connects to nobody unless it is told to", () => {
    const targets = test_.arguments.filter(({ type }) => type === "url");
    expect(targets.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(entry?.sinkhole ?? {}).toSorted(),
    );
    expect(targets.length).toBeGreaterThan(0);
    // Names below `.example` never resolve: RFC 2606.
    for (const target of targets) expect(new URL(target.default).hostname).toMatch(/\.example$/);
    expect(command.replaceAll("127.0.0.1", "")).not.toMatch(/https?:\/\/|\d+\.\d+\.\d+\.\d+/);
  });

  test("takes away what it leaves, which has the run's name", () => {
    const cleanup = executor.cleanup?.text ?? "";
    expect(placeholders(cleanup).map(({ name }) => name)).toContain("marker");
    expect(placeholders(command).map(({ name }) => name)).toContain("marker");
  });

  test("has lines that other runners can join", () => {
    // Invoke-AtomicRedTeam joins the lines of a shell's script by `; `, and those for cmd by ` & `.
    const lines = executor.kind === "command" && executor.shell !== "powershell" ? command : "";
    expect(lines).not.toMatch(/<<|\\\n|\^\n|(do|then|else|\{|\||&)\s*\n|^\s*#(?!\{)/m);
  });
});

test("the sidecar of the documentation, and its test, read", () => {
  const page = readFileSync("docs/atomics.md", "utf8");
  const [technique = "", sidecar = ""] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, block = ""]) => block,
  );
  const [documented] = techniqueOf(technique).tests;
  const { entries } = readSidecar({ file: "kqltest.yaml", text: sidecar });
  expect([...entries.keys()]).toEqual([documented?.guid]);
});

test("every folder is a technique's", () => {
  const folders = readdirSync("atomics");
  expect(folders.toSorted()).toEqual(techniques.map(({ id }) => id));
});
