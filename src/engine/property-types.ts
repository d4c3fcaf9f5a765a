import type { KqlType } from "../schema/types.ts";

/** The properties of JSON objects with the type of their values: `dynamic` where that differs from one to another. Texts of other values have none. */
export function propertyTypes(texts: readonly string[]): ReadonlyMap<string, KqlType> {
  const types = new Map<string, KqlType | undefined>();
  for (const text of texts) {
    for (const [name, value] of propertiesOf(text)) {
      const type = typeOf(value);
      const known = types.get(name);
      if (type === undefined || known === type) types.set(name, known);
      else types.set(name, known === undefined ? type : "dynamic");
    }
  }
  return new Map(Array.from(types, ([name, type]) => [name, type ?? "dynamic"]));
}

/** The type of a value by how JSON writes it; undefined for null. */
function typeOf(value: string): KqlType | undefined {
  switch (value.charAt(0)) {
    case '"':
      // A time has become one where the text was read.
      return /^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z"$/.test(value) ? "datetime" : "string";
    case "{":
    case "[":
      return "dynamic";
    case "t":
    case "f":
      return "bool";
    case "n":
      return undefined;
    default:
      return /^-?\d{1,18}$/.test(value) ? "long" : "real";
  }
}

/** The properties of a minified JSON object, each value as it is written: a parser would make 1 of 1.0. */
function propertiesOf(text: string): readonly (readonly [string, string])[] {
  if (!text.startsWith("{") || text === "{}") return [];
  const properties: [string, string][] = [];
  for (let at = 1; at < text.length;) {
    const end = endOfValue(text, at);
    const name = JSON.parse(text.slice(at, end)) as string;
    const valueEnd = endOfValue(text, end + 1);
    properties.push([name, text.slice(end + 1, valueEnd)]);
    at = valueEnd + 1;
  }
  return properties;
}

/** Where the value that begins at `start` ends. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfText(text, at);
      if (depth === 0) return at + 1;
    } else if (character === "{" || character === "[") {
      depth += 1;
    } else if (character === "}" || character === "]") {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (character === "," && depth === 0) {
      return at;
    }
  }
  return text.length;
}

/** Where the quote stands that ends the text which begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === "\\") at += 1;
    else if (text.charAt(at) === '"') return at;
  }
  return text.length;
}
