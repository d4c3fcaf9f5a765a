import { atomicErrors } from "./atomics.ts";
import { commandErrors } from "./commands.ts";
import { dataErrors } from "./data.ts";
import type { ErrorTable } from "./error-code.ts";
import { expectationErrors } from "./expectations.ts";
import { projectErrors } from "./projects.ts";
import { queryErrors } from "./queries.ts";
import { recordingErrors } from "./recordings.ts";
import { scenarioErrors } from "./scenarios.ts";

/** Every code of a diagnostic. A number that was given up is never used again. */
export const errorCodes: ErrorTable = {
  ...queryErrors,
  ...dataErrors,
  ...projectErrors,
  ...scenarioErrors,
  ...expectationErrors,
  ...atomicErrors,
  ...recordingErrors,
  ...commandErrors,
};
