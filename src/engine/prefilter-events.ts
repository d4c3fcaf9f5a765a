import type { DuckDBValue } from "@duckdb/node-api";
import type { Alternative, ColumnCondition, Prefilter } from "../plan/passes/prefilter.ts";
import type { Program, Rel } from "../plan/ir/types.ts";
import type { Column } from "../schema/types.ts";
import { isAsciiProgram } from "../sql/text/ascii.ts";
import { columnNames } from "../sql/distinct-names.ts";
import { programSql } from "../sql/program.ts";
import type { BatchScenario } from "./batch.ts";
import { createTable, storedColumns, type Database } from "./database/database.ts";
import { cellReader, pickEvents, type EventList } from "./event-lists.ts";

export interface PrefilterContext {
  readonly database: Database;
  readonly scenarios: readonly BatchScenario[];
  /** What `now()` is, in ticks. */
  readonly now: bigint;
}

/**
 * The events that can have a part in the answer of a program. Most events are nothing that a detection looks for, and a
 * column or two are enough to see it; each value in these is asked about once. A scenario that lacks what every row
 * needs is left out whole.
 */
export async function prefilterEvents(
  lists: ReadonlyMap<string, EventList>,
  { alternatives, required }: Prefilter,
  context: PrefilterContext,
): Promise<ReadonlyMap<string, EventList>> {
  const open = new Uint8Array(context.scenarios.length).fill(1);
  const ask = createAsking(context);
  const sifted = new Map<string, EventList>();
  for (const [table, list] of lists) {
    const asked = alternatives.get(table);
    const passing =
      asked === undefined
        ? list
        : await passingEvents(inScenarios(list, open), asked, { ask, ...context });
    sifted.set(table, passing);
    if (required.has(table)) keepOnly(open, passing.scenarios);
  }
  return new Map(Array.from(sifted, ([table, list]) => [table, inScenarios(list, open)]));
}

function inScenarios(list: EventList, open: Uint8Array): EventList {
  const indexes: number[] = [];
  for (let index = 0; index < list.scenarios.length; index++) {
    if (open[list.scenarios[index] ?? -1] === 1) indexes.push(index);
  }
  return indexes.length === list.events.length ? list : pickEvents(list, indexes);
}

function keepOnly(open: Uint8Array, scenarios: readonly number[]): void {
  const found = new Uint8Array(open.length);
  for (const scenario of scenarios) found[scenario] = 1;
  for (const [scenario, is] of found.entries()) if (is === 0) open[scenario] = 0;
}

/** 1 for each of distinct `values` that meets `condition`. */
type Ask = (condition: ColumnCondition, values: readonly DuckDBValue[]) => Promise<Uint8Array>;

interface Passing {
  readonly scenarios: readonly BatchScenario[];
  readonly ask: Ask;
}

/** The events that meet all conditions of some alternative. */
async function passingEvents(
  list: EventList,
  alternatives: readonly Alternative[],
  { scenarios, ask }: Passing,
): Promise<EventList> {
  const passing = new Uint8Array(list.events.length);
  for (const conditions of alternatives) {
    let open = indexesOf(passing, 0);
    for (const condition of conditions) {
      const read = cellReader(list, condition.column, scenarios);
      const coded = code(open, read);
      if (coded === undefined) continue;
      const meets = await ask(condition, coded.values);
      open = open.filter((_, at) => meets[coded.codes[at] ?? -1] === 1);
    }
    for (const index of open) passing[index] = 1;
  }
  return pickEvents(list, indexesOf(passing, 1));
}

function indexesOf(flags: Uint8Array, flag: 0 | 1): readonly number[] {
  const indexes: number[] = [];
  for (let index = 0; index < flags.length; index++) if (flags[index] === flag) indexes.push(index);
  return indexes;
}

interface Coded {
  /** For each index the place of its value among `values`. */
  readonly codes: Int32Array;
  readonly values: readonly DuckDBValue[];
}

/** From so many values on they must repeat. */
const manyValues = 1000;

/** The values at `indexes`, each once; undefined where most are different, so that asking about each saves nothing. */
function code(indexes: readonly number[], read: (index: number) => DuckDBValue): Coded | undefined {
  const codes = new Int32Array(indexes.length);
  const known = new Map<DuckDBValue, number>();
  let at = 0;
  for (const index of indexes) {
    const value = read(index);
    let found = known.get(value);
    if (found === undefined) {
      found = known.size;
      known.set(value, found);
      if (found > manyValues && found > at / 2) return undefined;
    }
    codes[at] = found;
    at += 1;
  }
  return { codes, values: [...known.keys()] };
}

const codeColumn: Column = { name: "$code", type: "int" };

/** Asks DuckDB, by the same translation that the query itself has. */
function createAsking({ database, now }: PrefilterContext): Ask {
  let tables = 0;
  return async ({ column, where }, values) => {
    tables += 1;
    const table = `$values ${tables}`;
    const columns = [codeColumn, column];
    const names = await createTable(database, table, columns);
    const { ascii } = await database.write(table, storedColumns(columns, names), (writer) => {
      for (const [index, value] of values.entries()) {
        writer.set(0, index);
        writer.set(1, value);
        writer.next();
      }
    });
    const { span } = where;
    const scan: Rel = { kind: "scan", table, columns, span };
    const program: Program = { bindings: [], body: { kind: "filter", input: scan, where, span } };
    const sql = programSql(program, {
      now,
      ascii: ascii && isAsciiProgram(program),
      names: columnNames(program),
      stored: () => names,
    });
    const meets = new Uint8Array(values.length);
    const [codes = []] = await database.read(sql);
    for (const found of codes) meets[Number(found)] = 1;
    return meets;
  };
}
