import { test } from "vitest";
import { dataErrors } from "../../../src/base/errors/data.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(dataErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
