import { organisationKeys, scenarioKeys } from "./format/file-keys.ts";
import { objectSchema, type AnyShape, type JsonSchema } from "./format/shape.ts";
import { commonKeys, repeatKey } from "./steps/common.ts";
import { stepKinds } from "./steps/index.ts";
import type { StepKind } from "./steps/step.ts";

/** `schemas/scenario.schema.json`: what editors and kqltest itself check scenario files by. */
export function scenarioSchema(): JsonSchema {
  const top = objectSchema(scenarioKeys) as {
    readonly required: readonly string[];
    readonly properties: JsonSchema;
  };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "kqltest scenario, version 1",
    description:
      "What happened on the devices of an organisation: actors and a timeline, whatever a rule says of it.",
    ...top,
    required: [...top.required, "timeline"],
    properties: {
      ...top.properties,
      timeline: {
        type: "array",
        items: { $ref: "#/$defs/item" },
        description: "What happens, in order.",
      },
    },
    $defs: {
      item: itemSchema,
      block: blockSchema,
      step: stepSchema(),
      ...Object.fromEntries(stepKinds.map(kindSchema)),
    },
  };
}

/** `schemas/organisation.schema.json`. */
export function organisationSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "kqltest organisation",
    description: "People and devices that scenarios share.",
    ...objectSchema(organisationKeys),
  };
}

/** A block of steps, or a step. */
const itemSchema: JsonSchema = {
  type: "object",
  if: { required: ["steps"] },
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: { $ref: "#/$defs/block" },
  else: { $ref: "#/$defs/step" },
};

const blockSchema: JsonSchema = objectSchema({
  steps: {
    schema: { type: "array", items: { $ref: "#/$defs/step" } },
    description: "Steps that happen again and again, in order",
  },
  repeat: repeatKey,
});

/** A step is of the first kind whose key it has, so that its other mistakes are told as mistakes of that kind. */
function stepSchema(): JsonSchema {
  const known = [...stepKinds.map(({ name }) => name), ...Object.keys(commonKeys)];
  const none: JsonSchema = {
    additionalProperties: false,
    properties: Object.fromEntries(known.map((key) => [key, true])),
    // Keys of a kind are right beside a kind that is misspelt, which alone is told.
    patternProperties: Object.fromEntries(
      [...new Set(stepKinds.flatMap(({ keys }) => Object.keys(keys)))]
        .filter((key) => !known.includes(key))
        .map((key) => [`^${key}$`, true]),
    ),
  };
  const choice = stepKinds.toReversed().reduce<JsonSchema>(
    (otherwise, { name }) => ({
      if: { required: [name] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { $ref: `#/$defs/${name}` },
      else: otherwise,
    }),
    none,
  );
  return { type: "object", ...choice };
}

function kindSchema(kind: StepKind): readonly [string, JsonSchema] {
  return [kind.name, objectSchema({ ...kind.keys, ...commonOf(kind) })];
}

function commonOf({ without = [] }: StepKind): AnyShape {
  const kept = Object.entries(commonKeys).filter(([key]) => !without.some((name) => name === key));
  return Object.fromEntries(kept);
}
