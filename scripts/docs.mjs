// Writes the documentation and the schemas that are made from the tables of the code. `npm run docs`; tests hold them to it.
import { writeFileSync } from "node:fs";
import { renderErrors } from "../dist/base/errors/document.js";
import { renderScenarios } from "../dist/scenario/document.js";
import { organisationSchema, scenarioSchema } from "../dist/scenario/schema.js";
import { renderSentinelTypes, renderTableTypes } from "../dist/schema/document.js";
import { renderOperators } from "../dist/plan/document.js";
import { renderFunctions } from "../dist/sql/document.js";

const write = (path, text) => writeFileSync(new URL(`../${path}`, import.meta.url), text);

write("docs/errors.md", renderErrors());
write("docs/functions.md", renderFunctions());
write("docs/scenarios.md", renderScenarios());
write("schemas/scenario.schema.json", `${JSON.stringify(scenarioSchema(), null, 2)}\n`);
write("schemas/organisation.schema.json", `${JSON.stringify(organisationSchema(), null, 2)}\n`);
write("src/schema/table-types.ts", renderTableTypes());
write("src/schema/sentinel-table-types.ts", renderSentinelTypes());
write("docs/operators.md", renderOperators());
