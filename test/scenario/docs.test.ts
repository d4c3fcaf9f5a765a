import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Source } from "../../src/base/source.ts";
import { readScenario } from "../../src/scenario/read-scenarios.ts";
import { around, eventsOf, now } from "./scenarios.ts";

const page = readFileSync(new URL("../../docs/scenarios.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);

const isOrganisation = (block: string): boolean => block.includes("organisation.schema.json");

test("every example of the page reads", () => {
  expect(blocks.length).toBeGreaterThan(3);
  for (const block of blocks.filter(
    (block) => !isOrganisation(block) && !block.includes("recorded.jsonl"),
  )) {
    const users = block.includes("alice") ? "users:\n  alice:\n" : "";
    const yaml = block.includes("version: 1") ? block : around(block, users);
    expect(eventsOf(yaml).length).toBeGreaterThan(0);
  }
});

test("the organisation of the page reads", () => {
  const text = blocks.find(isOrganisation) ?? "";
  const readFile = (file: string): Source => ({ file, text });
  const timeline = around("- process: cmd.exe\n  as: alice", "organisation: contoso\n");
  const scenario = readScenario({ file: "s.yaml", text: timeline }, "s", { readFile });
  expect(scenario.events({ now })).toHaveLength(1);
});
