import type { MissingFixtures } from "../kql/functions/missing-fixtures.ts";
import type { DuckDBValue } from "@duckdb/node-api";
import { duckdb } from "./database/duckdb-api.ts";
import type { Insertion } from "../kql/insertions.ts";
import { columnsOf } from "../plan/ir/columns.ts";
import { lineageColumn, scenarioColumn } from "../plan/passes/isolate/hidden.ts";
import { optimise, optimiseIsolated, type Pass } from "../plan/passes/index.ts";
import type { Program } from "../plan/ir/types.ts";
import { columnsRead } from "../plan/passes/columns-read.ts";
import { prefilterOf } from "../plan/passes/prefilter.ts";
import type { Fixtures } from "../schema/fixtures.ts";
import type { Column } from "../schema/types.ts";
import { isAsciiProgram } from "../sql/text/ascii.ts";
import { columnNames } from "../sql/distinct-names.ts";
import { programSql } from "../sql/program.ts";
import type { BatchResult, BatchRow, BatchScenario } from "./batch.ts";
import { openDatabase } from "./database/database.ts";
import { discover } from "./discover.ts";
import { checkEvents, listEvents } from "./event-lists.ts";
import { storeEvents } from "./database/event-tables.ts";
import { prefilterEvents } from "./prefilter-events.ts";
import { fixtureGroups, type FixtureGroup } from "./fixtures/fixture-groups.ts";
import { createFixtureStore, fixtureReads } from "./fixtures/fixture-store.ts";
import { createDeadline, limitsWith, type Deadline, type Limits } from "./limits.ts";
import { nested } from "./nesting.ts";
import { fromDatabase } from "./database/database-values.ts";

const { DuckDBListValue } = duckdb;

export interface EvaluateOptions {
  /** What `now()` is, in ticks. */
  readonly now: bigint;
  /** The rule with the columns of its plugins written behind their calls; needed where they depend on data. */
  readonly recompile?: (insertions: readonly Insertion[]) => Program | Promise<Program>;
  /** The passes that run; all of them by default. No answer depends on it. */
  readonly passes?: readonly Pass[];
  /** A scenario at a time, though all at once would be exact. No answer depends on it. */
  readonly oneByOne?: boolean;
  /** From so many events on, those without a part in the answer are left out of the database. No answer depends on it. */
  readonly prefiltersFrom?: number;
  /** What answers, in every scenario, for data that is in no table. */
  readonly fixtures?: Fixtures;
  /** What answers where a scenario lacks what the rule reads of them. Default `error`. */
  readonly missingFixtures?: MissingFixtures;
  /** Limits of the whole evaluation; the time is that of all its queries together. */
  readonly limits?: Partial<Limits>;
  /** When it must have ended, where it is part of something longer. Default: `limits.timeoutMs` from now. */
  readonly deadline?: Deadline;
}

/** Sifting costs some small queries; storing fewer events than this costs less. */
const eventsToPrefilter = 2000;

/** The rows that a rule gives for each scenario by itself, with the events behind them: one query for all scenarios where that is exact. */
export function evaluateBatch(
  program: Program,
  scenarios: readonly BatchScenario[],
  options: EvaluateOptions,
): Promise<BatchResult> {
  return nested(() => evaluate(program, scenarios, options));
}

async function evaluate(
  program: Program,
  scenarios: readonly BatchScenario[],
  given: EvaluateOptions,
): Promise<BatchResult> {
  const { limits, deadline = createDeadline(limits?.timeoutMs ?? 0) } = given;
  const options = { ...given, deadline };
  if (program.discovery !== undefined) return evaluateOpen(program, scenarios, options);
  const columns = columnsOf(program.body);
  const isolated =
    options.oneByOne === true ? undefined : optimiseIsolated(program, options.passes);
  if (isolated !== undefined) {
    const groups = fixtureGroups(scenarios, { reads: fixtureReads(program), ...options });
    const rows: BatchRow[] = [];
    for (const group of groups) {
      const found = await evaluateIsolated(isolated, { columns, group, ...options });
      for (const row of found) rows.push({ ...row, scenario: group.indexes[row.scenario] ?? 0 });
    }
    return { columns, rows: groups.length === 1 ? rows : inOrder(rows) };
  }
  const rows: BatchRow[] = [];
  for (const [scenario, alone] of scenarios.entries()) {
    const answers = await evaluateAlone(program, alone, options);
    // Without isolation no row knows its events; all of its scenario's is what is known.
    const all = alone.events.map((_, index) => index);
    for (const values of answers) rows.push({ scenario, events: all, values });
  }
  return { columns, rows };
}

