// Writes a validator for each schema into dist/base, so that a run does not compile the schemas anew.
import { writeFileSync } from "node:fs";
import standalone from "ajv/dist/standalone/index.js";
import { createAjv, readSchema, schemaNames } from "../dist/base/schemas.js";

for (const name of schemaNames) {
  const ajv = createAjv({ source: true, lines: true });
  const code = standalone.default(ajv, ajv.compile(readSchema(name)));
  writeFileSync(new URL(`../dist/base/${name}.validator.cjs`, import.meta.url), code);
}
