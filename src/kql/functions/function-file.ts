import { InputError } from "../../base/diagnostic.ts";
import type { EmbeddedText, Source, Span } from "../../base/source.ts";
import { validateYaml } from "../../base/validate.ts";
import { parseYaml, type YamlFile } from "../../base/yaml.ts";
import { closingBracket, codeOnly } from "../brackets.ts";
import { frontMatter } from "../rules/front-matter.ts";
import type { SavedFunction } from "./saved-function.ts";

/** A saved function and where its file says its name. */
export interface DeclaredFunction extends SavedFunction {
  readonly source: Source;
  readonly nameSpan: Span;
}

/**
 * The functions in `source`: the commands of a workspace's export (`.create-or-alter function …`), a body alone, or the
 * YAML of a Sentinel parser. `fileName` is what a body alone is called. Throws an `InputError` (KT0723).
 */
export function readFunctions(source: Source, fileName: string): readonly DeclaredFunction[] {
  if (!source.file.endsWith(".kql")) return readParser(source);
  if (source.text.replaceAll(/\/\/.*/g, "").trim() === "") {
    throw problem(source, { start: 0, end: 1 }, "the function has no body");
  }
  return /^\s*\./.test(codeOnly(source.text)) ? readCommands(source) : [readBody(source, fileName)];
}

const command = /\.(?:create|alter|create-or-alter)\s+function\b(?:\s+ifnotexists\b)?/gy;

/** `.create-or-alter function with (docstring = "…") Name(parameters) { body }`, one behind the other. */
function readCommands(source: Source): readonly DeclaredFunction[] {
  const { text } = source;
  const code = codeOnly(text);
  const functions: DeclaredFunction[] = [];
  let at = code.search(/\S/);
  while (at >= 0) {
    command.lastIndex = at;
    if (!command.test(code)) {
      throw problem(
        source,
        { start: at, end: at + 1 },
        "no `.create-or-alter function` stands here",
      );
    }
    const read = readCommand(source, code, command.lastIndex);
    functions.push(read);
    const end = (read.body.lines[0]?.file ?? 0) + read.body.text.length;
    const more = code.slice(end).search(/\S/);
    at = more < 0 ? -1 : end + more;
  }
  return functions;
}

