import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

export const buildSchemaUdfs: UdfTable = {
  kql_build_schema: { takes: ["json"], gives: "json", call: schemaOfAll },
};

/** What the values at one place are: scalars by the names of their types in order, a bag by its keys, an array by its elements. */
interface Shape {
  readonly scalars: string[];
  bag?: Map<string, Shape>;
  elements?: Shape;
}

const indexer = "`indexer`";

function schemaOfAll(values: readonly unknown[]): unknown {
  const shape: Shape = { scalars: [] };
  for (const value of values) learn(shape, value);
  return values.length === 0 ? null : schemaOf(shape);
}

function learn(shape: Shape, value: unknown): void {
  if (Array.isArray(value)) {
    shape.elements ??= { scalars: [] };
    for (const element of value) learn(shape.elements, element);
  } else if (typeof value === "object" && value !== null) {
    shape.bag ??= new Map();
    for (const [key, inner] of Object.entries(value)) {
      const known = shape.bag.get(key) ?? { scalars: [] };
      shape.bag.set(key, known);
      learn(known, inner);
    }
  } else {
    const type = typeName(value);
    if (!shape.scalars.includes(type)) shape.scalars.push(type);
  }
}

function typeName(value: unknown): string {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return Number.isInteger(value) ? "long" : "double";
    default:
      return refuseValue("the schema of a null or a bool");
  }
}

function schemaOf({ scalars, bag, elements }: Shape): unknown {
  // Both the order of the alphabet and that of the values would explain the answers of a cluster.
  if (scalars.toSorted().join() !== scalars.join()) {
    return refuseValue(`the schema of values that are \`${scalars.join("`, then `")}\``);
  }
  const structured = [bag && schemaOfBag(bag), elements && { [indexer]: schemaOf(elements) }];
  const types = [...structured.filter((each) => each !== undefined), ...scalars];
  if (types.length === 0) return refuseValue("the schema of an empty array");
  if (bag !== undefined && elements !== undefined) {
    return refuseValue("the schema of values that are both bags and arrays");
  }
  return types.length === 1 ? types[0] : types;
}

function schemaOfBag(bag: ReadonlyMap<string, Shape>): unknown {
  return Object.fromEntries(Array.from(bag, ([key, shape]) => [key, schemaOf(shape)]));
}
