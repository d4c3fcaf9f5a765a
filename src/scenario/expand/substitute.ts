import type { YamlPath } from "../../base/yaml.ts";
import type { VariableValue } from "../types.ts";

/** The value of a variable; `path` is the place that asks for it. */
export type Lookup = (name: string, path: YamlPath) => VariableValue;

/** `${name}`; with another `$` before it, the text `${name}` itself. PowerShell's `${env:TEMP}` is neither. */
const reference = /\$(\$)?\{([A-Za-z][\w-]*)\}/g;

/** Whether `text` asks for a variable. */
export function mentionsVariable(text: string): boolean {
  return [...text.matchAll(reference)].some(([, escaped]) => escaped === undefined);
}

/** `data` with the variables of its texts filled in; keys stay. A text that is one variable and nothing else becomes its value, of whatever type. */
export function substitute(data: unknown, lookup: Lookup, path: YamlPath = []): unknown {
  if (typeof data === "string") return substituteText(data, lookup, path);
  if (Array.isArray(data)) {
    return data.map((item: unknown, index) => substitute(item, lookup, [...path, index]));
  }
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, substitute(value, lookup, [...path, key])]),
  );
}

/** `text` with its variables filled in. */
export function substituteText(text: string, lookup: Lookup, path: YamlPath): VariableValue {
  if (!text.includes("${")) return text;
  const whole = /^\$\{([A-Za-z][\w-]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return lookup(whole, path);
  return text.replaceAll(reference, (found, escaped: string | undefined, name: string) =>
    escaped === undefined ? String(lookup(name, path) ?? "") : found.slice(1),
  );
}