function readCommand(source: Source, code: string, start: number): DeclaredFunction {
  const { text } = source;
  const options = /\s*with\s*(?=\()/y;
  options.lastIndex = start;
  const from = options.test(code) ? end(source, options.lastIndex) : start;
  const named = /\s*(?:\[\s*['"]([^'"]+)['"]\s*\]|([A-Za-z_]\w*))\s*(?=\()/y;
  named.lastIndex = from;
  const match = named.exec(text);
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) {
    throw problem(
      source,
      { start: from, end: from + 1 },
      "the function has no name and parameters",
    );
  }
  const opening = named.lastIndex;
  const closing = end(source, opening);
  const brace = closing + code.slice(closing).search(/\S/);
  if (code[brace] !== "{") {
    throw problem(
      source,
      { start: closing, end: closing + 1 },
      `\`${name}\` has no body in braces`,
    );
  }
  const nameStart = text.indexOf(name, from);
  return {
    name,
    parameters: text.slice(opening, closing),
    body: part(source, brace, end(source, brace)),
    source,
    nameSpan: { start: nameStart, end: nameStart + name.length },
  };
}

/** The offset behind the bracket that closes the one at `open`. */
function end(source: Source, open: number): number {
  const closing = closingBracket(source.text, open);
  if (closing !== undefined) return closing + 1;
  throw problem(source, { start: open, end: open + 1 }, "the bracket is not closed");
}

function part(source: Source, start: number, stop: number): EmbeddedText {
  return { text: source.text.slice(start, stop), source, lines: [{ at: 0, file: start }] };
}

const keys = { name: false, parameters: false, description: false, folder: false };

/** A body alone; `// name: …` and `// parameters: (…)` above it say what the file's name does not. */
function readBody(source: Source, fileName: string): DeclaredFunction {
  const entries = new Map(frontMatter(source.text, keys));
  const written = entries.get("parameters");
  const parameters = String(written?.data ?? "()");
  if (!parameters.startsWith("(") || closingBracket(parameters, 0) !== parameters.length - 1) {
    throw problem(
      source,
      written?.value ?? { start: 0, end: 1 },
      "the parameters stand in no parentheses",
    );
  }
  const brace = { at: 0, file: 0 };
  return {
    name: String(entries.get("name")?.data ?? fileName),
    parameters,
    // The last line may be a comment, which must not hide the brace.
    body: { text: `{${source.text}\n}`, source, lines: [brace, { at: 1, file: 0 }] },
    source,
    nameSpan: entries.get("name")?.value ?? { start: 0, end: 1 },
  };
}

interface ParserFile {
  readonly FunctionName?: string;
  readonly FunctionAlias?: string;
  readonly FunctionQuery?: string;
  readonly FunctionParams?: readonly ParserParameter[];
  readonly ParserName?: string;
  readonly EquivalentBuiltInParser?: string;
  readonly ParserQuery?: string;
  readonly ParserParams?: readonly ParserParameter[];
}

interface ParserParameter {
  readonly Name: string;
  readonly Type: string;
  readonly Default?: string | number | boolean | null;
}

/** Every key that says what rules call a parser by; ASIM's have a name of the workspace's and a built-in one. */
const nameKeys = [
  "FunctionName",
  "FunctionAlias",
  "ParserName",
  "EquivalentBuiltInParser",
] as const;

function readParser(source: Source): readonly DeclaredFunction[] {
  const yaml = parseYaml(source, "KT0723");
  const data = validateYaml<ParserFile>(yaml, "function", "KT0723");
  // A name that no query can call (`Cisco SEG`) is a title.
  const names = new Map(
    nameKeys.flatMap((key) => (isName(data[key]) ? [[data[key] ?? "", key] as const] : [])),
  );
  if (names.size === 0) {
    throw problem(source, { start: 0, end: 1 }, "the function has no name: no key `FunctionAlias`");
  }
  const parameters = (data.FunctionParams ?? data.ParserParams ?? []).map(parameterText);
  const body = inBraces(yaml, data.FunctionQuery === undefined ? "ParserQuery" : "FunctionQuery");
  return Array.from(names, ([name, key]) => ({
    name,
    parameters: `(${parameters.join(", ")})`,
    body,
    source,
    nameSpan: yaml.span([key]),
  }));
}

function isName(text: string | undefined): boolean {
  return /^[A-Za-z_]\w*$/.test(text ?? "");
}

function inBraces(yaml: YamlFile, key: string): EmbeddedText {
  const { text, source, lines } = yaml.embedded([key]);
  const first = lines[0]?.file ?? 0;
  const moved = lines.map(({ at, file }) => ({ at: at + 1, file }));
  return { text: `{${text}\n}`, source, lines: [{ at: 0, file: first }, ...moved] };
}

function parameterText({ Name, Type, Default }: ParserParameter): string {
  const declared = `${Name}:${Type.replace(/^table:?/, "")}`;
  if (Default === undefined) return declared;
  if (Type === "string") return `${declared} = ${JSON.stringify(String(Default ?? ""))}`;
  // YAML's own spelling of a flag is `True`; KQL's is not.
  return `${declared} = ${typeof Default === "boolean" ? String(Default) : (Default ?? `${Type}(null)`)}`;
}

function problem(source: Source, span: Span, message: string): InputError {
  return new InputError({
    code: "KT0723",
    message,
    source,
    span,
    hint: "write `.create-or-alter function Name(parameters) { body }`, or the body alone with its parameters in a comment: `// parameters: (T:(*))`",
  });
}
