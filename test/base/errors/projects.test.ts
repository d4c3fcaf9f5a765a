import { test } from "vitest";
import { projectErrors } from "../../../src/base/errors/projects.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(projectErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
