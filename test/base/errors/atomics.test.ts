import { test } from "vitest";
import { atomicErrors } from "../../../src/base/errors/atomics.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(atomicErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
