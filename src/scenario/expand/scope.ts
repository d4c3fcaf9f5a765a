import { suggestion } from "../../base/text.ts";
import type { YamlPath } from "../../base/yaml.ts";
import type { Problems } from "../model/problems.ts";
import type { VariableValue } from "../model/types.ts";
import { substituteText, type Lookup } from "./substitute.ts";

export type Variables = ReadonlyMap<string, VariableValue>;

/** Longer than any command line: variables made of variables must not grow without bound. */
const maxLength = 65_536;

/** The variables that one file may use: those it is `given`, and those it declares, which may be made of others. Mistakes go to `problems`. */
export function createScope(
  declared: Readonly<Record<string, VariableValue>>,
  given: Variables,
  problems: Problems,
): Lookup {
  const known = new Map(given);
  /** Names that are being found out, outermost first. */
  const open: string[] = [];
  const lookup: Lookup = (name, path) => {
    const value = known.get(name);
    if (value !== undefined || known.has(name)) return value ?? null;
    if (!Object.hasOwn(declared, name)) {
      const names = [...given.keys(), ...Object.keys(declared)];
      problems.at(path, "KT0541", unknownVariable(name, names));
      return "";
    }
    const found = open.includes(name) ? noteCircle(name, path) : resolve(name);
    known.set(name, found);
    return found;
  };
  const noteCircle = (name: string, path: YamlPath): string => {
    const circle = [...open.slice(open.indexOf(name)), name].map((one) => `\`${one}\``);
    problems.at(path, "KT0542", {
      message: `the variable is made of itself: ${circle.join(" → ")}`,
      hint: "write a value for one of them",
    });
    return "";
  };
  const resolve = (name: string): VariableValue => {
    const raw = declared[name] ?? null;
    if (typeof raw !== "string") return raw;
    open.push(name);
    const value = substituteText(raw, lookup, ["variables", name]);
    open.pop();
    if (typeof value !== "string" || value.length <= maxLength) return value;
    problems.at(["variables", name], "KT0547", {
      message: `the variable \`${name}\` is longer than ${maxLength} characters`,
    });
    return "";
  };
  return lookup;
}

function unknownVariable(
  name: string,
  names: readonly string[],
): { readonly message: string; readonly hint: string } {
  const guess = suggestion(name, names);
  return {
    message: `there is no variable \`${name}\``,
    hint: `${guess === undefined ? "" : `${guess} `}\`$\${${name}}\` is the text itself`,
  };
}
