import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { InputError, type Diagnostic } from "./diagnostic.ts";
import { compileSchema, type SchemaName } from "./schemas.ts";
import { suggestion } from "./text.ts";
import type { YamlFile, YamlPath } from "./yaml.ts";

const require = createRequire(import.meta.url);
const validators = new Map<SchemaName, ValidateFunction>();

function validatorFor(name: SchemaName): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const validate = builtValidator(name) ?? compileSchema(name);
  validators.set(name, validate);
  return validate;
}

/** The validator that the build wrote beside this module; undefined when it runs from source. */
function builtValidator(name: SchemaName): ValidateFunction | undefined {
  const path = fileURLToPath(new URL(`${name}.validator.cjs`, import.meta.url));
  return existsSync(path) ? (require(path) as ValidateFunction) : undefined;
}

/** The data of `file`, checked against `schemas/<name>.schema.json`. Throws an `InputError` with `code` that names every mistake and its place. */
export function validateYaml<T>(file: YamlFile, name: SchemaName, code: string): T {
  const validate = validatorFor(name);
  if (validate(file.data)) return file.data as T;
  const diagnostics = meaningful(validate.errors ?? []).map((error) =>
    diagnosticOf(file, error, code),
  );
  throw new InputError(uniqueByPlace(diagnostics));
}

/** Drops what only repeats a deeper error: the `oneOf`, `anyOf`, `if` around a branch that says what is wrong. */
function meaningful(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const wrappers = new Set(["oneOf", "anyOf", "if", "not", "propertyNames"]);
  const specific = errors.filter((error) => !wrappers.has(error.keyword));
  return specific.length > 0 ? specific : errors;
}

function uniqueByPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = `${diagnostic.span?.start}:${diagnostic.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function diagnosticOf(file: YamlFile, error: ErrorObject, code: string): Diagnostic {
  const path = pointerPath(error.instancePath);
  const at = (
    span: { start: number; end: number },
    message: string,
    hint?: string,
  ): Diagnostic => ({
    code,
    message,
    source: file.sourceAt?.(path) ?? file.source,
    span,
    ...(hint === undefined ? {} : { hint }),
  });
  const name = path.length === 0 ? "the file" : `\`${path.join(".")}\``;
  const params = error.params as Record<string, unknown>;
  if (error.propertyName !== undefined) {
    const key = error.propertyName;
    return at(file.keySpan([...path, key]), `\`${key}\` cannot be a key here`, describedBy(error));
  }
  // Nothing stands nowhere: the key is what a reader can find.
  const place = error.data === null ? file.keySpan(path) : file.span(path);
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
      const known = Object.keys((error.parentSchema?.["properties"] ?? {}) as object);
      return at(file.keySpan([...path, key]), `unknown key \`${key}\``, suggestion(key, known));
    }
    case "required":
      return at(file.span(path), `${name} lacks the key \`${String(params["missingProperty"])}\``);
    case "enum": {
      const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
      const found = String(error.data);
      return at(
        place,
        `${name} is \`${found}\`, which is none of ${allowed.map((value) => `\`${value}\``).join(", ")}`,
        suggestion(found, allowed),
      );
    }
    case "type": {
      const wanted = [params["type"]].flat().map((type) => typeNames[String(type)] ?? String(type));
      return at(place, `${name} must be ${wanted.join(" or ")}, found ${typeName(error.data)}`);
    }
    default: {
      const isEmpty = /^min[LIP]/.test(error.keyword) && params["limit"] === 1;
      const what = isEmpty
        ? "is empty"
        : (error.message ?? "is not valid").replace(/\bNOT\b/, "not");
      return at(place, `${name} ${what}`, describedBy(error));
    }
  }
}

/** What the schema says of the value, for a hint. */
function describedBy(error: ErrorObject): string | undefined {
  const described = error.parentSchema?.["description"];
  return typeof described === "string" ? described : undefined;
}

function pointerPath(pointer: string): YamlPath {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** What YAML's types are called in messages. */
const typeNames: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  object: "a map",
  array: "a list",
  null: "nothing",
};

function typeName(value: unknown): string {
  if (value === null) return "nothing";
  if (typeof value === "boolean") return `\`${value}\``;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : `a ${typeof value}`;
}
