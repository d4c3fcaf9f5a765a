import { test } from "vitest";
import { recordingErrors } from "../../../src/base/errors/recordings.ts";
import { examplesOf, expectCode } from "../../support/error-example.ts";

test.each(examplesOf(recordingErrors))("%s", async (code, example) => {
  await expectCode(code, example);
});
