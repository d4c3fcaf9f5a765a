import { optional, type Field, type JsonSchema, type Shape } from "./shape.ts";
import type { Header } from "../expand/header.ts";

const name: JsonSchema = {
  type: "string",
  pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
  errorMessage: "must be letters, digits, `_` and `-`, a letter first, such as `image`",
  description: "Letters, digits, `_` and `-`, a letter first.",
};

const value: JsonSchema = {
  type: ["string", "number", "boolean", "null"],
  description: "One value: a text, a number, `true`, `false` or nothing.",
};

const values: JsonSchema = {
  type: ["array", "object"],
  items: value,
  required: ["file"],
  properties: {
    file: {
      type: "string",
      minLength: 1,
      description: "A text file with a value on each line, by its path from this file.",
    },
  },
  additionalProperties: false,
  description: "A list of values, or `file:` with a text file that has one on each line.",
};

const choice = {
  type: [...(value["type"] as readonly string[]), "array"],
  minItems: 1,
  items: value,
};

const condition: JsonSchema = {
  type: "object",
  minProperties: 1,
  additionalProperties: {
    ...choice,
    type: [...choice.type, "object"],
    required: ["not"],
    properties: { not: { ...choice, description: "The values it must not be." } },
    additionalProperties: false,
    description: "A value, one of several, or `not:` with those it must not be.",
  },
  description: "What each variable must be.",
};

const include: JsonSchema = {
  type: ["string", "object"],
  minLength: 1,
  required: ["file"],
  properties: {
    file: { type: "string", minLength: 1, description: "Its path from this file." },
    with: {
      type: "object",
      additionalProperties: value,
      description: "Values for the variables that it declares.",
    },
  },
  additionalProperties: false,
  description: "The path of a file, or `file:` with it and `with:` with values for its variables.",
};

/** The keys that make many scenarios of one file, or one of many files. */
export const caseKeys: Shape<Header> = {
  variables: optional({
    schema: { type: "object", propertyNames: name, additionalProperties: value },
    description:
      "Values by name; `${name}` in a text is the value, which may be made of others (docs/cases.md)",
  }),
  include: optional({
    schema: { type: "array", minItems: 1, items: include },
    description:
      "Other files by their path from this one; their devices, users and steps come before those of this file",
  }),
  matrix: optional({
    schema: {
      type: "object",
      propertyNames: name,
      properties: {
        exclude: {
          type: "array",
          minItems: 1,
          items: condition,
          description: "Combinations that are left out, each by what its variables must be.",
        },
        include: {
          type: "array",
          minItems: 1,
          items: {
            type: "object",
            minProperties: 1,
            additionalProperties: value,
            description: "The value of every variable.",
          },
          description: "Cases beside the combinations.",
        },
      },
      additionalProperties: values,
    },
    description: "Variables with several values each; every combination is a scenario of its own",
  }),
  vector: optional({
    schema: {
      type: "object",
      minProperties: 1,
      propertyNames: name,
      additionalProperties: values,
    },
    description:
      "Variables whose values go together, the first with the first; every row of values is a scenario of its own",
  } satisfies Field<Header["vector"]>),
};
