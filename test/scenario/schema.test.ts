import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderScenarios } from "../../src/scenario/document.ts";
import { organisationSchema, scenarioSchema } from "../../src/scenario/schema.ts";
import { stepKinds } from "../../src/scenario/steps/index.ts";

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

// The types of the files hold the shapes (`Shape<T>`), from which schema and documentation are made.
test("the committed schemas are those that the shapes make: `npm run docs`", () => {
  expect(JSON.parse(read("schemas/scenario.schema.json"))).toEqual(scenarioSchema());
  expect(JSON.parse(read("schemas/organisation.schema.json"))).toEqual(organisationSchema());
});

test("the committed documentation is the one that the shapes make: `npm run docs`", () => {
  expect(read("docs/scenarios.md")).toBe(renderScenarios());
});

test("every key of every map has a description for editors, and no map takes others", () => {
  const maps: Record<string, unknown>[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const map = value as Record<string, unknown>;
    if (map["additionalProperties"] === false && map["type"] !== undefined) maps.push(map);
    Object.values(map).forEach(walk);
  };
  walk(scenarioSchema());
  walk(organisationSchema());
  expect(maps.length).toBeGreaterThan(stepKinds.length);
  for (const { properties } of maps) {
    for (const [key, field] of Object.entries(properties as object)) {
      const { description } = field as { description?: string };
      expect([key, description]).toEqual([key, expect.stringMatching(/^.{4,}\.$/s)]);
    }
  }
});
