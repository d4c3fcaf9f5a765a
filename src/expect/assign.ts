import { defined } from "../base/defined.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import { conditionMistakes, domainsOf } from "../scenario/expand/condition.ts";
import { reservedNames } from "../scenario/expand/cases.ts";
import type { CaseEntry, CasesFile } from "./cases-file.ts";
import { isMeant, type Subject } from "./subject.ts";

/** Which entry of a file is for which scenario. */
export interface Assignment {
  /** By the scenario's id; ids without an entry are missing. */
  readonly entries: ReadonlyMap<string, CaseEntry>;
  /** Ids that no entry is for. */
  readonly uncovered: readonly string[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Finds the one entry of `file` that is for each of `subjects`. Two that are is a mistake (KT0609), so that their
 * order never matters; an entry without a condition is for whatever no other is for. Where `subjects` are all that
 * the file can be about, an entry that is for none is one too (KT0605, KT0606, KT0607).
 */
export function assignCases(
  file: CasesFile,
  subjects: readonly Subject[],
  { whole }: { readonly whole: boolean },
): Assignment {
  const problems: Diagnostic[] = whole ? [...spellingMistakes(file, subjects)] : [];
  const rest = file.entries.filter(({ when }) => when === undefined);
  const [otherwise, second] = rest;
  if (second !== undefined) {
    problems.push(
      problemAt(file, second, {
        code: "KT0610",
        message: "two entries have no `when`, and only one can be for the rest",
        hint: "say of one of them what it is for",
      }),
    );
  }
  const entries = new Map<string, CaseEntry>();
  const overlaps = new Map<
    string,
    { readonly pair: readonly [CaseEntry, CaseEntry]; readonly ids: string[] }
  >();
  const uncovered: string[] = [];
  for (const subject of subjects) {
    const meant = file.entries.filter(({ when }) => when !== undefined && isMeant(subject, when));
    const [entry = otherwise, other] = meant;
    if (entry === undefined) uncovered.push(subject.id);
    else entries.set(subject.id, entry);
    if (entry === undefined || other === undefined) continue;
    const key = `${entry.path.join(".")} ${other.path.join(".")}`;
    const overlap = overlaps.get(key) ?? { pair: [entry, other], ids: [] };
    overlap.ids.push(subject.id);
    overlaps.set(key, overlap);
  }
  for (const { pair, ids } of overlaps.values()) problems.push(overlapProblem(file, pair, ids));
  if (whole && problems.length === 0) problems.push(...unusedEntries(file, entries));
  return { entries, uncovered, problems };
}

/** Names and values in conditions that no scenario has. */
function spellingMistakes(file: CasesFile, subjects: readonly Subject[]): readonly Diagnostic[] {
  if (file.entries.every(({ when }) => when === undefined)) return [];
  const domains = domainsOf(subjects.map(({ variables }) => variables));
  const ownNames = subjects.some(({ own }) => own !== undefined) ? reservedNames : [];
  return file.entries.flatMap(({ path, when = {} }) => {
    const ofVariables = Object.fromEntries(
      Object.entries(when).filter(([name]) => !ownNames.includes(name)),
    );
    return conditionMistakes(ofVariables, domains).map(
      ({ kind, key, message, hint }): Diagnostic => ({
        code: kind === "variable" ? "KT0605" : "KT0606",
        message,
        source: file.yaml.source,
        span:
          kind === "variable"
            ? file.yaml.keySpan([...path, "when", key])
            : file.yaml.span([...path, "when", key]),
        ...defined({ hint }),
      }),
    );
  });
}

function overlapProblem(
  file: CasesFile,
  [entry, other]: readonly [CaseEntry, CaseEntry],
  ids: readonly string[],
): Diagnostic {
  const first = Number(entry.path[1]) + 1;
  return problemAt(file, other, {
    code: "KT0609",
    message: `the entries ${first} and ${Number(other.path[1]) + 1} are for the same case`,
    hint: "narrow one of them with another condition; their order decides nothing",
    cases: ids,
  });
}

function unusedEntries(
  file: CasesFile,
  entries: ReadonlyMap<string, CaseEntry>,
): readonly Diagnostic[] {
  const used = new Set(entries.values());
  return file.entries
    .filter((entry) => !used.has(entry))
    .map((entry) =>
      problemAt(file, entry, {
        code: "KT0607",
        message:
          entry.when === undefined
            ? "no case is left for the entry"
            : "the condition means no case",
        hint: "delete the entry, or mend its condition",
      }),
    );
}

function problemAt(
  { yaml }: CasesFile,
  { path, when }: CaseEntry,
  problem: Pick<Diagnostic, "code" | "message" | "hint" | "cases">,
): Diagnostic {
  const place = when === undefined ? path : [...path, "when"];
  return { ...problem, source: yaml.source, span: yaml.keySpan(place) };
}
