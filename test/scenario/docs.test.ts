import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Source } from "../../src/base/source.ts";
import { readScenario } from "../../src/scenario/read.ts";
import { around, eventsOf, now } from "./scenarios.ts";

const page = readFileSync(new URL("../../docs/scenarios.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);

test("every example of the page reads", () => {
  expect(blocks.length).toBeGreaterThan(3);
  for (const block of blocks) {
    if (block.includes("organisation.schema.json")) {
      const readFile = (file: string): Source => ({ file, text: block });
      const text = around("- process: cmd.exe\n  as: alice", "organisation: contoso\n");
      expect(readScenario({ file: "s.yaml", text }, "s", readFile).events({ now })).toHaveLength(1);
      continue;
    }
    const users = block.includes("alice") ? "users:\n  alice:\n" : "";
    const yaml = block.includes("version: 1") ? block : around(block, users);
    expect(eventsOf(yaml).length).toBeGreaterThan(0);
  }
});
