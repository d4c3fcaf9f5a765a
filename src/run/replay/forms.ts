import { isIP } from "node:net";
import { unreachable } from "../../base/diagnostic.ts";
import { isInstant } from "../../schema/time.ts";
import type { Value } from "../../schema/types.ts";
import type { ColumnForm } from "./column-forms.ts";

/** What is compared of a value: equal texts, equal forms. Values of different kinds have different ones. */
export function formOf(form: ColumnForm, value: Value): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  switch (form) {
    case "value":
      return text;
    case "instant":
      return isInstant(text) ? "an instant" : text;
    case "number":
      return /^\d+$/.test(text) ? "a number" : text;
    case "port":
      return /^\d+$/.test(text) && Number(text) >= 1024 ? "a port above 1023" : text;
    case "hex":
      return /^[0-9a-f]+$/i.test(text) ? `${text.length} hexadecimal digits` : text;
    case "guid":
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? "a GUID" : text;
    case "address":
      return isIP(text) === 0 ? text : `an address of IPv${isIP(text)}`;
    case "name":
      return "a name";
    case "account":
      return builtIn.has(text.toLowerCase()) ? text.toLowerCase() : "a name";
    case "sid":
      return text.replace(/^(S-1-(?:5-21|12-1))-[\d-]+$/i, "$1-…");
    case "path":
      return pathForm(text);
    case "command":
      return commandForm(text);
    case "version":
      return /^\d+(\.\d+)*/.test(text) ? "a version" : text;
    case "fields":
      return fieldsForm(value);
    default:
      return unreachable(form);
  }
}

/** Accounts and their domain that every Windows has: that a service acted is no matter of the lab. */
const builtIn: ReadonlySet<string> = new Set([
  "system",
  "local service",
  "network service",
  "nt authority",
]);

const profile = /^((?:[a-z]:)?[\\/](?:users|home)[\\/])[^\\/]+/i;

/** The folder with the user's name left out, and the program's name; of other files only what kind they are. */
function pathForm(path: string): string {
  const whole = path.replace(profile, "$1*");
  const [, folder = "", name = ""] = /^(.*[\\/])?([^\\/]*)$/s.exec(whole) ?? [];
  const ending = /\.[^.]+$/.exec(name)?.[0] ?? "";
  const isProgram = ending === "" || /^\.(exe|com|scr)$/i.test(ending);
  return (folder + (isProgram ? name : `*${ending}`)).toLowerCase();
}

/** The words of a command line: options and hosts as they are, what differs from run to run by its kind. */
function commandForm(text: string): string {
  return text
    .replaceAll(/\b([a-z][a-z0-9+.-]*):\/\/([^\s/"'\\]+)[^\s"'\\)]*/gi, (_, scheme, host) =>
      `${String(scheme)}://${String(host)}/`.toLowerCase(),
    )
    .split(/[\s"']+/)
    .filter((word) => word !== "")
    .map(wordForm)
    .join(" ");
}

function wordForm(word: string): string {
  if (/^[a-z0-9+/]{40,}={0,2}$/i.test(word)) return "base64";
  if (word.includes("://")) return word;
  if (/[\\/]/.test(word.slice(1))) return pathForm(word);
  return word
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "GUID")
    .replaceAll(/\d{6,}/g, "#");
}

/** The keys of a map, also where it is a text. */
function fieldsForm(value: Value): string {
  const fields = typeof value === "string" ? parsed(value) : value;
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return "no fields";
  return `fields ${Object.keys(fields).toSorted().join(", ")}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
