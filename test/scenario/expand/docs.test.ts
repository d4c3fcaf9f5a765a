import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { scenariosOf } from "./files.ts";

const page = readFileSync(new URL("../../../docs/cases.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);

const around = (block: string): string =>
  `version: 1\ntitle: t\ntruth: benign\nvariables: { document: a.docm }\n${block}timeline:\n  - process: cmd.exe\n`;

test("every example of the page reads, with as many cases as it says", () => {
  const counts = blocks.map((block) => {
    const files = {
      "s.yaml": block.startsWith("version: 1") ? block : around(block),
      "_hosts.txt": "pastebin.com\npaste.ee\ngitee.com\nslack.com\n",
      "_mail.yaml": "users: { alice: }",
    };
    // The page's `include` leads up from a folder, which `s.yaml` is not in.
    const office = "variables: { program: WINWORD.EXE, document: x }";
    return scenariosOf({
      ...files,
      "s.yaml": files["s.yaml"].replace("../common/", ""),
      "_office.yaml": office,
    }).length;
  });
  expect(counts).toEqual([6, 5, 2, 1]);
});
