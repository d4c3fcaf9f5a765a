import { expect, test } from "vitest";
import { runCli } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-project.ts";

const scenario = (more: string): string =>
  `version: 1\ntitle: t\ntruth: benign\n${more}timeline:\n  - process: cmd.exe\n`;
const files = {
  "rules/alpha.kql": "DeviceInfo",
  "scenarios/T1/one.yaml": scenario(""),
  "scenarios/T1/some.yaml": scenario("matrix: { host: [a.com, b.com] }\n"),
};

const list = async (...argv: readonly string[]): Promise<string> => {
  const { code, out, err } = await runCli(["list", ...argv], { cwd: tempFolder(files) });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out;
};

test("rules and scenario files, with the number of cases", async () => {
  expect(await list()).toBe(
    "1 rule\n  alpha\n3 scenarios in 2 files\n  T1/one\n  T1/some  2 cases\n",
  );
});

test("cases by a part of their name", async () => {
  expect(await list("host=b", "--cases")).toBe(
    "0 rules\n1 scenario in 1 file\n  T1/some[host=b.com]\n",
  );
});

test("for a program", async () => {
  expect(JSON.parse(await list("--json"))).toEqual({
    rules: [{ name: "alpha", file: "rules/alpha.kql" }],
    scenarios: [
      { id: "T1/one", file: "scenarios/T1/one.yaml", cases: [] },
      {
        id: "T1/some",
        file: "scenarios/T1/some.yaml",
        cases: ["T1/some[host=a.com]", "T1/some[host=b.com]"],
      },
    ],
  });
});

test("nothing of that name: 2", async () => {
  expect(await runCli(["list", "nothing"], { cwd: tempFolder(files) })).toEqual({
    code: 2,
    out: "",
    err: "KT0703 no rule or scenario matches `nothing`\n  hint: `kqltest list` without a filter says what there is\n",
  });
});
