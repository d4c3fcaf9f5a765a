import { defined } from "../base/defined.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml, type YamlFile, type YamlPath } from "../base/yaml.ts";
import type { Expectation, ExpectationFile } from "./types.ts";

/** The expectation in `source` for the rule and scenario of these names. Throws an `InputError` (KT0601, KT0602). */
export function readExpectation(source: Source, rule: string, scenario: string): ExpectationFile {
  const yaml = parseYaml(source, "KT0601");
  if (hasCases(yaml)) {
    throw new InputError({
      code: "KT0612",
      message: `\`${scenario}\` is a single scenario, and has no cases`,
      source,
      hint: "write the expectation itself, without `cases:`",
    });
  }
  const expectation = validateYaml<Expectation>(yaml, "expectation", "KT0601");
  const mistake = knownMistake(yaml, expectation);
  if (mistake !== undefined) throw new InputError(mistake);
  return { rule, scenario, expectation, yaml };
}

/** Whether `yaml` says what it expects by case. */
export function hasCases({ data }: YamlFile): boolean {
  return typeof data === "object" && data !== null && ("cases" in data || "techniques" in data);
}

/** Where the expectation at `path` of `yaml` has a reason that its verdict does not need, or needs one that it does not have. */
export function knownMistake(
  yaml: YamlFile,
  { verdict, known }: Expectation,
  path: YamlPath = [],
): Diagnostic | undefined {
  const isFalse = verdict === "false-positive" || verdict === "false-negative";
  if (isFalse === (known !== undefined)) return undefined;
  return isFalse
    ? {
        code: "KT0602",
        message: `a \`${verdict}\` needs the key \`known\``,
        source: yaml.source,
        span: yaml.span([...path, "verdict"]),
        hint: "say in a sentence why it is accepted, or mend the rule: `known: …`",
      }
    : {
        code: "KT0602",
        message: `a \`${verdict}\` is no mistake of the rule, so there is nothing \`known\``,
        source: yaml.source,
        span: yaml.keySpan([...path, "known"]),
        hint: "delete the key, or say `false-positive` or `false-negative`",
      };
}

/** What the rule and the scenario have that an expectation may name. */
export interface Nameable {
  readonly columns: readonly string[];
  readonly events: readonly string[];
}

/** Names in `file` that nothing answers to: a row's column that the rule does not give (KT0603), an event that the scenario does not have (KT0604). */
export function unknownNames(file: ExpectationFile, nameable: Nameable): readonly Diagnostic[] {
  const { expectation } = file;
  const found: Diagnostic[] = [];
  const cases = file.entry === undefined ? {} : { cases: [file.scenario] };
  const report = (path: YamlPath, diagnostic: Omit<Diagnostic, "source" | "span">): void => {
    const { yaml } = file;
    const place =
      yaml === undefined
        ? { source: { file: `${file.rule} × ${file.scenario}`, text: "" } }
        : { source: yaml.source, span: yaml.keySpan([...(file.entry ?? []), ...path]), ...cases };
    found.push({ ...diagnostic, ...place });
  };
  for (const key of ["rows", "contains"] as const) {
    for (const [index, row] of (expectation[key] ?? []).entries()) {
      for (const column of Object.keys(row).filter((name) => !nameable.columns.includes(name))) {
        report([key, index, column], unknownName("KT0603", ["column", column], nameable.columns));
      }
    }
  }
  for (const key of ["include", "exclude"] as const) {
    for (const [index, id] of (expectation.events?.[key] ?? []).entries()) {
      if (nameable.events.includes(id)) continue;
      report(["events", key, index], unknownName("KT0604", ["event", id], nameable.events));
    }
  }
  return found;
}

function unknownName(
  code: string,
  [what, name]: readonly ["column" | "event", string],
  candidates: readonly string[],
): Omit<Diagnostic, "source" | "span"> {
  const owner = what === "column" ? "the rule gives" : "the scenario has";
  const hint = suggestion(name, candidates);
  return {
    code,
    message: `${owner} no ${what} \`${name}\``,
    ...defined({ hint }),
  };
}
