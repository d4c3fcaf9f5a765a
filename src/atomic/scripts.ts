import type { Diagnostic } from "../base/diagnostic.ts";
import { toFileSpan, type EmbeddedText, type Span } from "../base/source.ts";
import { fillText, unfilledOffset, type FilledText } from "./fill.ts";
import type { AtomicTechnique, AtomicTest, ExecutorName, ShellName } from "./types.ts";

/** A text of a test that a shell would run, filled in with the defaults of the arguments. */
export interface Script {
  readonly shell: ShellName;
  readonly filled: FilledText;
  /** The text as it stands in the file. */
  readonly written: EmbeddedText;
}

/** Every text of `technique` that a shell would run. */
export function scriptsOf(technique: AtomicTechnique): readonly Script[] {
  return technique.tests.flatMap((test) => {
    const values = new Map(test.arguments.map(({ name, default: value }) => [name, value]));
    return shellTexts(test).map(([shell, written]) => ({
      shell,
      filled: fillText(written.text, values),
      written,
    }));
  });
}

function shellTexts(test: AtomicTest): readonly (readonly [ShellName, EmbeddedText])[] {
  const { executor, dependencies, dependencyExecutor } = test;
  const own = executor.kind === "manual" ? [] : [executor.command, executor.cleanup];
  const shell = executor.kind === "manual" ? "manual" : executor.shell;
  return [
    ...own.flatMap((text) => shellText(shell, text)),
    ...dependencies.flatMap(({ check, get }) =>
      [check, get].flatMap((text) => shellText(dependencyExecutor, text)),
    ),
  ];
}

function shellText(
  shell: ExecutorName,
  text: EmbeddedText | undefined,
): readonly (readonly [ShellName, EmbeddedText])[] {
  return shell === "manual" || text === undefined ? [] : [[shell, text]];
}

/** A mistake at `span` of the filled text, told of where it stands in the file. */
export function inScript(
  { filled, written }: Script,
  span: Span,
  text: Omit<Diagnostic, "source" | "span">,
): Diagnostic {
  const start = unfilledOffset(filled, span.start);
  const end = Math.max(start + 1, unfilledOffset(filled, span.end));
  return { ...text, source: written.source, span: toFileSpan(written, { start, end }) };
}
