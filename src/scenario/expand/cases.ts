import { suggestion } from "../../base/text.ts";
import type { YamlPath } from "../../base/yaml.ts";
import type { Problems } from "../model/problems.ts";
import type { VariableValue } from "../model/types.ts";
import { caseSuffix } from "./case-name.ts";
import { conditionMistakes, domainsOf, meets, type Condition } from "./condition.ts";
import type { Header, ValuesFile } from "./header.ts";
import type { Variables } from "./scope.ts";
import { mentionsVariable } from "./substitute.ts";

/** One of the scenarios of a file. */
export interface Case {
  /** What its id has behind the file's; empty where the file describes one scenario. */
  readonly suffix: string;
  readonly values: Variables;
}

/** More cases than this are a slip of the pen, and would fill the memory. */
const maxCases = 50_000;

/** A list of values with the place to which its mistakes belong. */
interface Column {
  readonly name: string;
  readonly values: readonly VariableValue[];
  readonly path: YamlPath;
  /** Where each value stands. */
  readonly places: readonly YamlPath[];
}

/** Reads the lines of a file that lists values; `path` is where it is named. Undefined where it cannot be read, which it has noted. */
export type ReadList = (file: string, path: YamlPath) => readonly string[] | undefined;

/** The cases that `header` makes: its matrix in the order of the file, the last variable first to change, each with every row of its vector. */
export function casesOf(header: Header, readList: ReadList, problems: Problems): readonly Case[] {
  if (header.matrix === undefined && header.vector === undefined) {
    return [{ suffix: "", values: new Map() }];
  }
  const { exclude, include = [], ...lists } = header.matrix ?? {};
  const read = (part: "matrix" | "vector", entries: object): readonly Column[] =>
    Object.entries(entries).flatMap(([name, values]: [string, ValuesFile]) =>
      readColumn({ name, values, path: [part, name] }, readList, problems),
    );
  const matrix = read("matrix", lists).map((column) => withoutTwins(column, problems));
  const vector = read("vector", header.vector ?? {});
  checkNames(header, [...matrix, ...vector], problems);
  checkLengths(vector, problems);
  const rows = vector[0]?.values.length ?? 1;
  const count = matrix.reduce((product, { values }) => product * values.length, rows);
  if (count > maxCases) {
    const message = `the file describes ${count} cases, and ${maxCases} are the most`;
    problems.atKey(["matrix"], "KT0547", { message });
    return [];
  }
  const all = combinations(matrix).flatMap((values) => withRows(values, vector));
  const left = withoutExcluded(all, exclude ?? [], problems);
  const more = include.map((entry, index) =>
    extraCase(
      entry,
      { columns: [...matrix, ...vector], path: ["matrix", "include", index] },
      problems,
    ),
  );
  return named([...left, ...more], problems);
}

function readColumn(
  given: { readonly name: string; readonly values: ValuesFile; readonly path: YamlPath },
  readList: ReadList,
  problems: Problems,
): readonly Column[] {
  const { name, path } = given;
  const inFile = "file" in given.values;
  const values = inFile ? readList(given.values.file, [...path, "file"]) : given.values;
  if (values === undefined) return [];
  if (values.length === 0) {
    problems.at(path, "KT0545", {
      message: `\`${name}\` has no value`,
      hint: "write at least one",
    });
  }
  const place = (index: number): YamlPath => (inFile ? path : [...path, index]);
  values.forEach((value, index) => {
    if (typeof value === "string" && mentionsVariable(value)) {
      problems.at(place(index), "KT0545", {
        message: `the value \`${value}\` has a variable in it`,
        hint: "declare a variable in `variables:` that is made of this one",
      });
    }
  });
  return [{ name, values, path, places: values.map((_, index) => place(index)) }];
}

/** `column` with each value once; one that stands there again is noted, and would make cases of one name. */
function withoutTwins(column: Column, problems: Problems): Column {
  const { name, values, path, places } = column;
  const once = values.filter((value, index) => {
    const isFirst = values.indexOf(value) === index;
    if (!isFirst) {
      problems.at(places[index] ?? path, "KT0545", {
        message: `\`${name}\` has the value \`${value}\` twice`,
        hint: "delete one of them",
      });
    }
    return isFirst;
  });
  return { ...column, values: once };
}