/** A rule whose columns depend on its data, a scenario at a time. A column that a scenario lacks is null in its rows. */
async function evaluateOpen(
  program: Program,
  scenarios: readonly BatchScenario[],
  options: EvaluateOptions,
): Promise<BatchResult> {
  const { recompile } = options;
  if (recompile === undefined) throw new Error("columns that depend on data and no way to them");
  const columns = new Map<string, Column>();
  const parts: { readonly own: readonly Column[]; readonly row: BatchRow }[] = [];
  for (const [scenario, alone] of scenarios.entries()) {
    const whole = await discover(program, {
      compile: recompile,
      read: (probe) => runAlone(optimise(probe, options.passes), alone, options),
    });
    const own = columnsOf(whole.body);
    for (const column of own) {
      const known = columns.get(column.name);
      const same = known === undefined || known.type === column.type;
      columns.set(column.name, same ? column : { ...column, type: "dynamic" });
    }
    const events = alone.events.map((_, index) => index);
    for (const values of await evaluateAlone(whole, alone, options)) {
      parts.push({ own, row: { scenario, events, values } });
    }
  }
  const all = [...columns.values()];
  const rows = parts.map(({ own, row }): BatchRow => {
    const byName = new Map(own.map(({ name }, index) => [name, row.values[index] ?? null]));
    return { ...row, values: all.map(({ name }) => byName.get(name) ?? null) };
  });
  return { columns: all, rows };
}

/** Stable: within a scenario the rule's own order stays. */
function inOrder(rows: readonly BatchRow[]): readonly BatchRow[] {
  return rows.toSorted((a, b) => a.scenario - b.scenario);
}

interface IsolatedRun extends EvaluateOptions {
  readonly columns: readonly Column[];
  readonly group: FixtureGroup;
}

async function evaluateIsolated(program: Program, run: IsolatedRun): Promise<readonly BatchRow[]> {
  const values = await runOnEvents(program, run.group, run);
  return batchRows(values, columnsOf(program.body), run);
}

/** The columns that `program` gives over the events of one scenario. */
async function runAlone(
  program: Program,
  scenario: BatchScenario,
  options: EvaluateOptions,
): Promise<readonly (readonly DuckDBValue[])[]> {
  const groups = fixtureGroups([scenario], { reads: fixtureReads(program), ...options });
  const [group] = groups;
  if (group === undefined) throw new Error("a scenario without a group");
  return runOnEvents(program, group, options);
}

/** The columns that `program` gives over the events of a group. */
async function runOnEvents(
  program: Program,
  { scenarios, fixtures }: FixtureGroup,
  { now, prefiltersFrom = eventsToPrefilter, limits, deadline }: EvaluateOptions,
): Promise<readonly (readonly DuckDBValue[])[]> {
  const database = await openDatabase(limitsWith(limits), deadline);
  try {
    const read = columnsRead(program);
    await database.lock(1);
    const all = listEvents(scenarios, read.keys());
    const prefilters =
      sum(Array.from(all.values(), ({ events }) => events.length)) >= prefiltersFrom;
    if (prefilters)
      for (const [table, list] of all) checkEvents(list, read.get(table) ?? [], scenarios);
    const lists = prefilters
      ? await prefilterEvents(all, prefilterOf(program), { database, scenarios, now })
      : all;
    const events = await storeEvents(database, { scenarios, lists, read });
    const found = await createFixtureStore(database, fixtures).store(program);
    const sql = programSql(program, {
      now,
      ascii: events.ascii && found.ascii && isAsciiProgram(program),
      names: columnNames(program),
      stored: (table) => found.tables.get(table) ?? events.stored(table),
    });
    return await database.read(sql);
  } finally {
    database.close();
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function batchRows(
  values: readonly (readonly DuckDBValue[])[],
  stored: readonly Column[],
  { columns }: IsolatedRun,
): readonly BatchRow[] {
  const at = new Map(stored.map(({ name }, index) => [name, values[index] ?? []]));
  const column = (name: string): readonly DuckDBValue[] => at.get(name) ?? [];
  const scenarios = column(scenarioColumn.name);
  const lineages = column(lineageColumn.name);
  const cells = columns.map(({ name, type }) => ({ type, values: column(name) }));
  const rows = scenarios.map((scenario, row): BatchRow => ({
    scenario: Number(scenario),
    events: eventNumbers(lineages[row] ?? null),
    values: cells.map(({ type, values: cell }) => fromDatabase(cell[row] ?? null, type)),
  }));
  return inOrder(rows);
}

function eventNumbers(lineage: DuckDBValue): readonly number[] {
  if (!(lineage instanceof DuckDBListValue)) return [];
  // Those below 0 only keep elements of one event in their order.
  const events = lineage.items.map(Number).filter((number) => number >= 0);
  return [...new Set(events)].toSorted((a, b) => a - b);
}

/** One scenario in a database of its own. */
async function evaluateAlone(
  program: Program,
  scenario: BatchScenario,
  options: EvaluateOptions,
): Promise<readonly BatchRow["values"][]> {
  const optimised = optimise(program, options.passes);
  const columns = columnsOf(optimised.body);
  const values = await runAlone(optimised, scenario, options);
  return Array.from({ length: values[0]?.length ?? 0 }, (_, row) =>
    columns.map(({ type }, index) => fromDatabase(values[index]?.[row] ?? null, type)),
  );
}
