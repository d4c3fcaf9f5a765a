import { defined } from "../base/defined.ts";
import { basename, extname } from "node:path";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Source, Span } from "../base/source.ts";
import type { Inputs } from "../kql/environment.ts";
import { readFunctions } from "../kql/functions/function-file.ts";
import { readTable, type DeclaredTable, type OwnTable } from "../schema/table-file.ts";
import { listFiles, readSource } from "./project-files.ts";
import { loadFixtures } from "./load-fixtures.ts";
import { createProblemList, type ProblemList } from "./problem-list.ts";

/** The tables, functions and fixtures of the project in the folder `root`. Throws one `InputError` of all that is wrong with them. */
export function loadInputs(root: string): Inputs {
  const problems = createProblemList();
  const tables = readTables(root, problems);
  const functions = readAll(
    root,
    { folder: "functions", ending: /\.(kql|ya?ml)$/, problems },
    (source) => readFunctions(source, basename(source.file, extname(source.file))),
  ).flat();
  const fixtures = loadFixtures(root, problems);
  problems.list.push(...repeated([...tables, ...functions]));
  problems.throwIfAny();
  return { tables, functions, ...defined({ fixtures }) };
}

/** The tables alone of the project in the folder `root`, as far as they are right. */
export function loadTables(root: string): readonly OwnTable[] {
  return readTables(root, createProblemList());
}

function readTables(root: string, problems: ProblemList): readonly DeclaredTable[] {
  return readAll(root, { folder: "tables", ending: /\.(ya?ml|json)$/, problems }, readTable);
}

interface Wanted {
  readonly folder: string;
  readonly ending: RegExp;
  readonly problems: ProblemList;
}

/** What `parse` makes of each file of a folder. */
function readAll<T>(
  root: string,
  { folder, ending, problems }: Wanted,
  parse: (source: Source) => T,
): readonly T[] {
  return listFiles(root, folder)
    .filter((file) => ending.test(file))
    .flatMap((file) => problems.collect(() => [parse(readSource(root, file))]) ?? []);
}

interface Declared {
  readonly name: string;
  readonly source: Source;
  readonly nameSpan: Span;
}

/** A query could not tell two tables or functions of one name apart. */
function repeated(declared: readonly Declared[]): readonly Diagnostic[] {
  const first = new Map<string, Declared>();
  return declared.flatMap((one): readonly Diagnostic[] => {
    const other = first.get(one.name);
    if (other === undefined) {
      first.set(one.name, one);
      return [];
    }
    return [
      {
        code: "KT0722",
        message: `\`${one.name}\` is declared in \`${other.source.file}\` too`,
        source: one.source,
        span: one.nameSpan,
        hint: "delete or rename one of them",
      },
    ];
  });
}
