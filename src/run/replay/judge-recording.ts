import { defined } from "../../base/defined.ts";
import type { MissingFixtures } from "../../kql/functions/missing-fixtures.ts";
import { cacheFolder } from "../../project/cache/cache-file.ts";
import { testLabel } from "../../atomic/types.ts";
import { kustoTimeoutMs } from "../../base/kusto-limits.ts";
import { timeOf, type Recording } from "../../recording/recording.ts";
import { scenarioFromRows } from "../../scenario/from-rows.ts";
import type { ScenarioEvent } from "../../scenario/model/types.ts";
import { formatInstant, parseInstant, ticksPerMillisecond } from "../../schema/time.ts";
import type { Rule } from "../../kql/rules/rule.ts";
import { evaluateRule, productEvents } from "../evaluate-rule.ts";
import { compileRule, type CompiledRule } from "../compile-rule.ts";
import { ruleEnvironments } from "../environments.ts";
import { readNow } from "../../project/now.ts";
import { createProblemList, keep } from "../../project/problem-list.ts";
import { readRecordings } from "../../project/read-recordings.ts";
import { compareWithTwin, type Comparison } from "./compare-with-twin.ts";
import type {
  RuleRequirement,
  FlaggedEvent,
  JudgedTest,
  Judgement,
  RuleReplay,
} from "./judgement.ts";
import type { ClaimedTest, JudgingProject } from "./judging-project.ts";
import { holds } from "./roles.ts";

export interface JudgeOptions {
  /** What `now()` is, ISO 8601; default: the end of the recording. */
  readonly now?: string;
  /** What answers for data that neither tables nor inputs hold. Default `error`. */
  readonly missingFixtures?: MissingFixtures;
}

/** What the rules of `project` do with the rows of `recording`, whether its test's demands hold, and how it compares with the twin. Throws an `InputError` where a rule cannot be evaluated. */
export async function judgeRecording(
  project: JudgingProject,
  recording: Recording,
  options: JudgeOptions = {},
): Promise<Judgement> {
  const { tables, ...head } = recording;
  const now = readNow(options.now ?? head.ended ?? undefined);
  const events = scenarioFromRows({ id: "recording", truth: "benign", rows: tables }).events({
    now,
  });
  const marker = head.atomic?.marker ?? undefined;
  const replayed = await replayRules(project, events, { ...options, now });
  const started = parseInstant(head.started ?? "");
  const rules = replayed.map(({ events: flagged, ...rule }): RuleReplay => ({
    ...rule,
    events: flagged.map((event) => flaggedEvent(event, marker)).toSorted(byTime),
    afterMs: delay(flagged, started),
  }));
  const { test } = project;
  return {
    recording: head,
    tables: Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length])),
    now: formatInstant(now),
    rules,
    test: test === undefined ? null : judgedTest(test, rules, { events, marker }),
    comparison:
      test === undefined ? null : await comparison(project, test, { now, events, marker }),
  };
}

function flaggedEvent(event: ScenarioEvent, marker: string | undefined): FlaggedEvent {
  const [time] = timeOf(event.row);
  return {
    ...event,
    time: time === undefined ? null : formatInstant(time),
    marked: holds(event.row, marker),
  };
}

/** In the order of time; those without one last, those of one time as they are. */
function byTime({ time: a }: FlaggedEvent, { time: b }: FlaggedEvent): number {
  if (a === b) return 0;
  return b === null || (a !== null && a < b) ? -1 : 1;
}

/** Milliseconds from `started` to the first of `events`. */
function delay(events: readonly ScenarioEvent[], started: bigint | undefined): number | null {
  const times = events.flatMap(({ row }) => timeOf(row));
  const [first] = times.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  if (first === undefined || started === undefined) return null;
  return Number((first - started) / ticksPerMillisecond);
}

interface Observed {
  readonly events: readonly ScenarioEvent[];
  readonly marker: string | undefined;
}

function judgedTest(
  { test, entry }: ClaimedTest,
  rules: readonly RuleReplay[],
  { events, marker }: Observed,
): JudgedTest {
  const byName = new Map(rules.map((rule) => [rule.rule, rule]));
  const demand =
    (must: RuleRequirement["must"]) =>
    (name: string): readonly RuleRequirement[] => {
      const rule = byName.get(name);
      if (rule === undefined) return [];
      const did = reaction(rule, marker);
      return [{ rule: name, must, did, holds: did === must }];
    };
  return {
    label: testLabel(test),
    guid: test.guid,
    name: test.name,
    class: entry.class,
    marker:
      marker === undefined
        ? null
        : { value: marker, rows: events.filter(({ row }) => holds(row, marker)).length },
    requirements: [
      ...entry.mustFire.flatMap(demand("fire")),
      ...entry.mustNotFire.flatMap(demand("stay-silent")),
    ],
  };
}

function reaction(
  { fired, events }: RuleReplay,
  marker: string | undefined,
): RuleRequirement["did"] {
  if (!fired) return "stay-silent";
  const isOfRun = marker === undefined || events.some(({ marked }) => marked);
  return isOfRun ? "fire" : "fire-elsewhere";
}

async function comparison(
  { root }: JudgingProject,
  { twin }: ClaimedTest,
  { now, events, marker }: Observed & { readonly now: bigint },
): Promise<Comparison> {
  const recorded = await readRecordings(root, [twin]);
  const claimed = twin.events({ now: twin.now ?? now, ...recorded });
  return compareWithTwin(twin.id, { twin: claimed, recorded: events }, marker);
}

type Replayed = Omit<RuleReplay, "events" | "afterMs"> & {
  readonly events: readonly ScenarioEvent[];
};

interface ReplayOptions extends Omit<JudgeOptions, "now"> {
  readonly now: bigint;
}

/** What each rule does with `events`. Throws one `InputError` of what is wrong with any rule. */
async function replayRules(
  project: JudgingProject,
  events: readonly ScenarioEvent[],
  options: ReplayOptions,
): Promise<readonly Replayed[]> {
  const environments = ruleEnvironments(project, options.missingFixtures);
  const cache = project.root === undefined ? {} : { cacheDir: cacheFolder(project.root) };
  const problems = createProblemList();
  const replayed: Replayed[] = [];
  for (const rule of project.rules) {
    try {
      const compiled = await compileRule(rule, { ...cache, ...environments(rule.dialect) });
      replayed.push(await replayRule(rule, compiled, { ...options, project, events }));
    } catch (error) {
      keep(problems.list, error);
    }
  }
  problems.throwIfAny();
  return replayed;
}

async function replayRule(
  rule: Rule,
  compiled: CompiledRule,
  {
    project: { fixtures },
    events,
    now,
    missingFixtures,
  }: ReplayOptions & {
    readonly project: JudgingProject;
    readonly events: readonly ScenarioEvent[];
  },
): Promise<Replayed> {
  const scenarios = [{ id: "recording", events }];
  const evaluation = await evaluateRule({ rule, ...compiled }, scenarios, {
    now,
    limits: { timeoutMs: kustoTimeoutMs },
    ...defined({ fixtures, missingFixtures }),
  });
  const { fired, rows, events: behind } = evaluation.outcome(0);
  const flagged = new Set(behind);
  return {
    rule: rule.name,
    fired,
    columns: evaluation.columns,
    rows,
    events: productEvents(rule.dialect, events).filter(({ id }) => flagged.has(id)),
  };
}
