import { test } from "vitest";
import { scenarioErrors } from "../../../src/base/errors/scenarios.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(scenarioErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
