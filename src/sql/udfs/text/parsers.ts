import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";
import { parseXml } from "./xml.ts";

/** Readers of text that is structured in some other way than JSON. */
export const parserUdfs: UdfTable = {
  kql_is_strict_json: { takes: ["text"], gives: "bool", call: isJson },
  kql_clear_cut: { takes: ["bool", "text"], gives: "bool", call: clearCut },
  kql_assert: { takes: ["bool", "text"], gives: "bool", nulls: true, call: assert },
  kql_odd_path: { takes: ["text", "text"], gives: "text", call: oddPath },
  kql_parse_xml: { takes: ["text"], gives: "json", call: parseXml },
  kql_parse_csv: { takes: ["text"], gives: "json", call: parseCsv },
  kql_parse_path: { takes: ["text"], gives: "json", call: parsePath },
  kql_command_line: { takes: ["text"], gives: "json", call: parseCommandLine },
};

/** Null for a text that holds none of the names of a path; what the path finds in another is not known. */
function oddPath(text: string, names: string): null {
  const found = (JSON.parse(names) as readonly string[]).find((name) => text.includes(name));
  return found === undefined || !isJson(text)
    ? null
    : refuseValue(`a path that is not made of names and indices, in a text with \`${found}\``);
}

function clearCut(tied: boolean, what: string): true {
  return tied ? refuseValue(what) : true;
}

function assert(holds: boolean | null, message: string | null): true {
  return holds === true ? true : refuseValue(`an assertion that does not hold: ${message ?? ""}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The fields of the first record. */
function parseCsv(text: string): readonly string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*))(,|\r?\n|\r|$)/gy;
  for (const [, quoted, rest = "", plain = "", end] of text.matchAll(field)) {
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + rest);
    if (end !== ",") break;
  }
  return fields;
}

/** The parts of a path of Windows or of POSIX, both slashes allowed. */
function parsePath(text: string): Readonly<Record<string, string>> {
  const [, scheme = "", path = ""] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]+):\/\/)?([\s\S]*)$/.exec(text) ?? [];
  const cut = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  const directory = cut < 0 ? "" : path.slice(0, cut);
  const [filename = "", ...streams] = path.slice(cut + 1).split(":");
  const dot = filename.lastIndexOf(".");
  return {
    Scheme: scheme,
    RootPath: /^(?:\\\\\?\\)?([A-Za-z]:)/.exec(path)?.[1] ?? "",
    DirectoryPath: directory,
    DirectoryName: directory.split(/[\\/]/).at(-1) ?? "",
    Filename: filename,
    Extension: dot < 0 ? "" : filename.slice(dot + 1),
    AlternateDataStreamName: streams.join(":"),
  };
}

/** The arguments as `CommandLineToArgvW` of Windows splits them. */
function parseCommandLine(text: string): readonly string[] | null {
  if (text === "") return null;
  // The program's own name knows no escapes.
  const [program, quoted, plain = ""] = /^(?:"([^"]*)"?|([^ \t]*))/.exec(text) ?? [""];
  return [quoted ?? plain, ...argumentsOf(text.slice(program.length))];
}

/** Backslashes escape where a quote follows them; whitespace separates outside of quotes. */
function argumentsOf(text: string): readonly string[] {
  const args: string[] = [];
  let current: string | undefined;
  let quotes = 0;
  for (const [token] of text.matchAll(/\\*"+|\\+|[^"\\]/g)) {
    if (token.endsWith('"')) {
      const step = afterQuotes(token, quotes);
      current = (current ?? "") + step.text;
      quotes = step.quotes;
    } else if (quotes > 0 || !/^[ \t]$/.test(token)) {
      current = (current ?? "") + token;
    } else if (current !== undefined) {
      args.push(current);
      current = undefined;
    }
  }
  return current === undefined ? args : [...args, current];
}

/** What backslashes and the quotes behind them stand for, where `open` quotes are open: a third quote in a row is one. */
function afterQuotes(
  token: string,
  open: number,
): { readonly text: string; readonly quotes: number } {
  const slashes = token.indexOf('"');
  const isEscaped = slashes % 2 === 1;
  let text = "\\".repeat(Math.floor(slashes / 2)) + (isEscaped ? '"' : "");
  let quotes = isEscaped ? open : open + 1;
  for (let more = slashes + 1; more < token.length; more++) {
    quotes++;
    if (quotes < 3) continue;
    text += '"';
    quotes = 0;
  }
  return { text, quotes: quotes === 2 ? 0 : quotes };
}
