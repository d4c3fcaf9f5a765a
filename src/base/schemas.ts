import { defined } from "./defined.ts";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Ajv2020, Options, ValidateFunction } from "ajv/dist/2020.js";

/** The names of the committed JSON Schemas in `schemas/`. */
export const schemaNames = [
  "rule",
  "detection-rule",
  "scenario",
  "organisation",
  "expectation",
  "expectation-cases",
  "tables",
  "function",
  "atomic",
  "atomic-sidecar",
  "externaldata",
  "places",
  "recording",
  "config",
] as const;
export type SchemaName = (typeof schemaNames)[number];

const require = createRequire(import.meta.url);

/** An ajv for our schemas; `code` asks it to keep the code it makes, for a build to write down. */
export function createAjv(code?: Options["code"]): Ajv2020 {
  // Loaded here and not above: a built package has its validators, and ajv takes longer to load than they to run.
  const ajvModule = require("ajv/dist/2020.js") as { Ajv2020: typeof Ajv2020 };
  const formats = require("ajv-formats") as { default(ajv: Ajv2020): Ajv2020 };
  const ajv = new ajvModule.Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    keywords: ["errorMessage"],
    discriminator: true,
    verbose: true,
    ...defined({ code }),
  });
  // The one schema that another refers to.
  ajv.addSchema(readSchema("expectation"), "expectation.schema.json");
  return formats.default(ajv);
}

/** `schemas/<name>.schema.json`. */
export function readSchema(name: SchemaName): object {
  const text = readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8");
  return JSON.parse(text) as object;
}

/** Checks data against a schema; compiling it costs more than checking a hundred files. */
export function compileSchema(name: SchemaName): ValidateFunction {
  return createAjv().compile(readSchema(name));
}
