import { posix } from "node:path";
import { suggestion } from "../../base/text.ts";
import type { Source } from "../../base/source.ts";
import { parseYaml, type YamlFile, type YamlPath } from "../../base/yaml.ts";
import { createProblems, type Problems } from "../model/problems.ts";
import { fileSuggestion } from "../model/nearest-file.ts";
import type { Surroundings, VariableValue } from "../model/types.ts";
import { dataOf, readPartHeader, type Header, type IncludeFile } from "./header.ts";

/** A scenario file, or one that it includes: read once, whatever the number of cases. */
export interface Part {
  readonly yaml: YamlFile;
  readonly header: Header;
  /** The files that it includes, in order. */
  readonly parts: readonly IncludedPart[];
}

/** A part and the values that the file which includes it gives to its variables. */
export interface IncludedPart {
  readonly part: Part;
  readonly values: Readonly<Record<string, VariableValue>>;
  /** Where the including file says so. */
  readonly path: YamlPath;
}

/** Files that include each other many times over would become a scenario that nobody could run. */
const maxParts = 500;

export interface Opening {
  readonly project: Surroundings;
  /** Paths of the files that are being read, outermost first. */
  readonly open: readonly string[];
  /** Counts what was opened. */
  readonly count: { parts: number };
}

/** The files that `header` of the file `yaml` includes. What is wrong with the places is noted, what is wrong inside them thrown. */
export function openParts(
  owner: { readonly yaml: YamlFile; readonly header: Header; readonly problems: Problems },
  opening: Opening,
): readonly IncludedPart[] {
  return (owner.header.include ?? []).flatMap((entry, index): readonly IncludedPart[] => {
    const path: YamlPath = ["include", index];
    const part = openPart(entry, { path, ...owner }, opening);
    if (part === undefined) return [];
    const values = typeof entry === "string" ? {} : (entry.with ?? {});
    noteUnknown(values, { part, path }, owner.problems);
    return [{ part, values, path }];
  });
}

function openPart(
  entry: IncludeFile,
  from: { readonly path: YamlPath; readonly yaml: YamlFile; readonly problems: Problems },
  opening: Opening,
): Part | undefined {
  const named = typeof entry === "string" ? entry : entry.file;
  const place = typeof entry === "string" ? from.path : [...from.path, "file"];
  const file = besides(from.yaml.source.file, named);
  const { open } = opening;
  if (file !== undefined && open.includes(file)) {
    const circle = [...open.slice(open.indexOf(file)), file].map((one) => `\`${one}\``).join(" → ");
    from.problems.at(place, "KT0543", {
      message: `the files include each other: ${circle}`,
      hint: "put what both need into a third file",
    });
    return undefined;
  }
  const source = readNamed(
    { file, named, place, owner: from.yaml.source.file, endings: [".yaml", ".yml"] },
    opening.project,
    from.problems,
  );
  if (source === undefined || file === undefined) return undefined;
  if (++opening.count.parts > maxParts) {
    from.problems.at(place, "KT0547", { message: `more than ${maxParts} files are included` });
    return undefined;
  }
  return readPart(parseYaml(source, "KT0500"), { ...opening, open: [...open, file] });
}

function readPart(yaml: YamlFile, opening: Opening): Part {
  const header = readPartHeader(yaml);
  const problems = createProblems(yaml);
  for (const key of ["matrix", "vector"] as const) {
    if (!Object.hasOwn(dataOf(yaml), key)) continue;
    problems.atKey([key], "KT0548", {
      message: "a file that describes several cases cannot be included",
      hint: "put what both share into a file that has no cases",
    });
  }
  const parts = openParts({ yaml, header, problems }, opening);
  problems.check();
  return { yaml, header, parts };
}

function noteUnknown(
  values: Readonly<Record<string, VariableValue>>,
  to: { readonly part: Part; readonly path: YamlPath },
  problems: Problems,
): void {
  const known = Object.keys(to.part.header.variables ?? {});
  for (const name of Object.keys(values).filter((one) => !known.includes(one))) {
    problems.atKey([...to.path, "with", name], "KT0541", {
      message: `\`${to.part.yaml.source.file}\` declares no variable \`${name}\``,
      hint: suggestion(name, known),
    });
  }
}

/** The path in the project that `named` is, seen from `file`; undefined where it leads out of it. */
export function besides(file: string, named: string): string | undefined {
  if (/^[\\/]|\\|^[A-Za-z]:|\0/.test(named)) return undefined;
  const path = posix.normalize(posix.join(posix.dirname(file), named));
  return path === ".." || path.startsWith("../") ? undefined : path;
}

/** The file that stands `besides` another, read; what is wrong with that is noted at `place`. */
export function readNamed(
  what: {
    readonly file: string | undefined;
    readonly named: string;
    readonly place: YamlPath;
    /** The file that names it. */
    readonly owner: string;
    /** What it may end in. */
    readonly endings: readonly string[];
  },
  { readFile, listFiles }: Surroundings,
  problems: Problems,
): Source | undefined {
  const { file, named, place, owner, endings } = what;
  if (file === undefined) {
    problems.at(place, "KT0543", {
      message: `\`${named}\` leads out of the project`,
      hint: "write a path inside the project that starts from this file's folder, with `/`",
    });
    return undefined;
  }
  const source = readFile(file);
  if (source === undefined) {
    problems.at(place, "KT0543", {
      message: `there is no file \`${file}\``,
      hint: fileSuggestion({ file, owner, endings }, listFiles) ?? "write its path from this file",
    });
  }
  return source;
}
