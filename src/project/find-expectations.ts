import type { Diagnostic } from "../base/diagnostic.ts";
import { assignCases } from "../expect/assign.ts";
import { expectationOf, readCases, type CasesFile } from "../expect/cases-file.ts";
import { readExpectation } from "../expect/read-expectation.ts";
import { isTechnique, subjectOf, type Subject } from "../expect/subject.ts";
import type { ExpectationFile } from "../expect/types.ts";
import { fileIdOf } from "../scenario/expand/case-name.ts";
import type { Scenario } from "../scenario/model/types.ts";
import { fileProblem, readSource } from "./project-files.ts";
import type { ProblemList } from "./problem-list.ts";
import type { ScenarioIndex } from "./scenarios/scenario-index.ts";

/** Where the expectation of a check is kept, relative to the project, if no file for several scenarios has it. */
export function expectationPath(rule: string, scenario: string): string {
  return `expected/${rule}/${fileIdOf(scenario)}.yaml`;
}

/** The paths at which an expectation of `rule` for `scenario` may stand, the nearest first: its own file, those of its folders, the rule's. */
export function expectationPaths(rule: string, scenario: string): readonly string[] {
  const parts = fileIdOf(scenario).split("/");
  const nested = parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
  return [...nested.map((path) => `expected/${rule}/${path}.yaml`), `expected/${rule}.yaml`];
}

/** The checks for which expectations are looked for. */
export interface Wanted {
  readonly root: string;
  /** Paths of the files there are. */
  readonly paths: ReadonlySet<string>;
  readonly index: ScenarioIndex;
  /** The scenarios that could be read, by id. */
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** Whether all scenarios are selected, so that an expectation which is for none is a mistake. */
  readonly whole: boolean;
  /** True: scenarios that no expectation is for are no mistake. */
  readonly lenient: boolean;
}

export interface FoundExpectations {
  readonly files: readonly ExpectationFile[];
  /** Scenarios that no file is for. */
  readonly missing: readonly string[];
}

/** The expectations of `rule` for the scenarios `ids`, each from the nearest file; mistakes go to `problems`. */
export function findExpectations(
  rule: string,
  ids: readonly string[],
  { wanted, problems }: { readonly wanted: Wanted; readonly problems: ProblemList },
): FoundExpectations {
  const groups = new Map<string, string[]>();
  const missing: string[] = [];
  for (const id of ids) {
    const path = expectationPaths(rule, id).find((one) => wanted.paths.has(one));
    if (path === undefined) missing.push(id);
    else if (groups.get(path)?.push(id) === undefined) groups.set(path, [id]);
  }
  const found = [...groups].flatMap(([path, group]) => {
    return problems.collect(() => groupExpectations(rule, { path, group }, { wanted, problems }));
  });
  return {
    files: found.flatMap((one) => one?.files ?? []),
    missing: [...missing, ...found.flatMap((one) => one?.missing ?? [])],
  };
}

interface Group {
  readonly path: string;
  readonly group: readonly string[];
}

interface Context {
  readonly wanted: Wanted;
  readonly problems: ProblemList;
}

/** The expectations of scenarios that share a file. */
function groupExpectations(
  rule: string,
  { path, group }: Group,
  context: Context,
): FoundExpectations {
  const [first = ""] = group;
  const { wanted, problems } = context;
  const source = readSource(wanted.root, path);
  const isOwn = path === expectationPath(rule, first);
  if (isOwn && fileIdOf(first) === first) {
    return { files: [readExpectation(source, rule, first)], missing: [] };
  }
  const file = readCases(source);
  if (path !== `expected/${rule}.yaml`) noteTechniques(file, problems);
  if (isOwn) {
    return shared(rule, { file, group, subjects: casesOfFile(first, wanted.index) }, context);
  }
  const scenarios = group.flatMap((id) => wanted.scenarios.get(id) ?? []);
  const outside = scenarios.filter((scenario) => !isConcerned(scenario, file));
  const inside = scenarios.filter((scenario) => !outside.includes(scenario));
  const others = outside.map((scenario) => unconcerned(rule, scenario.id, file));
  const ids = inside.map(({ id }) => id);
  if (file.entries.length === 0) return { files: others, missing: ids };
  const found = shared(rule, { file, group: ids, subjects: inside.map(subjectOf) }, context);
  return { files: [...others, ...found.files], missing: found.missing };
}

