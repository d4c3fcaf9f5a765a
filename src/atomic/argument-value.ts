import { isIP } from "node:net";
import { unreachable } from "../base/diagnostic.ts";
import { argumentTypes, type ArgumentType } from "./types.ts";

/** The type that a file names in whatever case. */
export function argumentType(text: string): ArgumentType {
  const type = argumentTypes.find((candidate) => candidate === text.toLowerCase());
  if (type === undefined) throw new Error(`no argument type ${text}`);
  return type;
}

/** What a value of each type looks like, for hints. */
export const valueExamples: Readonly<Record<ArgumentType, string>> = {
  path: "write a text, in quotes where YAML reads something else",
  url: "write a URL, a domain name or an address: `https://sinkhole.example/file`",
  string: "write a text, in quotes where YAML reads something else",
  integer: "write a whole number",
  float: "write a number",
};

const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;

/** Whether a default of a file, or a value given as text, is of `type`. Nothing is of every type. */
export function isOfType(value: string | number | null, type: ArgumentType): boolean {
  if (value === null) return true;
  switch (type) {
    case "path":
    case "string":
      return typeof value === "string";
    case "url":
      return typeof value === "string" && isTarget(value);
    case "integer":
      return typeof value === "number" ? Number.isInteger(value) : /^[+-]?\d+$/.test(value);
    case "float":
      return typeof value === "number" && Number.isFinite(value);
    default:
      return unreachable(type);
  }
}

function isTarget(text: string): boolean {
  return domainName.test(text) || isIP(text) > 0 || URL.canParse(text);
}

/** A default as it stands in a command. */
export function valueText(value: string | number | null): string {
  return value === null ? "" : String(value);
}
