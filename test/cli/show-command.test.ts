import { expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { starterProject } from "../support/temp-project.ts";

test("a scenario is shown with its processes and the rows of each table", async () => {
  const { code, out } = await runCli(["show", "encoded-command"], { cwd: starterProject() });
  expect(code).toBe(0);
  expect(out).toMatch(/powershell\.exe \(\d+\) {2}\d\d:\d\d:\d\d {2}\[/);
  expect(out).toMatch(/^DeviceProcessEvents {2}\d+ rows?$/m);
  expect(out).toMatch(/^ {3}ProcessCommandLine +\S/m);
});

test("as JSON it is a list that a program reads", async () => {
  const cwd = starterProject();
  const { out } = await runCli(["show", "encoded-command", "--format", "json"], { cwd });
  const [shown] = JSON.parse(out) as readonly { truth: string; events: readonly object[] }[];
  expect(shown?.truth).toBe("malicious");
  expect(shown?.events[0]).toEqual({
    id: expect.any(String),
    table: expect.any(String),
    row: expect.any(Object),
  });
});

test("another seed gives other rows, the same one the same", async () => {
  const cwd = starterProject();
  const show = async (...more: string[]) =>
    (await runCli(["show", "encoded-command", ...more], { cwd })).out;
  expect(await show("--seed", "1")).toBe(await show("--seed", "1"));
  expect(await show("--seed", "1")).not.toBe(await show("--seed", "2"));
});

test("a name that no scenario has is an error with the nearest one", async () => {
  const { code, err } = await runCli(["show", "encoded-comand"], { cwd: starterProject() });
  expect([code, err]).toEqual([2, expect.stringContaining("no scenario matches `encoded-comand`")]);
});

test("no value steers the terminal, and a narrow one cuts long lines", async () => {
  const file = "scenarios/T1102/odd.yaml";
  const text = `version: 1
title: "odd \\e[31m"
truth: benign
timeline:
  - row: DeviceNetworkEvents
    columns: { RemoteUrl: "a\\e]0;x\\a${"b".repeat(300)}" }
`;
  const options = {
    cwd: starterProject({ [file]: text }),
    isTty: true,
    columns: 80,
    env: { NO_COLOR: "1" },
  };
  const { out } = await runCli(["show", "odd"], options);
  expect(out).not.toContain("\u001b");
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});
