import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cachedScenarios } from "../../../src/project/cache/scenario-cache.ts";
import { readNow } from "../../../src/project/now.ts";
import { readScenarios, type ScenarioSet } from "../../../src/scenario/read-scenarios.ts";
import type { Catalog } from "../../../src/schema/tables.ts";
import { tempFolder } from "../../support/temp-project.ts";

const now = readNow();
const matrix = `version: 1
title: t
truth: malicious
technique: T1105
include: [_part.yaml]
matrix: { image: [curl.exe, wget.exe], host: { file: _hosts.txt } }
timeline:
  - process: \${image}
  - { connection: "\${host}", by: process-2 }
`;
const files: Readonly<Record<string, string>> = {
  "s/x.yaml": matrix,
  "s/_part.yaml": "timeline:\n  - process: cmd.exe\n",
  "s/_hosts.txt": "pastebin.com\n",
};

/** The set that `texts` give with what `cacheDir` has, and how often the scenario file was parsed so far. */
function open(
  cacheDir: string,
  texts: Readonly<Record<string, string>> = files,
  tables: Catalog = new Map(),
): { readonly set: ScenarioSet; readonly parsed: () => number } {
  let parsed = 0;
  const source = { file: "s/x.yaml", text: texts["s/x.yaml"] ?? "" };
  const set = cachedScenarios(
    {
      id: "x",
      source,
      project: {
        readFile: (file) => {
          const text = texts[file];
          return text === undefined ? undefined : { file, text };
        },
        tables,
      },
      open: (project) => {
        parsed++;
        return readScenarios(source, "x", project);
      },
    },
    cacheDir,
  );
  return { set, parsed: () => parsed };
}

/** Everything about the scenarios of `set`. */
const all = (set: ScenarioSet, options = { now }): unknown =>
  set.cases.map(set.read).map((scenario) => ({ ...scenario, events: scenario.events(options) }));

test("what did not change is not parsed again, and is the same", () => {
  const cacheDir = tempFolder();
  const first = open(cacheDir);
  const made = all(first.set);
  const second = open(cacheDir);
  expect(all(second.set)).toEqual(made);
  expect([first.parsed(), second.parsed()]).toEqual([1, 0]);
});

test("events for another instant or seed are made anew", () => {
  const cacheDir = tempFolder();
  all(open(cacheDir).set);
  for (const options of [{ now: now + 1n }, { now, seed: 1 }]) {
    const kept = open(cacheDir);
    expect(all(kept.set, options)).toEqual(all(open(tempFolder()).set, options));
    expect(kept.parsed()).toBe(1);
  }
});

test.each(Object.keys(files))("a change of %s is seen", (file) => {
  const cacheDir = tempFolder();
  all(open(cacheDir).set);
  const changed = {
    ...files,
    [file]: (files[file] ?? "")
      .replace("cmd.exe", "mshta.exe")
      .replace("pastebin", "paste")
      .replace("title: t", "title: u"),
  };
  const again = open(cacheDir, changed);
  expect(again.parsed()).toBe(1);
  expect(all(again.set)).toEqual(all(open(tempFolder(), changed).set));
});

test("a change of the project's tables is seen", () => {
  const cacheDir = tempFolder();
  all(open(cacheDir).set);
  const tables: Catalog = new Map([["Own_CL", { name: "Own_CL", columns: [] }]]);
  expect(open(cacheDir, files, tables).parsed()).toBe(1);
});

test("a file is kept once the events of all its cases are made, and none before", () => {
  const cacheDir = tempFolder();
  const { set } = open(cacheDir);
  const [first, second] = set.cases.map(set.read);
  first?.events({ now });
  second?.events({ now, seed: 3 });
  expect(readdirSync(cacheDir)).toEqual([]);
  second?.events({ now });
  expect(readdirSync(join(cacheDir, "events"))).toHaveLength(1);
});

test("what JSON has no word for is not kept", () => {
  const cacheDir = tempFolder();
  const changed = {
    ...files,
    "s/_part.yaml": `${files["s/_part.yaml"]}  - { row: CloudAppEvents, columns: { AdditionalFields: "", RawEventData: { n: -0.0 } } }\n`,
  };
  const made = all(open(cacheDir, changed).set);
  expect(all(open(cacheDir, changed).set)).toEqual(made);
  expect(readdirSync(cacheDir)).toEqual([]);
});

test("what is cut short is made anew", () => {
  const cacheDir = tempFolder();
  const made = all(open(cacheDir).set);
  const [name = ""] = readdirSync(join(cacheDir, "events"));
  writeFileSync(join(cacheDir, "events", name), '{"files":[["s/');
  const again = open(cacheDir);
  expect(all(again.set)).toEqual(made);
  expect(again.parsed()).toBe(1);
});
