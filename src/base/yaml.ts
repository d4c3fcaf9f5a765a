import { isMap, isNode, isScalar, isSeq, parseDocument, type Document, type Node } from "yaml";
import { InputError, type Diagnostic } from "./diagnostic.ts";
import type { EmbeddedText, LineStart, Source, Span } from "./source.ts";

/** Keys and indexes from the top of a document down to one value. */
export type YamlPath = readonly (string | number)[];

/** A YAML (or JSON) file as data, with the way back to the places in its text. */
export interface YamlFile {
  readonly source: Source;
  readonly data: unknown;
  /** The range of the value at `path`, or of the nearest enclosing value that exists. */
  span(path: YamlPath): Span;
  /** The range of the key `path` ends in; the value's where there is no such key. */
  keySpan(path: YamlPath): Span;
  /** The text of the string at `path`, block scalars included, with its lines' places in the file. */
  embedded(path: YamlPath): EmbeddedText;
}

/** Reads one YAML 1.2 document. Throws an `InputError` with `code` for text that is no YAML, has a key twice, or is empty. */
export function parseYaml(source: Source, code: string): YamlFile {
  const document = parseDocument(source.text, { uniqueKeys: true, prettyErrors: false });
  const diagnostics = document.errors.map((error): Diagnostic => ({
    code,
    message: `not valid YAML: ${lowerFirst(error.message)}`,
    source,
    span: { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) },
  }));
  if (diagnostics.length > 0) throw new InputError(diagnostics);
  if (document.contents === null) {
    throw new InputError({
      code,
      message: "the file is empty",
      source,
      hint: "write it or delete it",
    });
  }
  let data: unknown;
  try {
    // The alias limit keeps a file of nested aliases from growing without bound.
    data = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(
      { code, message: `not valid YAML: ${lowerFirst((error as Error).message)}`, source },
      { cause: error },
    );
  }
  return {
    source,
    data,
    span: (path) => nodeSpan(nodeAt(document, path)),
    keySpan: (path) => keySpan(document, path),
    embedded: (path) => embeddedText(source, document, path),
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function nodeAt(document: Document, path: YamlPath): Node | null {
  let node: unknown = document.contents;
  for (const key of path) {
    const next: unknown = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
    if (!isNode(next)) break;
    node = next;
  }
  return isNode(node) ? node : null;
}

function nodeSpan(node: Node | null): Span {
  const range = node?.range ?? [0, 1, 1];
  return { start: range[0], end: Math.max(range[1], range[0] + 1) };
}

function keySpan(document: Document, path: YamlPath): Span {
  const parent = nodeAt(document, path.slice(0, -1));
  const name = path.at(-1);
  const pair = isMap(parent)
    ? parent.items.find((item) => isScalar(item.key) && item.key.value === name)
    : undefined;
  return isNode(pair?.key) ? nodeSpan(pair.key) : nodeSpan(nodeAt(document, path));
}

/** Finds each line of a string's value again in the file, so that an offset in the value is an offset in the file. */
function embeddedText(source: Source, document: Document, path: YamlPath): EmbeddedText {
  const node = nodeAt(document, path);
  if (!isScalar(node) || typeof node.value !== "string") {
    throw new Error(`no string at ${path.join(".")}`);
  }
  const text = node.value;
  const lines: LineStart[] = [];
  let at = 0;
  let file = node.range?.[0] ?? 0;
  for (const line of text.split("\n")) {
    const content = line.trimStart();
    const found = content === "" ? -1 : source.text.indexOf(content, file);
    if (found >= 0) {
      lines.push({ at, file: found - (line.length - content.length) });
      file = found + content.length;
    } else {
      lines.push({ at, file });
    }
    at += line.length + 1;
  }
  return { text, source, lines };
}
