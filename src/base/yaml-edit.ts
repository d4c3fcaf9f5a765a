import { Document, isCollection, isNode, parseDocument, type ToStringOptions } from "yaml";
import type { YamlPath } from "./yaml.ts";

/** Sets the value at `path`, or takes its key away where `value` is undefined. */
export interface YamlEdit {
  readonly path: YamlPath;
  readonly value: unknown;
}

// Folding would tear command lines apart, and each run over a file would move its line ends.
const style: ToStringOptions = { lineWidth: 0 };

/** `text` with `edits` made. The order of keys stays, and so do comments, but for those inside a list or map that is replaced. */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  const document = parseDocument(text);
  for (const { path, value } of edits) {
    if (value === undefined) {
      if (document.hasIn(path)) document.deleteIn(path);
    } else if (typeof value === "object") {
      document.setIn(path, replacement(document, path, value));
    } else {
      // A bare value goes into the node that is there, beside its comment.
      document.setIn(path, value);
    }
  }
  return document.toString(style);
}

function replacement(document: Document, path: YamlPath, value: object | null): unknown {
  const old = document.getIn(path, true);
  const node = document.createNode(value);
  if (!isNode(old)) return node;
  if (typeof old.comment === "string") node.comment = old.comment;
  if (typeof old.commentBefore === "string") node.commentBefore = old.commentBefore;
  if (isCollection(old) && isCollection(node) && old.flow === true) node.flow = true;
  return node;
}

/** `data` as a YAML file. */
export function writeYaml(data: unknown): string {
  return new Document(data, { aliasDuplicateObjects: false }).toString(style);
}
