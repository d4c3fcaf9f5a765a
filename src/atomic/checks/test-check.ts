import type { Diagnostic } from "../../base/diagnostic.ts";
import { toFileSpan, type Span } from "../../base/source.ts";
import type { YamlFile, YamlPath } from "../../base/yaml.ts";
import type { AtomicTestFile } from "../technique-file.ts";

/** A test as it is written, and where. */
export interface WrittenTest {
  readonly yaml: YamlFile;
  /** The test's path in the file. */
  readonly path: YamlPath;
  readonly test: AtomicTestFile;
}

/** One rule of the format that the schema cannot say: what of a test breaks it. */
export type TestCheck = (written: WrittenTest) => readonly Diagnostic[];

type Text = Omit<Diagnostic, "source" | "span">;

/** A mistake in the value at `path` below the test. */
export function atValue({ yaml, path }: WrittenTest, below: YamlPath, text: Text): Diagnostic {
  return { ...text, source: yaml.source, span: yaml.span([...path, ...below]) };
}

/** A mistake in the key at the end of `path` below the test. */
export function atKey({ yaml, path }: WrittenTest, below: YamlPath, text: Text): Diagnostic {
  return { ...text, source: yaml.source, span: yaml.keySpan([...path, ...below]) };
}

/** A mistake in a part of the text at `path` below the test. */
export function inText(
  { yaml, path }: WrittenTest,
  part: { readonly path: YamlPath; readonly span: Span },
  text: Text,
): Diagnostic {
  const embedded = yaml.embedded([...path, ...part.path]);
  return { ...text, source: yaml.source, span: toFileSpan(embedded, part.span) };
}
