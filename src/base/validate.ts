import { defined } from "./defined.ts";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { InputError, type Diagnostic } from "./diagnostic.ts";
import { compileSchema, type SchemaName } from "./schemas.ts";
import { lowerFirst, nearest, suggestion } from "./text.ts";
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
  const errors = withoutMisspelt(meaningful(validate.errors ?? []));
  throw new InputError(uniqueByPlace(errors.map((error) => diagnosticOf(file, error, code))));
}

const wrappers: ReadonlySet<string> = new Set(["oneOf", "anyOf", "if", "not", "propertyNames"]);

/** Drops what only repeats another error: the branches of a choice that says itself what is wanted, and the `oneOf`, `anyOf`, `if` around a branch that says what is wrong. */
function meaningful(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors.filter((error) => wrappers.has(error.keyword) && wordsOf(error));
  const told = errors.filter(
    (error) =>
      choices.includes(error) ||
      !choices.some(
        ({ schemaPath, instancePath }) =>
          error.schemaPath.startsWith(`${schemaPath}/`) && error.instancePath === instancePath,
      ),
  );
  const specific = told.filter((error) => !wrappers.has(error.keyword) || choices.includes(error));
  return specific.length > 0 ? specific : errors;
}

/** Drops the lack of a key that stands there misspelt: the unknown key is told, and guesses it. */
function withoutMisspelt(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unknown = errors.filter((error) => unknownKey(error) !== undefined);
  return errors.filter((error) => {
    if (error.keyword !== "required") return true;
    const beside = unknown.filter(({ instancePath }) => instancePath === error.instancePath);
    const lacking = errors.filter(
      ({ keyword, instancePath }) => keyword === "required" && instancePath === error.instancePath,
    );
    const key = String((error.params as Params)["missingProperty"]);
    const isMeant = beside.some((one) => nearest(unknownKey(one) ?? "", knownKeys(one)) === key);
    // One key too many and one too few are one key of another name.
    return !isMeant && !(beside.length === 1 && lacking.length === 1);
  });
}

type Params = Readonly<Record<string, unknown>>;

function unknownKey({ params }: ErrorObject): string | undefined {
  const key: unknown = params["additionalProperty"] ?? params["unevaluatedProperty"];
  return typeof key === "string" ? key : undefined;
}

function knownKeys({ parentSchema }: ErrorObject): readonly string[] {
  return Object.keys((parentSchema?.["properties"] ?? {}) as object);
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
    ...defined({ hint }),
  });
  const name = path.length === 0 ? "the file" : `\`${path.join(".")}\``;
  const params = error.params as Params;
  if (error.propertyName !== undefined) {
    const key = error.propertyName;
    const words = wordsOf(error);
    const [rule, hint] =
      words === undefined
        ? ["cannot be a key here", describedBy(error)]
        : [`cannot be a key here: it ${words}`];
    return at(file.keySpan([...path, key]), `\`${key}\` ${rule}`, hint);
  }
  // Nothing stands nowhere: the key is what a reader can find.
  const place = error.data === null ? file.keySpan(path) : file.span(path);
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = unknownKey(error) ?? "";
      const hint = suggestion(key, knownKeys(error));
      return at(file.keySpan([...path, key]), `unknown key \`${key}\``, hint);
    }
    case "required": {
      const key = String(params["missingProperty"]);
      return at(file.span(path), `${name} lacks the key \`${key}\``, missingKey(error, key));
    }
    case "enum": {
      const values = params["allowedValues"] as readonly unknown[];
      const allowed = values.map(String);
      const found = String(error.data);
      return at(
        place,
        `${name} is \`${found}\`, which is none of ${allowed.map((value) => `\`${value}\``).join(", ")}`,
        enumHint(error.data, values),
      );
    }
    case "type": {
      const wanted = [params["type"]].flat().map((type) => typeNames[String(type)] ?? String(type));
      const found = typeName(error.data);
      return at(
        place,
        `${name} must be ${wanted.join(" or ")}, found ${found}`,
        describedBy(error),
      );
    }
    case "minimum":
    case "maximum": {
      const side = error.keyword === "minimum" ? "at least" : "at most";
      const message = `${name} must be ${side} ${String(params["limit"])}, found ${String(error.data)}`;
      return at(place, message, describedBy(error));
    }
    default: {
      const words = wordsOf(error);
      if (words !== undefined) return at(place, `${name} ${words}${foundIn(error.data)}`);
      const isEmpty =
        params["pattern"] === "\\S" || (/^min[LIP]/.test(error.keyword) && params["limit"] === 1);
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

/** The value that is meant, where one is like it; the message lists them all. */
function enumHint(found: unknown, values: readonly unknown[]): string | undefined {
  if (typeof found === "string" && values.some((value) => String(value) === found)) {
    return "write it without quotes";
  }
  const guess = nearest(String(found), values.map(String));
  return guess === undefined ? undefined : `did you mean \`${guess}\`?`;
}

/** What the schema itself says of a value that is not as it wants, such as "must be a duration such as `60s`". Editors show it too. */
function wordsOf(error: ErrorObject): string | undefined {
  const words = error.parentSchema?.["errorMessage"];
  return typeof words === "string" ? words : undefined;
}

/** What is to be written under the key that is lacking. */
function missingKey({ parentSchema }: ErrorObject, key: string): string | undefined {
  const properties = (parentSchema?.["properties"] ?? {}) as Readonly<
    Record<string, { readonly description?: string }>
  >;
  const what = properties[key]?.description;
  return what === undefined
    ? undefined
    : `write \`${key}:\`: ${lowerFirst(what.replace(/\.$/, ""))}`;
}

/** The value itself, where it is short enough to help. */
function foundIn(data: unknown): string {
  if (typeof data !== "string") return "";
  return data === "" ? ", found nothing" : data.length > 80 ? "" : `, found \`${data}\``;
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
  if (typeof value === "number") return `the number \`${value}\``;
  return typeof value === "object" ? "a map" : `a ${typeof value}`;
}
