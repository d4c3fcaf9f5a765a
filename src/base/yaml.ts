import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLParseError,
} from "yaml";
import { InputError, type Diagnostic } from "./diagnostic.ts";
import { lowerFirst, suggestion } from "./text.ts";
import type { EmbeddedText, LineStart, Source, Span } from "./source.ts";

import { yamlHints } from "./yaml-hints.ts";

/** Keys and indexes from the top of a document down to one value. */
export type YamlPath = readonly (string | number)[];

/** A YAML (or JSON) file as data, with the way back to the places in its text. */
export interface YamlFile {
  readonly source: Source;
  readonly data: unknown;
  /** The text that the value at `path` stands in, where the file was put together from several; else it is `source`. */
  sourceAt?(path: YamlPath): Source;
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
    message: `not valid YAML: ${wordsOf(error, source)}`,
    source,
    span: { start: error.pos[0], end: Math.max(error.pos[1], error.pos[0] + 1) },
    ...hintFor(error.code),
  }));
  if (diagnostics.length > 0) throw new InputError(diagnostics);
  if (document.contents === null) {
    throw new InputError({
      code,
      message: "the file is empty",
      source,
      span: { start: 0, end: 1 },
      hint: "write it or delete it",
    });
  }
  requireAnchors(document, source, code);
  requireExact(document, source, code);
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

function wordsOf({ code, message, pos }: YAMLParseError, { text }: Source): string {
  if (code === "MULTIPLE_DOCS") return "a second document begins here";
  const [key] = code === "DUPLICATE_KEY" ? (/^[\w-]+/.exec(text.slice(pos[0])) ?? []) : [];
  return key === undefined ? lowerFirst(message) : `the key \`${key}\` stands here twice`;
}

function hintFor(code: YAMLParseError["code"]): Pick<Diagnostic, "hint"> {
  const hint = yamlHints[code];
  return hint === undefined ? {} : { hint };
}

/** Throws for an alias whose anchor does not stand before it: that is found when values are made, and then without a place. */
function requireAnchors(document: Document, source: Source, code: string): void {
  const anchors = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  visit(document, {
    Alias: (_, { source: name, range }) => {
      if (anchors.has(name)) return;
      diagnostics.push({
        code,
        message: `not valid YAML: no anchor \`&${name}\` stands before its alias`,
        source,
        span: { start: range?.[0] ?? 0, end: range?.[1] ?? 1 },
        hint: suggestion(name, [...anchors]) ?? "write the value in quotes if it is a text",
      });
    },
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor !== undefined) anchors.add(node.anchor);
    },
  });
  if (diagnostics.length > 0) throw new InputError(diagnostics);
}

/** Throws for whole numbers that would be rounded: a number is exact up to 2^53. */
function requireExact(document: Document, source: Source, code: string): void {
  const diagnostics: Diagnostic[] = [];
  visit(document, {
    Scalar: (_, { value, range, source: written = "" }) => {
      const isRounded =
        typeof value === "number" && /^[-+]?\d+$/.test(written) && !Number.isSafeInteger(value);
      if (!isRounded) return;
      diagnostics.push({
        code,
        message: `the number \`${written}\` is beyond 2^53 and would be rounded`,
        source,
        span: { start: range?.[0] ?? 0, end: range?.[1] ?? 1 },
        hint: "write it in quotes: a column of type `long` takes its digits",
      });
    },
  });
  if (diagnostics.length > 0) throw new InputError(diagnostics);
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
  const found = nodeAt(document, path);
  const node = isAlias(found) ? found.resolve(document) : found;
  if (!isScalar(node) || typeof node.value !== "string") {
    throw new Error(`no string at ${path.join(".")}`);
  }
  const [start, end] = node.range ?? [0, source.text.length];
  const isBlock = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  let at = 0;
  let file = isBlock ? source.text.indexOf("\n", start) : start;
  const lines: LineStart[] = [];
  /** Finds `piece` at `offset` of the value in what is left of the node's range, and moves on behind it. */
  const place = (offset: number, piece: string): boolean => {
    const found = source.text.indexOf(piece, file);
    if (piece === "" || found < 0 || found + piece.length > end) return false;
    lines.push({ at: offset, file: found });
    file = found + piece.length;
    return true;
  };
  for (const line of node.value.split("\n")) {
    const content = line.trim();
    const indent = line.indexOf(content);
    lines.push({ at, file });
    // A folded or quoted line does not stand in the file as it is: then its words are looked for.
    if (!place(at + indent, content)) {
      for (const word of line.matchAll(/\S+/g)) place(at + word.index, word[0]);
    }
    at += line.length + 1;
  }
  return { text: node.value, source, lines };
}
