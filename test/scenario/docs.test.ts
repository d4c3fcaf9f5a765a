import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventsOf, around } from "./scenarios.ts";

const page = readFileSync(new URL("../../docs/scenarios.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);

test("every example of the page reads", () => {
  expect(blocks.length).toBeGreaterThan(3);
  for (const block of blocks) {
    const users = block.includes("alice") ? "users:\n  alice:\n" : "";
    const yaml = block.includes("version: 1") ? block : around(block, users);
    expect(eventsOf(yaml).length).toBeGreaterThan(0);
  }
});
