import { test } from "vitest";
import { commandErrors } from "../../../src/base/errors/commands.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(commandErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
