import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { indexScenarios } from "../../src/project/scenarios/scenario-index.ts";
import { tempFolder } from "../support/temp-project.ts";

const head = "version: 1\ntitle: t\ntruth: benign\n";
const steps = "timeline:\n  - process: cmd.exe\n";

const beside: Readonly<Record<string, string>> = {
  "organisations/contoso.yaml": "name: Contoso\ndomain: contoso.example\n",
  "scenarios/T1/_people.yaml": steps,
  "scenarios/T2/_mail.yaml": steps,
  "scenarios/T1/hosts.txt": "a.example\n",
  "scenarios/T1/recorded.jsonl": "{}\n",
  "scenarios/T1/night.parquet": "PAR1",
  "scenarios/T1/feed.csv": "a,b\n",
  "scenarios/T2/far.jsonl": "{}\n",
};

/** What is wrong with a scenario in a project with the files above. */
async function problem(text: string): Promise<string> {
  const root = tempFolder({ ...beside, "scenarios/T1/x.yaml": `${head}${text}` });
  const index = await indexScenarios(root, new Map([["T1/x", "scenarios/T1/x.yaml"]]));
  try {
    index.load("T1/x").events({ now: 0n });
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing";
}

test.each<[what: string, text: string, place: string, hint: string]>([
  [
    "an included file",
    `include: [_peple.yaml]\n${steps}`,
    "4:11 KT0543",
    "did you mean `_people.yaml`?",
  ],
  [
    "one of another folder",
    `include: [_mail.yaml]\n${steps}`,
    "4:11 KT0543",
    "did you mean `../T2/_mail.yaml`?",
  ],
  [
    "one that nothing is like",
    `include: [zzzzzz.yaml]\n${steps}`,
    "4:11 KT0543",
    "possible: `_people.yaml`",
  ],
  [
    "a list of values",
    `matrix: { h: { file: host.txt } }\n${steps}`,
    "4:22 KT0543",
    "did you mean `hosts.txt`?",
  ],
  ["an organisation", `organisation: contosso\n${steps}`, "4:15 KT0530", "did you mean `contoso`?"],
  [
    "an organisation that nothing is like",
    `organisation: fabrikam\n${steps}`,
    "4:15 KT0530",
    "possible: `contoso`",
  ],
  [
    "an organisation with its ending",
    `organisation: contoso.yaml\n${steps}`,
    "4:15 KT0530",
    "did you mean `contoso`?",
  ],
  [
    "rows",
    "timeline:\n  - rows: recordd.jsonl\n    table: DeviceInfo\n",
    "5:11 KT0532",
    "did you mean `recorded.jsonl`?",
  ],
  [
    "rows of Parquet",
    "timeline:\n  - rows: nigth.parquet\n    table: DeviceInfo\n",
    "5:11 KT0532",
    "did you mean `night.parquet`?",
  ],
  [
    "rows of another folder, which may not be used",
    "timeline:\n  - rows: fars.jsonl\n    table: DeviceInfo\n",
    "5:11 KT0532",
    "possible: `feed.csv`, `night.parquet`, `recorded.jsonl`",
  ],
  [
    "a feed",
    `fixtures:\n  externaldata:\n    - { url: 'https://x.example', file: feeds.csv }\n${steps}`,
    "6:41 KT0729",
    "did you mean `feed.csv`?",
  ],
])("%s that is not there is told with a guess", async (_, text, place, hint) => {
  const message = await problem(text);
  expect(message).toContain(`scenarios/T1/x.yaml:${place} there is no`);
  expect(message.match(/KT\d{4}/g)).toHaveLength(1);
  for (const part of hint.split(", ")) expect(message).toContain(part);
});
