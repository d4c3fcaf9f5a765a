import { basename, extname } from "node:path";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Source, Span } from "../base/source.ts";
import type { Inputs } from "../kql/environment.ts";
import { readFunctions } from "../kql/function-file.ts";
import { readTable } from "../schema/table-file.ts";
import { listFiles, readSource } from "./files.ts";
import { loadFixtures } from "./fixtures.ts";
import { createProblems } from "./problems.ts";

/** The tables, functions and fixtures of the project in the folder `root`. Throws one `InputError` of all that is wrong with them. */
export function loadInputs(root: string): Inputs {
  const problems = createProblems();
  const read = <T>(folder: string, ending: RegExp, parse: (source: Source) => T): readonly T[] =>
    listFiles(root, folder)
      .filter((file) => ending.test(file))
      .flatMap((file) => problems.collect(() => [parse(readSource(root, file))]) ?? []);
  const tables = read("tables", /\.(ya?ml|json)$/, readTable);
  const functions = read("functions", /\.(kql|ya?ml)$/, (source) =>
    readFunctions(source, basename(source.file, extname(source.file))),
  ).flat();
  const fixtures = loadFixtures(root, problems);
  problems.list.push(...repeated([...tables, ...functions]));
  problems.throwIfAny();
  return { tables, functions, ...(fixtures === undefined ? {} : { fixtures }) };
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
