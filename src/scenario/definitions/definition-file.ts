import { defined } from "../../base/defined.ts";
import { InputError, type Diagnostic } from "../../base/diagnostic.ts";
import { plainText, type Source, type Span } from "../../base/source.ts";
import type { YamlFile, YamlPath } from "../../base/yaml.ts";
import { placeInProgram } from "./place-in-program.ts";

/** What a program made, read like a file. */
interface DefinitionFile {
  readonly file: YamlFile;
  /** What `read` gives; the mistakes that it throws have their place in the program's text where it can be told, and the path of the key that they are at. */
  tell<T>(read: () => T): T;
}

/** A place that was asked for: the value at `path`, or the key that it ends in. */
interface Asked {
  readonly path: YamlPath;
  readonly isKey: boolean;
}

/** `data`, which the program `source` made, as a file. */
export function definitionFile(data: unknown, source: Source): DefinitionFile {
  const asked: Asked[] = [];
  const ask = (path: YamlPath, isKey: boolean): Span => {
    const start = asked.push({ path, isKey }) - 1;
    return { start, end: start + 1 };
  };
  const placed = (diagnostic: Diagnostic): Diagnostic => {
    // Other files that the scenario names have places of their own.
    if (diagnostic.source !== source || diagnostic.span === undefined) return diagnostic;
    const { span: at, ...rest } = diagnostic;
    const question = asked[at.start];
    if (question === undefined || question.path.length === 0) return rest;
    const span = placeInProgram(source.text, data, question);
    const key = `\`${question.path.join(".")}\``;
    const message = rest.message.includes(key) ? rest.message : `${rest.message}, at ${key}`;
    return { ...rest, message, ...defined({ span }) };
  };
  return {
    file: {
      source,
      data,
      span: (path) => ask(path, false),
      keySpan: (path) => ask(path, true),
      embedded: () => plainText(source.file, ""),
    },
    tell: (read) => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        throw new InputError(error.diagnostics.map(placed), { cause: error });
      }
    },
  };
}