/** That `rule`, which is not for the technique of `scenario`, stays silent. */
function unconcerned(rule: string, scenario: string, { yaml }: CasesFile): ExpectationFile {
  return {
    rule,
    scenario,
    expectation: { verdict: "true-negative" },
    yaml,
    entry: ["techniques"],
    inScope: false,
  };
}

/** Of a scenario that names no technique nobody knows that it is of another. */
function isConcerned({ technique }: Scenario, { techniques }: CasesFile): boolean {
  if (techniques === undefined || technique === undefined) return true;
  return techniques.some((one) => isTechnique(technique, one));
}

function noteTechniques({ techniques, yaml }: CasesFile, problems: ProblemList): void {
  if (techniques === undefined) return;
  problems.list.push({
    code: "KT0611",
    message: "which techniques a rule is for stands in one place",
    source: yaml.source,
    span: yaml.keySpan(["techniques"]),
    hint: `write \`techniques:\` in \`${yaml.source.file.split("/", 2).join("/")}.yaml\``,
  });
}

/** Every case of the file of `scenario`, whether it is selected or not: a condition is judged by all of them. */
function casesOfFile(scenario: string, index: ScenarioIndex): readonly Subject[] {
  return index.casesOf(fileIdOf(scenario)).map(({ id, case: one }) => ({
    id,
    variables: new Map(Object.entries(one?.variables ?? {})),
  }));
}

function shared(
  rule: string,
  of: {
    readonly file: CasesFile;
    readonly group: readonly string[];
    readonly subjects: readonly Subject[];
  },
  { wanted, problems }: Context,
): FoundExpectations {
  const { file, group, subjects } = of;
  const isOwn = subjects[0]?.own === undefined;
  const assignment = assignCases(file, subjects, { whole: isOwn || wanted.whole });
  problems.list.push(...assignment.problems);
  if (!wanted.lenient && assignment.uncovered.length > 0) {
    problems.list.push(uncoveredProblem(file, assignment.uncovered));
  }
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  const files = group.flatMap((id): readonly ExpectationFile[] => {
    const [entry, subject] = [assignment.entries.get(id), byId.get(id)];
    if (entry === undefined || subject === undefined) return [];
    const { expectation, problems: unknown } = expectationOf(entry, subject, file);
    problems.list.push(...unknown);
    return [{ rule, scenario: id, expectation, yaml: file.yaml, entry: entry.path }];
  });
  return { files, missing: [] };
}

function uncoveredProblem({ yaml }: CasesFile, ids: readonly string[]): Diagnostic {
  return {
    code: "KT0608",
    message: `no entry is for ${listed(ids)}`,
    source: yaml.source,
    span: yaml.keySpan(["cases"]),
    hint: "say what is expected of them, or write an entry without `when`",
  };
}

/** Up to five names, and how many more there are. */
function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).map((id) => `\`${id}\``);
  const more = ids.length > shown.length ? ` and ${ids.length - shown.length} more` : "";
  return `${shown.join(", ")}${more}`;
}

/** That `rule`, whose file is `file`, has no expectation for the scenarios `ids`. */
export function missingProblem(rule: string, file: string, ids: readonly string[]): Diagnostic {
  const withCases = ids.find((id) => fileIdOf(id) !== id);
  const cases =
    withCases === undefined
      ? ""
      : `; those of cases are for a person to write, in \`${expectationPath(rule, withCases)}\``;
  return fileProblem("KT0704", file, {
    message: `the rule has no expectation for ${listed(ids)}`,
    hint: `\`kqltest --update\` writes what the rule does now to \`expected/${rule}/\`; read it before it is committed${cases}`,
  });
}
