import { setImmediate } from "node:timers/promises";
import { InputError } from "../../base/diagnostic.ts";
import { createSpanClock } from "../../scenario/background/lines/span-clock.ts";
import { lineFormats, type LineFormat } from "../../scenario/background/lines/line-format.ts";
import { createLineWriter } from "../../scenario/background/lines/line.ts";
import { renderLine } from "../../scenario/background/lines/line-template.ts";
import { putText } from "../../scenario/background/lines/page.ts";
import { daysOf, type DeviceRange, type WorldOptions } from "../../scenario/background/world.ts";
import type { Scenario } from "../../scenario/model/types.ts";
import { knownTable } from "../../scenario/model/recorded-rows.ts";
import { parseInstant } from "../../schema/time.ts";
import type { Column } from "../../schema/types.ts";
import { loadTables } from "../../project/inputs.ts";
import type { ModuleOptions } from "../../project/modules/module-options.ts";
import { readRecordings } from "../../project/read-recordings.ts";
import { generateScenarios, loadScenarios } from "../../project/scenarios/load-scenarios.ts";
import { clearFolder, openFolder, writeJournal, writeManifest } from "./folder.ts";
import { injectScenarios, type Injected } from "./inject.ts";
import { openAppendingSink, type TableSink } from "./sink.ts";
import type {
  Destination,
  GenerateControl,
  Injection,
  Manifest,
  OutputFormat,
  Part,
  ScenarioRequest,
  WorldRequest,
} from "./types.ts";

/** Days of devices in a part: what is lost where a call is stopped, at most. */
const daysPerPart = 100;

/** The project whose scenarios and tables there are, and the version that writes. */
export interface GenerateContext extends GenerateControl {
  readonly root: string;
  readonly version: string;
  readonly modules?: ModuleOptions;
}

/** Something that can be written in parts. */
interface Work {
  readonly options: Readonly<Record<string, unknown>>;
  readonly injected: readonly Injection[];
  readonly parts: number;
  /** Writes a part, letting others have their turn now and then. */
  write(part: number, sink: TableSink, tick: () => Promise<void>): Promise<void>;
}

/** Writes the rows of a world to `destination`. Throws an `InputError` for what is wrong with the request, and (KT0909) where it was stopped. */
export async function generateWorld(
  request: WorldRequest,
  destination: Destination,
  context: GenerateContext,
): Promise<Manifest> {
  const columns = tableColumns(context.root);
  const start = parseInstant(request.start) ?? 0n;
  const world: WorldOptions = { ...request, start };
  const { told, injected } = await inject(request, world, context);
  const ranges = partsOf(request);
  const format = lineOf(destination.format);
  const writeDay = createLineWriter(format, createSpanClock(start), columns.names);
  const work: Work = {
    options: { ...request, format: destination.format },
    injected,
    parts: ranges.length,
    write: async (part, sink, tick) => {
      for (const day of daysOf({ ...world, told }, ranges[part])) {
        writeDay(day, sink.pageOf);
        await tick();
      }
    },
  };
  return writeParts(work, { destination, context, columns });
}

/** Writes the rows of scenarios to `destination`, as they are. */
export async function generateFromScenarios(
  request: ScenarioRequest,
  destination: Destination,
  context: GenerateContext,
): Promise<Manifest> {
  const { root, modules = {} } = context;
  const columns = tableColumns(root);
  const { now, seed, scenarios: filters } = request;
  const generated = await generateScenarios({ ...modules, root, filters, now, seed });
  const format = lineOf(destination.format);
  const work: Work = {
    options: { ...request, format: destination.format },
    injected: [],
    parts: 1,
    write: async (_, sink, tick) => {
      for (const { events } of generated) {
        for (const { table, row } of events) {
          const line = renderLine(row, { format, columns: columns.names(table) });
          putText(sink.pageOf(table), line);
        }
        await tick();
      }
    },
  };
  return writeParts(work, { destination, context, columns });
}

/** Parquet is made by a database, which reads lines. */
function lineOf(format: OutputFormat): LineFormat {
  return lineFormats[format === "parquet" ? "rows" : format];
}

async function inject(
  request: WorldRequest,
  world: WorldOptions,
  { root, modules }: GenerateContext,
): Promise<Injected> {
  if (request.inject.length === 0) return { told: new Map(), injected: [] };
  // In the order in which they were asked for, and as often.
  const scenarios: Scenario[] = [];
  for (const filter of request.inject) {
    scenarios.push(...(await loadScenarios(root, [filter], modules)));
  }
  return injectScenarios(scenarios, world, await readRecordings(root, scenarios));
}

