/** A JSON Schema (draft 2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One key of a scenario file: the schema, what editors say of it, and its line in the documentation are made from this. */
export interface Field<T> {
  readonly schema: JsonSchema;
  /** What the key says, without a full stop at the end. */
  readonly description: string;
  /** What holds where the key is left out. */
  readonly fallback?: string;
  /** A value, as it is written in YAML. */
  readonly example?: string;
  /** Never set: makes a field of another type not assignable. */
  readonly type?: (value: T) => T;
}

/** All keys of the map `T`, each with a field of its type. Keys that `T` may lack are `optional`. */
export type Shape<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? OptionalField<Exclude<T[K], undefined>>
    : Field<T[K]>;
};

export interface OptionalField<T> extends Field<T> {
  readonly optional: true;
}

/** A shape without its type. */
export type AnyShape = Readonly<Record<string, AnyField>>;
export type AnyField = Omit<Field<never>, "type"> & { readonly optional?: true };

type Words = Omit<Field<never>, "schema" | "type">;

export function text(words: Words, schema: JsonSchema = {}): Field<string> {
  return { schema: { type: "string", ...schema }, ...words };
}

/** A text of at least one character. */
export function nonEmpty(words: Words): Field<string> {
  return text(words, { minLength: 1 });
}

export function integer(words: Words, minimum: number, maximum: number): Field<number> {
  return { schema: { type: "integer", minimum, maximum }, ...words };
}

export function flag(words: Words): Field<boolean> {
  return { schema: { type: "boolean" }, ...words };
}

export function oneOf<const T extends string | number>(
  values: readonly T[],
  words: Words,
): Field<T> {
  return { schema: { enum: values }, ...words };
}

export function listOf<T>(item: Field<T>, words: Words): Field<readonly T[]> {
  return { schema: { type: "array", items: item.schema }, ...words };
}

/** A map under names that the author chooses. `names` is the schema of a name. */
export function mapOf<T>(
  item: JsonSchema,
  words: Words,
  names: JsonSchema = aliasSchema,
): Field<Readonly<Record<string, T>>> {
  return {
    schema: { type: "object", propertyNames: names, additionalProperties: item },
    ...words,
  };
}

export function optional<T>(field: Field<T>): OptionalField<T> {
  return { ...field, optional: true };
}

/** Names that steps, devices and users are called by. */
export const aliasSchema: JsonSchema = {
  type: "string",
  pattern: "^[a-z][a-z0-9-]*$",
  errorMessage:
    "must be lower-case letters, digits and hyphens, a letter first, such as `laptop-2`",
  description: "Lower-case letters, digits and hyphens, a letter first.",
};

/** The schema of a map with the keys of `shape` and no others. */
export function objectSchema(shape: AnyShape, type: unknown = "object"): JsonSchema {
  const fields = Object.entries(shape);
  const required = fields.filter(([, field]) => field.optional !== true).map(([key]) => key);
  return {
    type,
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(fields.map(([key, field]) => [key, fieldSchema(field)])),
  };
}

function fieldSchema({ schema, description, fallback, example }: AnyField): JsonSchema {
  const words = [
    example === undefined ? description : `${description}, such as \`${example}\``,
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ];
  return { ...schema, description: `${words.join("; ")}.` };
}
