import type { UdfTable } from "./udf.ts";
import { parseXml } from "./xml.ts";

/** Readers of text that is structured in some other way than JSON. */
export const parserUdfs: UdfTable = {
  kql_parse_xml: { takes: ["text"], gives: "json", call: parseXml },
  kql_parse_csv: { takes: ["text"], gives: "json", call: parseCsv },
  kql_parse_path: { takes: ["text"], gives: "json", call: parsePath },
  kql_command_line: { takes: ["text"], gives: "json", call: parseCommandLine },
};

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
  const args = [quoted ?? plain];
  let current: string | undefined;
  let quotes = 0;
  const rest = text.slice(program.length);
  for (const [, slashes = "", run = "", char = ""] of rest.matchAll(/(\\*)(?:("+)|([^"\\])|$)/g)) {
    if (run !== "") {
      const step = afterQuotes(slashes.length, run.length, quotes);
      current = (current ?? "") + step.text;
      quotes = step.quotes;
    } else if ((char === " " || char === "\t") && quotes === 0) {
      if (slashes !== "") current = (current ?? "") + slashes;
      if (current !== undefined) args.push(current);
      current = undefined;
    } else if (slashes + char !== "") {
      current = (current ?? "") + slashes + char;
    }
  }
  return current === undefined ? args : [...args, current];
}

/** What `slashes` backslashes before `run` quotes stand for, where `quotes` are open. */
function afterQuotes(
  slashes: number,
  run: number,
  quotes: number,
): { readonly text: string; readonly quotes: number } {
  let text = "\\".repeat(Math.floor(slashes / 2));
  let open = quotes;
  if (slashes % 2 === 1) text += '"';
  else open++;
  for (let more = 1; more < run; more++) {
    if (++open === 3) {
      text += '"';
      open = 0;
    }
  }
  return { text, quotes: open === 2 ? 0 : open };
}
