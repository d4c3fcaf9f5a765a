import type { YamlPath } from "../../base/yaml.ts";
import type { VariableValue } from "../model/types.ts";

/** The value of a variable; `path` is the place that asks for it. */
export type Lookup = (name: string, path: YamlPath) => VariableValue;

/** `${name}`; with another `$` before it, the text `${name}` itself. PowerShell's `${env:TEMP}` is neither. */
const reference = /\$(\$)?\{([A-Za-z][\w-]*)\}/g;

/** Whether `text` asks for a variable. */
export function mentionsVariable(text: string): boolean {
  return [...text.matchAll(reference)].some(([, escaped]) => escaped === undefined);
}

/** `data` with the variables of its texts filled in; keys stay. A text that is one variable and nothing else becomes its value, of whatever type. What mentions none is not copied. */
export function substitute(data: unknown, lookup: Lookup, path: YamlPath = []): unknown {
  return walk(data, lookup, [...path]);
}

/** `path` is where `data` is, and grows and shrinks on the way: most of it is never asked for. */
function walk(data: unknown, lookup: Lookup, path: (string | number)[]): unknown {
  if (typeof data === "string") {
    return data.includes("${") ? substituteText(data, lookup, [...path]) : data;
  }
  if (typeof data !== "object" || data === null) return data;
  let isChanged = false;
  const filled = Object.entries(data).map(([key, value]: [string, unknown], index) => {
    path.push(Array.isArray(data) ? index : key);
    const made = walk(value, lookup, path);
    path.pop();
    isChanged ||= made !== value;
    return [key, made] as const;
  });
  if (!isChanged) return data;
  return Array.isArray(data) ? filled.map(([, value]) => value) : Object.fromEntries(filled);
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
