import { test } from "vitest";
import { expectationErrors } from "../../../src/base/errors/expectations.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(expectationErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
