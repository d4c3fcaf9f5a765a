import { hash32 } from "../../base/random.ts";
import type { VariableValue } from "../model/types.ts";
import type { Variables } from "./scope.ts";

/** Longer values are cut, and told apart by a hash. */
const maxLength = 48;

/** What the id of a case has behind the id of its file: `[image=certutil.exe,host=pastebin.com]`. */
export function caseSuffix(values: Variables): string {
  const parts = [...values].map(([name, value]) => `${name}=${valueName(value)}`);
  return `[${parts.join(",")}]`;
}

/** The id of the file that describes the scenario `id`. */
export function fileIdOf(id: string): string {
  return id.replace(/\[[^[\]/]*\]$/, "");
}

/** `value` without what ids, patterns, paths and lines of text would take for their own. */
function valueName(value: VariableValue): string {
  const characters = Array.from(String(value), (character) =>
    /[\p{L}\p{N}.@:;+~#$&!^{}()_-]/u.test(character) ? character : escaped(character),
  );
  if (characters.length <= maxLength) return characters.join("");
  const hash = hash32(String(value)).toString(16).padStart(8, "0");
  return `${characters.slice(0, maxLength - 9).join("")}~${hash}`;
}

/** `character` as `%2F` and the like; half a surrogate pair, which has no bytes, by its number. */
function escaped(character: string): string {
  const bytes = /\p{Cs}/u.test(character)
    ? [character.charCodeAt(0)]
    : [...new TextEncoder().encode(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
