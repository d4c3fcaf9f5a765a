import { expect, test } from "vitest";
import type { Inputs } from "../../src/kql/environment.ts";
import { savedFunction } from "../../src/kql/functions/saved-function.ts";
import { ruleEnvironments } from "../../src/run/environments.ts";

const inputs: Inputs = {
  tables: [{ name: "Apache_CL", columns: [{ name: "Status", type: "int" }] }],
  functions: [savedFunction("Errors", "{ Apache_CL }")],
};

const key = (changes: Inputs, missingFixtures?: "empty"): string =>
  ruleEnvironments({ ...inputs, ...changes }, missingFixtures)("sentinel").key;

test("equal inputs have equal keys", () => {
  expect(key({ functions: [savedFunction("Errors", "{ Apache_CL }")] })).toBe(key({}));
});

/** Each of them may change a plan, so that one kept in the cache must not answer for it. */
test.each([
  [{ tables: [{ name: "Apache_CL", columns: [{ name: "Status", type: "long" }] }] }],
  [{ tables: [{ name: "Nginx_CL", columns: [{ name: "Status", type: "int" }] }] }],
  [{ tables: [] }],
  [{ functions: [savedFunction("Errors", "{ Apache_CL | take 1 }")] }],
  [{ functions: [savedFunction("Errors", "(n:long) { Apache_CL }")] }],
  [{ functions: [savedFunction("Faults", "{ Apache_CL }")] }],
  [{ fixtures: { watchlists: { vips: { columns: [], rows: [] } } } }],
  [{ fixtures: { geoIp: [] } }],
  [{ fixtures: { externalData: [{ url: "*", text: "", file: "" }] } }],
] satisfies readonly [Inputs][])("other inputs have another key: %j", (changes) => {
  expect(key(changes)).not.toBe(key({}));
});

test("rows of fixtures are no part of a plan", () => {
  const fixtures = (Owner: string): Inputs => ({
    fixtures: {
      watchlists: {
        vips: { columns: [{ name: "Owner", type: "string" }], rows: [{ Owner }] },
      },
    },
  });
  expect(key(fixtures("alice"))).toBe(key(fixtures("bob")));
});

test("so has another answer for what is outside", () => {
  expect(key({}, "empty")).not.toBe(key({}));
});

test("a table of one dialect is seen in no other", () => {
  const tables: Inputs["tables"] = [{ name: "X", dialect: "sentinel", columns: [] }];
  const environments = ruleEnvironments({ tables });
  expect(environments("sentinel").environment.catalog.has("X")).toBe(true);
  expect(environments("defender-xdr").environment.catalog.has("X")).toBe(false);
});