/** Names that mean a scenario itself where an expectation says which are meant. */
export const reservedNames: readonly string[] = ["scenario", "truth", "technique"];

function checkNames(header: Header, columns: readonly Column[], problems: Problems): void {
  const seen = new Set(Object.keys(header.variables ?? {}));
  for (const { name, path } of columns) {
    if (seen.has(name)) {
      problems.atKey(path, "KT0545", {
        message: `the variable \`${name}\` is declared twice`,
        hint: "delete one of them",
      });
    } else if (reservedNames.includes(name)) {
      problems.atKey(path, "KT0545", {
        message: `\`${name}\` cannot be a variable: it is what expectations call the scenario's own`,
        hint: "choose another name",
      });
    }
    seen.add(name);
  }
}

/** The values of a vector go together, so there are as many of each. */
function checkLengths(vector: readonly Column[], problems: Problems): void {
  const [first, ...others] = vector;
  for (const { name, values, path } of others) {
    if (values.length === first?.values.length) continue;
    problems.at(path, "KT0545", {
      message: `\`${name}\` has ${values.length} values, and \`${first?.name}\` ${first?.values.length}`,
      hint: "the values of a vector go together: write as many of each, or use `matrix:`",
    });
  }
}

function combinations(matrix: readonly Column[]): readonly Variables[] {
  return matrix.reduce<readonly Variables[]>(
    (found, { name, values }) =>
      found.flatMap((before) => values.map((value) => new Map([...before, [name, value]]))),
    [new Map()],
  );
}

function withRows(values: Variables, vector: readonly Column[]): readonly Variables[] {
  const [first] = vector;
  if (first === undefined) return [values];
  return first.values.map(
    (_, row) =>
      new Map([
        ...values,
        ...vector.map((column) => [column.name, column.values[row] ?? null] as const),
      ]),
  );
}

function withoutExcluded(
  all: readonly Variables[],
  exclude: readonly Condition[],
  problems: Problems,
): readonly Variables[] {
  const domains = domainsOf(all);
  exclude.forEach((condition, index) => {
    const path = ["matrix", "exclude", index];
    const mistakes = conditionMistakes(condition, domains);
    for (const { key, message, hint } of mistakes) {
      problems.at([...path, key], "KT0546", { message, hint });
    }
    if (mistakes.length === 0 && !all.some((values) => meets(values, condition))) {
      problems.at(path, "KT0546", { message: "the entry leaves out no case", hint: "delete it" });
    }
  });
  return all.filter((values) => !exclude.some((condition) => meets(values, condition)));
}

/** A case of its own, which says the value of every variable. */
function extraCase(
  entry: Readonly<Record<string, VariableValue>>,
  place: { readonly columns: readonly Column[]; readonly path: YamlPath },
  problems: Problems,
): Variables {
  const { columns, path } = place;
  const lacking = columns.filter(({ name }) => !Object.hasOwn(entry, name));
  // Where as many keys are unknown, those are told, and what they may be.
  const unknown = Object.keys(entry).length + lacking.length - columns.length;
  if (lacking.length > unknown) {
    const names = lacking.map(({ name }) => `\`${name}\``).join(", ");
    problems.at(path, "KT0546", {
      message: `the case does not say ${names}`,
      hint: "an entry of `include` says every variable",
    });
  }
  const names = columns.map(({ name }) => name);
  for (const key of Object.keys(entry).filter((one) => !names.includes(one))) {
    problems.atKey([...path, key], "KT0546", {
      message: `neither the matrix nor the vector has a variable \`${key}\``,
      hint: suggestion(key, names),
    });
  }
  return new Map(columns.map(({ name }) => [name, entry[name] ?? null]));
}

function named(all: readonly Variables[], problems: Problems): readonly Case[] {
  const seen = new Set<string>();
  return all.map((values): Case => {
    const suffix = caseSuffix(values);
    if (seen.has(suffix)) {
      problems.at(["matrix"], "KT0545", {
        message: `two cases are called \`${suffix}\``,
        hint: "give each other values",
      });
    }
    seen.add(suffix);
    return { suffix, values };
  });
}
