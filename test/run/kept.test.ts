import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { isPlain } from "../../src/run/kept.ts";

const dist = resolve(import.meta.dirname, "../../dist");

test("a build is told from another by its modules, the packages it names and Node", async () => {
  const { buildStamp } = (await import(pathToFileURL(`${dist}/run/kept.js`).href)) as {
    readonly buildStamp: () => string;
  };
  const { hash } = JSON.parse(readFileSync(`${dist}/build.json`, "utf8")) as { hash: string };
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  for (const part of [hash, `"@duckdb/node-api"`, process.version]) {
    expect(buildStamp()).toContain(part);
  }
});

test.each<[boolean, unknown]>([
  [true, { a: [1, "x", null, { b: false }] }],
  [false, { a: -0 }],
  [false, { a: Infinity }],
  [false, { a: undefined }],
])("comes back from JSON: %s, %o", (plain, data) => {
  expect(isPlain(data)).toBe(plain);
});
