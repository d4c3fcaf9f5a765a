import { defined } from "./base/defined.ts";
import {
  missingFixturesOf,
  type MissingFixturesOptions,
} from "./kql/functions/missing-fixtures.ts";
import { join, resolve } from "node:path";
import { InputError } from "./base/diagnostic.ts";
import { suggestion } from "./base/text.ts";
import type { Inputs } from "./kql/environment.ts";
import { readRule } from "./kql/rules/rule-file.ts";
import type { Rule } from "./kql/rules/rule.ts";
import { discover } from "./project/rule-discovery.ts";
import { readSource } from "./project/project-files.ts";
import { loadInputs } from "./project/inputs.ts";
import { indexScenarios } from "./project/scenarios/scenario-index.ts";
import { runSuite } from "./run/suite.ts";
import type { CheckResult } from "./run/types.ts";
import { fileIdOf } from "./scenario/expand/case-name.ts";
import { knownTable } from "./scenario/model/recorded-rows.ts";
import { scenarioFromRows } from "./scenario/from-rows.ts";
import type { Scenario, ScenarioEvent } from "./scenario/model/types.ts";
import type { Dialect, Table } from "./schema/tables.ts";
import { formatInstant, ticksPerMinute } from "./schema/time.ts";
import type { Row, Tables } from "./schema/types.ts";

/** What a rule is run against: a scenario of the project by its id (`T1102/fan-out`), or rows by table. A row without its `Timestamp` happened a minute before `now`. */
export type Given = string | Tables;

export interface DetectionOptions extends MissingFixturesOptions {
  /** Folder of the project; default: the current one. */
  readonly root?: string;
  /** What `now()` is, ISO 8601; fixed where it is absent. */
  readonly now?: string;
  readonly seed?: number;
}

/** A query that is no rule of the project. */
export interface QueryText {
  readonly kql: string;
  /** Default: `defender-xdr`. */
  readonly dialect?: Dialect;
}

/** A rule that is ready to be run. Nothing is read before it is. */
export interface Detection {
  /** The rule's name, or `query`. */
  readonly name: string;
  /** The rows it gives for `given`. */
  readonly rows: (given: Given) => Promise<readonly Row[]>;
  /** What it does with `given`, judged as if `given` were an attack: a true-positive where it fires, a false-negative where it does not. */
  readonly run: (given: Given) => Promise<CheckResult>;
}

/** The rule of the project called `rule`, or the query `rule.kql`. Running it throws an `InputError` for a name that is none or KQL that is wrong. */
export function detection(rule: string | QueryText, options: DetectionOptions = {}): Detection {
  const root = resolve(options.root ?? ".");
  const { now, seed } = options;
  const missingFixtures = missingFixturesOf(options);
  const run = async (given: Given): Promise<CheckResult> => {
    const inputs = loadInputs(root);
    const scenario =
      typeof given === "string" ? await findScenario(root, given) : fromRows(given, inputs);
    const result = await runSuite({
      project: {
        root,
        rules: [typeof rule === "string" ? findRule(root, rule) : ruleOf(rule)],
        // What it really was does not matter here, only whether the rule fires.
        scenarios: [{ ...scenario, truth: "malicious" }],
        expectations: [],
        ...inputs,
      },
      ...defined({ now, seed, missingFixtures }),
    });
    const [error] = result.errors;
    if (error !== undefined) throw new InputError(error.diagnostics);
    const [check] = result.checks;
    if (check === undefined) throw new Error("a run without a check");
    return check;
  };
  return {
    name: typeof rule === "string" ? rule : "query",
    rows: async (given) => (await run(given)).rows.map(({ row }) => row),
    run,
  };
}

function findRule(root: string, name: string): Rule {
  const { rules } = discover(root);
  const found = rules.get(name);
  if (found === undefined) throw unknown("rule", name, [...rules.keys()]);
  const rule = readRule(readSource(root, found.file), name);
  return found.reference === undefined ? rule : { ...rule, reference: join(root, found.reference) };
}

async function findScenario(root: string, id: string): Promise<Scenario> {
  const { scenarios } = discover(root);
  const wanted = (one: string): boolean => one === id;
  // No other file is read, and no other module run, unless there is no such scenario.
  const own = [...scenarios].filter(([file]) => file === id || file === fileIdOf(id));
  const index = await indexScenarios(root, new Map(own), { wanted });
  if (index.has(id)) return index.load(id);
  throw unknown("scenario", id, (await indexScenarios(root, scenarios, { wanted })).ids);
}

function unknown(what: string, name: string, names: readonly string[]): InputError {
  const hint = suggestion(name, names);
  return new InputError({
    code: "KT0906",
    message: `the project has no ${what} \`${name}\``,
    ...defined({ hint }),
  });
}

function ruleOf({ kql, dialect = "defender-xdr" }: QueryText): Rule {
  const rule = readRule({ file: "query.kql", text: kql }, "query");
  return { ...rule, dialect };
}

function fromRows(rows: Tables, { tables = [] }: Inputs): Scenario {
  const own = new Map(tables.map((table) => [table.name, table]));
  const scenario = scenarioFromRows({ id: "rows", truth: "malicious", rows });
  return {
    ...scenario,
    events: (options) =>
      scenario
        .events(options)
        .map((event) =>
          withTime(event, knownTable(event.table, own), options.now - ticksPerMinute),
        ),
  };
}

/** `event` at `time` where its row does not say when it happened: a rule that looks back a day would never see it. */
function withTime(event: ScenarioEvent, table: Table | undefined, time: bigint): ScenarioEvent {
  const names = (table?.columns ?? []).map(({ name }) => name);
  const [column] = timeColumns.filter((name) => names.includes(name));
  const isTimed = timeColumns.some((name) => name in event.row);
  if (isTimed || column === undefined) return event;
  return { ...event, row: { ...event.row, [column]: formatInstant(time) } };
}

/** What tables call the time of an event; Defender's, where a table has both. */
const timeColumns = ["Timestamp", "TimeGenerated"];