function partsOf({ devices, days }: WorldRequest): readonly DeviceRange[] {
  const size = Math.max(1, Math.floor(daysPerPart / days));
  return Array.from({ length: Math.ceil(devices / size) }, (_, index) => ({
    first: index * size,
    end: Math.min(devices, (index + 1) * size),
  }));
}

interface Setting {
  readonly destination: Destination;
  readonly context: GenerateContext;
  readonly columns: TableColumns;
}

async function writeParts(work: Work, setting: Setting): Promise<Manifest> {
  try {
    return await tryParts(work, setting);
  } catch (error) {
    throw isWriteError(error) ? unwritable(error) : error;
  }
}

/** What a file system says of a file that cannot be written, by itself or by DuckDB. */
function isWriteError(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof InputError) return false;
  return "syscall" in error || error.message.startsWith("IO Error:");
}

function unwritable(error: Error): InputError {
  return new InputError(
    {
      code: "KT0911",
      message: `the files cannot be written: ${error.message.split("\n")[0]}`,
      hint: "make room; parts that are written are kept, and `--resume` continues after them",
    },
    { cause: error },
  );
}

async function tryParts(work: Work, setting: Setting): Promise<Manifest> {
  const { destination, context } = setting;
  const { folder } = destination;
  const head = { kqltest: context.version, options: work.options };
  const found = openFolder(destination, head);
  if ("files" in found) return found;
  const parts: Part[] = [...found.parts];
  const sink = await openSink(setting, parts);
  const tick = createTick(work, parts, context);
  try {
    while (parts.length < work.parts) {
      await work.write(parts.length, sink, tick);
      parts.push(await sink.endPart());
      writeJournal(folder, { ...head, parts });
    }
  } catch (error) {
    sink.close();
    if (parts.length === 0) clearFolder(folder);
    throw error;
  }
  const files = sink.finish();
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const manifest = { ...head, injected: work.injected, rows, files };
  writeManifest(folder, manifest);
  return manifest;
}

async function openSink(
  { destination: { folder, format }, columns }: Setting,
  parts: readonly Part[],
): Promise<TableSink> {
  if (format === "parquet") {
    // Loaded here and not above: lines need no database.
    const { openParquetSink } = await import("./parquet-sink.ts");
    return openParquetSink({ folder, columnsOf: columns.of }, parts);
  }
  const header = (table: string): string => lineFormats[format].header(columns.names(table));
  return openAppendingSink({ folder, ending: format, header }, parts);
}

/** Shows how far it is, and stops where that is asked for. */
function createTick(
  work: Work,
  parts: readonly Part[],
  { signal, onProgress }: GenerateContext,
): () => Promise<void> {
  let turns = 0;
  return async () => {
    turns += 1;
    // Nobody can interrupt what never waits.
    if (turns % 8 === 0) await setImmediate();
    if (signal?.aborted === true) throw stopped(parts.length, work.parts);
    if (turns % 8 === 0) {
      const done = parts.flatMap((part) => Object.values(part));
      const rows = done.reduce((sum, table) => sum + table.rows, 0);
      onProgress?.({ rows, part: parts.length, parts: work.parts });
    }
  };
}

function stopped(done: number, all: number): InputError {
  if (done === 0) {
    return new InputError({
      code: "KT0909",
      message: "stopped before anything was finished: nothing is left",
    });
  }
  return new InputError({
    code: "KT0909",
    message: `stopped: ${done} of ${all} parts are written`,
    hint: "the same command with `--resume` goes on from there",
  });
}

/** The columns of every table that a row may be of. */
interface TableColumns {
  readonly of: (table: string) => readonly Column[];
  readonly names: (table: string) => readonly string[];
}

function tableColumns(root: string): TableColumns {
  const own = new Map(loadTables(root).map((table) => [table.name, table]));
  const known = new Map<string, readonly string[]>();
  const of = (table: string): readonly Column[] => knownTable(table, own)?.columns ?? [];
  const names = (table: string): readonly string[] => {
    const found = known.get(table) ?? of(table).map(({ name }) => name);
    known.set(table, found);
    return found;
  };
  return { of, names };
}
