import { once } from "node:events";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { readSource } from "../../src/project/project-files.ts";
import { loadProject, type Project } from "../../src/project/project.ts";
import type { Selection } from "../../src/project/selection.ts";
import { tempFolder } from "../support/temp-project.ts";

const scenario =
  "version: 1\ntitle: Nothing much\ntruth: benign\ntimeline:\n  - process: cmd.exe\n";
const silent = "verdict: true-negative\n";

/** Two rules, two scenarios and every expectation. */
const files: Readonly<Record<string, string>> = {
  "rules/alpha/rule.yaml": "name: Alpha\nquery: DeviceProcessEvents\n",
  "rules/alpha/reference.ts": "export const reference = () => [];\n",
  "rules/alpha/hunting/more.kql": "DeviceInfo",
  "rules/beta.kql": "DeviceInfo",
  "rules/README.md": "Our rules.",
  "scenarios/T1/one.yaml": scenario,
  "scenarios/T2/two.yaml": scenario,
  "scenarios/T2/events.jsonl": "{}",
  "expected/alpha/T1/one.yaml": silent,
  "expected/alpha/T2/two.yaml": silent,
  "expected/beta/T1/one.yaml": silent,
  "expected/beta/T2/two.yaml": silent,
};

function without(...paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)));
}

function load(content: Readonly<Record<string, string>>, selection?: Selection): Promise<Project> {
  return loadProject(tempFolder(content), selection);
}

async function messageOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("no error was thrown");
}

const names = ({ rules, scenarios, expectations }: Project): readonly string[] => [
  ...rules.map(({ name }) => name),
  ...scenarios.map(({ id }) => id),
  ...expectations.map(({ rule, scenario }) => `${rule}/${scenario}`),
];

test("a project is its rules, scenarios and expectations", async () => {
  const root = tempFolder(files);
  const project = await loadProject(root);
  expect(names(project)).toEqual([
    ..."alpha beta T1/one T2/two".split(" "),
    ..."alpha/T1/one alpha/T2/two beta/T1/one beta/T2/two".split(" "),
  ]);
  expect(project.rules.map(({ file, reference }) => [file, reference])).toEqual([
    ["rules/alpha/rule.yaml", join(root, "rules/alpha/reference.ts")],
    ["rules/beta.kql", undefined],
  ]);
});

describe("a selection", () => {
  test.each<[Selection, string]>([
    [{ rules: ["alp*"] }, "alpha T1/one T2/two alpha/T1/one alpha/T2/two"],
    [{ rules: ["ALPHA"], scenarios: ["T2/*"] }, "alpha T2/two alpha/T2/two"],
    [{ filters: ["one"] }, "alpha beta T1/one alpha/T1/one beta/T1/one"],
    [{ filters: ["one", "beta"] }, "alpha beta T1/one T2/two alpha/T1/one beta/T1/one beta/T2/two"],
    [{ filters: ["beta/T2/two"] }, "beta T2/two beta/T2/two"],
    [{ filters: ["scenarios/T2/two.yaml"], rules: ["b*a"] }, "beta T2/two beta/T2/two"],
    [{ filters: ["./expected/alpha/T1/one.yaml"] }, "alpha T1/one alpha/T1/one"],
    [{ filters: ["rules/alpha/rule.yaml"], scenarios: ["T2/two"] }, "alpha T2/two alpha/T2/two"],
  ])("%j", async (selection, expected) => {
    expect(names(await load(files, selection))).toEqual(expected.split(" "));
  });

  test("that means nothing is a mistake", async () => {
    expect(
      await messageOf(() => load(files, { rules: ["alph", "beta"], scenarios: ["T2/two", "T9*"] })),
    ).toMatchInlineSnapshot(`
        "KT0703 no rule or scenario matches \`alph\`
          hint: did you mean \`alpha\`?
        KT0703 no rule or scenario matches \`T9*\`
          hint: possible: \`alpha\`, \`beta\`, \`T1/one\`, \`T2/two\`"
      `);
    expect(await messageOf(() => load(files, { rules: ["alpha"], filters: ["beta/T1"] })))
      .toMatchInlineSnapshot(`
        "KT0703 the filters together leave no check
          hint: take one of them away"
      `);
  });

  test("leaves mistakes in other rules alone", async () => {
    const broken = { ...without("expected/beta/T1/one.yaml"), "rules/beta.kql": "" };
    expect(names(await load(broken, { rules: ["alpha"] }))).toContain("alpha/T1/one");
  });
});

test("a project that tests nothing is a mistake", async () => {
  expect(await messageOf(() => load({}))).toMatchInlineSnapshot(`
    "KT0701 the project has no rules
      hint: put a rule in \`rules/<name>/rule.yaml\` or \`rules/<name>.kql\`, or name the project's folder with \`--root\`
    KT0702 the project has no scenarios
      hint: say what happens in \`scenarios/<technique>/<name>.yaml\`"
  `);
});

