import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { runCli } from "../support/fake-io.ts";

test.each([[], ...commands.map((command) => [command.name])])(
  "help of %s",
  async (...command: readonly string[]) => {
    const { code, out, err } = await runCli([...command, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    await expect(out).toMatchFileSnapshot(`golden/help-${command[0] ?? "kqltest"}.txt`);
  },
);

test("`help query` is `query --help`", async () => {
  expect(await runCli(["help", "query"])).toEqual(await runCli(["query", "--help"]));
});

test("version", async () => {
  const { code, out } = await runCli(["--version"]);
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

// oxfmt-ignore
test.each([
  [["--rul", "x"], "KT0901 unknown option `--rul`\n  hint: did you mean `--rule`?\n"],
  [["query", "--nonsense", "x"], "KT0901 unknown option `--nonsense`\n  hint: `kqltest query --help` lists what there is\n"],
  [["query"], "KT0901 missing required argument `kql`\n  hint: `kqltest query --help` lists what there is\n"],
  [["query", "a", "b"], "KT0901 too many arguments for `query`. Expected 1 argument but got 2\n  hint: `kqltest query --help` lists what there is\n"],
  [["test", "--rule"], "KT0901 option `--rule <name>` argument missing\n  hint: `kqltest test --help` lists what there is\n"],
  [["--seed", "-1"], "KT0902 `-1` is no value of `--seed`\n  hint: write an integer from 0 to 9007199254740991\n"],
  [["--timeout", "soon"], "KT0902 `soon` is no value of `--timeout`\n  hint: write seconds from 0 (no limit) to 86400\n"],
  [["--memory", "0"], "KT0902 `0` is no value of `--memory`\n  hint: write a whole number from 1 to 16777216\n"],
  [["--seed", "1e3"], "KT0902 `1e3` is no value of `--seed`\n  hint: write an integer from 0 to 9007199254740991\n"],
  [["--now", "yesterday"], "KT0902 `yesterday` is no value of `--now`\n  hint: write an instant such as `2025-01-15T12:00:00Z`\n"],
  [["--now", "2025-02-30"], "KT0902 `2025-02-30` is no value of `--now`\n  hint: write an instant such as `2025-01-15T12:00:00Z`\n"],
  [["--reporter", "jsn"], "KT0902 `jsn` is no value of `--reporter`\n  hint: did you mean `json`?\n"],
  [["query", "print 1", "--format", "xml"], "KT0902 `xml` is no value of `--format`\n  hint: possible: `table`, `json`, `csv`\n"],
  [["query", "print 1", "--dialect", "sentinal"], "KT0902 `sentinal` is no value of `--dialect`\n  hint: did you mean `sentinel`?\n"],
  [["query", " \n"], "KT0905 the query is empty\n  hint: write it as one quoted argument: `kqltest query 'DeviceProcessEvents | count'`\n"],
] as const)("%j is a mistake", async (argv, message) => {
  expect(await runCli(argv)).toEqual({ code: 2, out: "", err: message });
});

test("a flag cannot steer the terminal", async () => {
  const { err } = await runCli(["--\u001b[31m"]);
  expect(err).toContain("unknown option `--\\u001b[31m`");
});

test("an error that is no InputError is a bug: exit code 3, with its stack", async () => {
  const { code, out, err } = await runCli(["query", "-"], {
    readInput: async () => {
      throw new TypeError("broken \u001b[31m");
    },
  });
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).toMatch(
    /^this is a bug in kqltest \d+\.\d+\.\d+ \(node v20\.19\.0\)\nTypeError: broken \\u001b\[31m\n +at /,
  );
});
