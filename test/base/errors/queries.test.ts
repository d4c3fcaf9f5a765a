import { test } from "vitest";
import { queryErrors } from "../../../src/base/errors/queries.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(queryErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
