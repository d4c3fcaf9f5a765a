import { InputError, type Diagnostic } from "../../base/diagnostic.ts";
import type { Source } from "../../base/source.ts";
import type { YamlFile, YamlPath } from "../../base/yaml.ts";

/** The mistakes found in one file so far, so that a run names them all. */
export interface Problems {
  /** Notes that the value at `path` is wrong. */
  at(path: YamlPath, code: string, text: Problem): void;
  /** Notes that the key at the end of `path` is wrong. */
  atKey(path: YamlPath, code: string, text: Problem): void;
  /** Throws an `InputError` with everything noted, if anything was. */
  check(): void;
}

export interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
}

/** An empty list of the mistakes in `file`. */
export function createProblems(file: YamlFile): Problems {
  const found: Diagnostic[] = [];
  const add = (
    place: Pick<Diagnostic, "source" | "span">,
    code: string,
    { message, hint }: Problem,
  ): void => {
    const diagnostic = { code, message, ...place };
    found.push(hint === undefined ? diagnostic : { ...diagnostic, hint });
  };
  const sourceAt = (path: YamlPath): Source => file.sourceAt?.(path) ?? file.source;
  return {
    at: (path, code, text) => add({ source: sourceAt(path), span: file.span(path) }, code, text),
    atKey: (path, code, text) =>
      add({ source: sourceAt(path), span: file.keySpan(path) }, code, text),
    check: () => {
      if (found.length > 0) throw new InputError(found);
    },
  };
}
