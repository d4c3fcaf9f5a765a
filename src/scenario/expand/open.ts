import { InputError } from "../../base/diagnostic.ts";
import type { Source } from "../../base/source.ts";
import { parseYaml, type YamlFile } from "../../base/yaml.ts";
import { createProblems } from "../model/problems.ts";
import type { Surroundings } from "../model/types.ts";
import { casesOf, type ReadList } from "./cases.ts";
import { readHeader } from "./header.ts";
import { mergedFile } from "./merge.ts";
import { namedCase, type CaseName, type NamedCase } from "./named-case.ts";
import { besides, openParts, readNamed, type Part } from "./part.ts";

/** A scenario file that was read, and what it describes by name. A case is made when it is asked for. */
export interface OpenedFile {
  readonly cases: readonly NamedCase[];
  /** The file as if it described `wanted` alone. Throws an `InputError`. */
  fileOf(wanted: NamedCase): YamlFile;
}

/** Reads the scenario file `source`, whose id is `id`. Throws an `InputError` for what is wrong with more than one of its cases. */
export function openScenarioFile(source: Source, id: string, project: Surroundings): OpenedFile {
  const yaml = parseYaml(source, "KT0500");
  const header = readHeader(yaml);
  const problems = createProblems(yaml);
  const readList: ReadList = (named, place) => {
    const file = besides(source.file, named);
    const list = readNamed(
      { file, named, place, owner: source.file, endings: [".txt", ".csv", ".lst", ""] },
      project,
      problems,
    );
    return list === undefined ? undefined : linesOf(list.text);
  };
  const cases = casesOf(header, readList, problems);
  const opening = { project, open: [source.file], count: { parts: 0 } };
  const parts = openParts({ yaml, header, problems }, opening);
  problems.check();
  const part: Part = { yaml, header, parts };
  const byName = new Map(cases.map((one) => [`${id}${one.suffix}`, one]));
  return {
    cases: cases.map((one) => namedCase(one, id)),
    fileOf: (wanted) => mergedFile(part, byName.get(wanted.id)?.values ?? new Map()),
  };
}

/** The values that a file lists: a line each, without the blanks around it. Empty lines, and those that begin with `#`, say nothing. */
function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** What `read` gives; the mistakes that it throws say in which case they are. */
export function inCase<T>({ id, case: one }: CaseName, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError) || one === undefined) throw error;
    throw new InputError(
      error.diagnostics.map((diagnostic) => ({ ...diagnostic, cases: [id] })),
      { cause: error },
    );
  }
}
