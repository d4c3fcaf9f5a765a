import { defined } from "../base/defined.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml, type YamlFile, type YamlPath } from "../base/yaml.ts";
import type { Condition } from "../scenario/expand/condition.ts";
import { substitute } from "../scenario/expand/substitute.ts";
import { hasCases, knownMistake } from "./read-expectation.ts";
import type { Subject } from "./subject.ts";
import type { Expectation } from "./types.ts";

/** Expectations for several scenarios. Read from `expected/<rule>/<file or folder>.yaml`, or `expected/<rule>.yaml`. */
export interface CasesFile {
  readonly yaml: YamlFile;
  /** Techniques that the rule is for; absent: all. */
  readonly techniques?: readonly string[];
  readonly entries: readonly CaseEntry[];
}

/** One of the expectations of such a file, and what it is for. */
export interface CaseEntry {
  /** Where it stands. */
  readonly path: YamlPath;
  /** Absent: for whatever no other entry is for. */
  readonly when?: Condition;
  readonly expectation: Expectation;
}

interface CasesData {
  readonly techniques?: readonly string[];
  readonly cases?: readonly (Expectation & { readonly when?: Condition })[];
}

/** The expectations in `source`. A file that holds a single one has it for all. Throws an `InputError` (KT0601, KT0602). */
export function readCases(source: Source): CasesFile {
  const yaml = parseYaml(source, "KT0601");
  if (!hasCases(yaml)) {
    const expectation = validateYaml<Expectation>(yaml, "expectation", "KT0601");
    return checked({ yaml, entries: [{ path: [], expectation }] });
  }
  const { techniques, cases = [] } = validateYaml<CasesData>(yaml, "expectation-cases", "KT0601");
  const entries = cases.map(({ when, ...expectation }, index): CaseEntry => {
    const path = ["cases", index];
    return when === undefined ? { path, expectation } : { path, when, expectation };
  });
  return checked({ yaml, ...defined({ techniques }), entries });
}

function checked(file: CasesFile): CasesFile {
  const mistakes = file.entries.flatMap(
    ({ path, expectation }) => knownMistake(file.yaml, expectation, path) ?? [],
  );
  if (mistakes.length > 0) throw new InputError(mistakes);
  return file;
}

/** What `entry` expects of `subject`, with the values of its variables filled in. Unknown ones are KT0605. */
export function expectationOf(
  entry: CaseEntry,
  subject: Subject,
  file: CasesFile,
): { readonly expectation: Expectation; readonly problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = [];
  const expectation = substitute(
    entry.expectation,
    (name, path) => {
      const value = subject.variables.get(name);
      if (value !== undefined) return value;
      const hint = suggestion(name, [...subject.variables.keys()]);
      problems.push({
        code: "KT0605",
        message: `the case has no variable \`${name}\``,
        source: file.yaml.source,
        span: file.yaml.span(path),
        cases: [subject.id],
        ...defined({ hint }),
      });
      return "";
    },
    entry.path,
  ) as Expectation;
  return { expectation, problems };
}