test("all mistakes are told at once", async () => {
  const message = await messageOf(() =>
    load({
      ...without("expected/alpha/T1/one.yaml", "expected/alpha/T2/two.yaml"),
      "rules/beta.kql": "// only words",
      "scenarios/T2/two.yaml": "version: 1\ntitle: x\ntruth: maybe\ntimeline: []\n",
      "expected/beta/T2/two.yaml": "verdict: no\n",
      "expected/beta/T2/too.yaml": silent,
      "expected/gamma/T1/one.yaml": silent,
    }),
  );
  expect(message.split("\n").filter((line) => / KT\d{4} /.test(line))).toMatchInlineSnapshot(`
    [
      "rules/beta.kql:1:1 KT0402 the rule has no query",
      "scenarios/T2/two.yaml:3:8 KT0501 \`truth\` is \`maybe\`, which is none of \`malicious\`, \`benign\`",
      "expected/beta/T2/two.yaml:1:10 KT0601 \`verdict\` is \`no\`, which is none of \`true-positive\`, \`false-negative\`, \`true-negative\`, \`false-positive\`",
      "rules/alpha/rule.yaml KT0704 the rule has no expectation for \`T1/one\`, \`T2/two\`",
      "expected/beta/T2/too.yaml KT0705 the expectation is left over: there is no scenario \`T2/too\`",
      "expected/gamma/T1/one.yaml KT0705 the expectation is left over: there is no rule \`gamma\`",
    ]
  `);
  expect(message).toContain("`kqltest --update` writes what the rule does now");
  expect(message).toContain("did you mean `T2/two`? else delete it");
});

test("two files for one rule or scenario are a mistake", async () => {
  expect(
    await messageOf(() =>
      load({ ...files, "rules/beta/rule.yaml": "x", "scenarios/T1/one.yml": scenario }),
    ),
  ).toMatchInlineSnapshot(`
    "rules/beta/rule.yaml KT0706 the rule \`beta\` is in \`rules/beta.kql\` too
      hint: delete or rename one of them
    scenarios/T1/one.yml KT0706 the scenario \`T1/one\` is in \`scenarios/T1/one.yaml\` too
      hint: delete or rename one of them"
  `);
});

test("a folder whose rule is misnamed is a mistake", async () => {
  expect(await messageOf(() => load({ ...files, "rules/gamma/rules.yaml": "x" })))
    .toMatchInlineSnapshot(`
    "rules/gamma KT0701 the folder holds no \`rule.yaml\`, \`rule.json\` or \`rule.kql\`
      hint: a rule is \`rules/<name>/rule.yaml\` (or \`.json\`, \`.kql\`), or \`rules/<name>.yaml\`"
  `);
});

test("an update loads what it is to mend", async () => {
  const content = {
    ...without("expected/alpha/T1/one.yaml"),
    "expected/gamma/T1/one.yaml": silent,
  };
  const project = await loadProject(tempFolder(content), { update: true });
  expect(project.expectations).toHaveLength(3);
  expect(project.stale).toEqual([{ file: "expected/gamma/T1/one.yaml", text: silent }]);
});

describe("links", () => {
  test.each([
    ["out of the project", "/etc/hostname", "the path leads out of the project"],
    ["to a folder", "../T1", "the path is a folder"],
    ["to nothing", "./none.yaml", "the path leads nowhere"],
  ])("%s are refused", async (_, target, message) => {
    const root = tempFolder(files);
    symlinkSync(target, join(root, "scenarios/T2/link.yaml"));
    expect(await messageOf(() => loadProject(root))).toContain(
      `scenarios/T2/link.yaml KT0707 ${message}`,
    );
  });

  test("to a file of the project are followed", async () => {
    const root = tempFolder({ ...files, "expected/alpha/T2/copy.yaml": silent });
    mkdirSync(join(root, "expected/beta/T2"), { recursive: true });
    symlinkSync("../../alpha/T2/copy.yaml", join(root, "expected/beta/T2/copy.yaml"));
    symlinkSync("two.yaml", join(root, "scenarios/T2/copy.yaml"));
    expect(names(await loadProject(root))).toContain("beta/T2/copy");
  });
});

test("what is no file, and would have to be waited for, is a mistake", async () => {
  const root = tempFolder(files);
  const server = createServer().listen(join(root, "scenarios/T2/pipe.yaml"));
  await once(server, "listening");
  const message = await messageOf(() => loadProject(root));
  server.close();
  expect(message).toContain("scenarios/T2/pipe.yaml KT0707 the path is a pipe or a device");
});

test("an entry is not called useless where a scenario that it may be for could not be read", async () => {
  const message = await messageOf(() =>
    load({
      ...without("expected/alpha/T1/one.yaml", "expected/alpha/T2/two.yaml"),
      "scenarios/T2/two.yaml": "version: 1\ntitle: x\ntruth: maybe\ntimeline: []\n",
      "expected/alpha.yaml":
        "cases:\n  - { when: { scenario: T2/two }, verdict: true-positive }\n  - verdict: true-negative\n",
    }),
  );
  expect(message.match(/KT\d{4}/g)).toEqual(["KT0501"]);
});

test("a file that the system does not let be read is a mistake", async () => {
  const root = tempFolder(files);
  expect(await messageOf(() => readSource(root, "rules"))).toContain(
    "rules KT0708 it cannot be read (EISDIR)",
  );
});

test("a file that is no text is a mistake", async () => {
  const root = tempFolder(files);
  writeFileSync(join(root, "rules/beta.kql"), Uint8Array.of(0x44, 0xff, 0xfe));
  expect(await messageOf(() => loadProject(root))).toContain(
    "rules/beta.kql KT0708 the file is not UTF-8 text",
  );
});
