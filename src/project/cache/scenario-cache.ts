import { defined } from "../../base/defined.ts";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Source } from "../../base/source.ts";
import type { ScenarioSet } from "../../scenario/read-scenarios.ts";
import type {
  EventOptions,
  Scenario,
  ScenarioEvent,
  Surroundings,
} from "../../scenario/model/types.ts";
import type { Catalog } from "../../schema/tables.ts";
import { buildStamp, isPlain, readCache, writeCache } from "./cache-file.ts";
import { readNow } from "../now.ts";

/** A scenario file and what reads it. */
export interface CacheableFile {
  readonly id: string;
  readonly source: Source;
  readonly project: Surroundings;
  readonly open: (project: Surroundings) => ScenarioSet;
}

/** The scenarios of one file as they are kept, with their events at the instant that a run has where nothing else is said. */
interface CachedFile {
  /** Every file that they were made from and a hash of its text; null where it was looked for and was not there. */
  readonly files: readonly (readonly [path: string, hash: string | null])[];
  /** A hash of the project's own tables. */
  readonly tables: string;
  readonly scenarios: readonly CachedScenario[];
}

type CachedScenario = Omit<Scenario, "events" | "source" | "now"> & {
  /** In digits: JSON has no integers of this size. */
  readonly now?: string;
  readonly events: readonly ScenarioEvent[];
};

/**
 * The scenarios of a file that did not change since they were last made, without parsing it; else as it is read now,
 * to be kept once the events of all are made. A scenario is a function of its files, so that nothing is lost by it;
 * events for another instant or seed are made anew.
 */
export function cachedScenarios(given: CacheableFile, cacheDir: string): ScenarioSet {
  const place = join(cacheDir, "events", `${hashOf([given.id, given.source.file])}.json`);
  const kept = readCache<CachedFile>(cacheDir, place);
  const isSame =
    kept?.tables === hashOfTables(given.project) &&
    kept.files.every(([path, hash]) => hashOfFile(path, given) === hash);
  return isSame ? cachedSet(kept.scenarios, given) : keepingSet(given, { cacheDir, place });
}

function cachedSet(scenarios: readonly CachedScenario[], given: CacheableFile): ScenarioSet {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  let opened: ScenarioSet | undefined;
  return {
    cases: scenarios,
    read: (wanted) => {
      const kept = byId.get(wanted.id);
      if (kept === undefined) throw new Error(`no scenario ${wanted.id}`);
      const { events, now, ...rest } = kept;
      return {
        ...rest,
        ...(now === undefined ? {} : { now: BigInt(now) }),
        source: given.source,
        events: (options) => {
          if (isFixed(options)) return events;
          opened ??= given.open(given.project);
          return opened.read(wanted).events(options);
        },
      };
    },
  };
}

/** The scenarios as they are read now; the events of the last of them write them all down. */
function keepingSet(
  given: CacheableFile,
  { cacheDir, place }: { readonly cacheDir: string; readonly place: string },
): ScenarioSet {
  const { source, project } = given;
  const files = new Map<string, string | null>([[source.file, hashOfFile(source.file, given)]]);
  const { listFiles } = project;
  const set = given.open({
    ...defined({ listFiles }),
    get tables() {
      return project.tables ?? noTables;
    },
    readFile: (path) => {
      files.set(path, hashOfFile(path, given));
      return project.readFile(path);
    },
  });
  const made = new Map<string, CachedScenario>();
  const note = (scenario: Scenario, events: readonly ScenarioEvent[]): void => {
    // What other files answer with is no part of the events.
    if (scenario.recordings !== undefined || scenario.fixtures !== undefined) return;
    const kept = cachedScenario(scenario, events);
    if (!isPlain(kept)) return;
    made.set(scenario.id, kept);
    if (made.size < set.cases.length) return;
    const scenarios = set.cases.flatMap(({ id }) => made.get(id) ?? []);
    const tables = hashOfTables(project);
    writeCache(cacheDir, place, { files: [...files], tables, scenarios } satisfies CachedFile);
    made.clear();
  };
  return {
    cases: set.cases,
    read: (wanted) => {
      const scenario = set.read(wanted);
      return {
        ...scenario,
        events: (options) => {
          const events = scenario.events(options);
          if (isFixed(options)) note(scenario, events);
          return events;
        },
      };
    },
  };
}

function cachedScenario(scenario: Scenario, events: readonly ScenarioEvent[]): CachedScenario {
  const { now, ...rest } = scenario;
  const kept: Omit<Scenario, "source" | "now"> & { source?: Source } = { ...rest };
  delete kept.source;
  return { ...kept, ...(now === undefined ? {} : { now: String(now) }), events };
}

function isFixed({ now, seed, stage }: EventOptions): boolean {
  return now === readNow() && seed === undefined && stage === undefined;
}

function hashOfFile(path: string, { source, project }: CacheableFile): string | null {
  const file = path === source.file ? source : project.readFile(path);
  return file === undefined ? null : hashOf([file.text]);
}

const noTables: Catalog = new Map();
const tableHashes = new WeakMap<Catalog, string>();

function hashOfTables({ tables = noTables }: Surroundings): string {
  const known = tableHashes.get(tables);
  const hash = known ?? hashOf([JSON.stringify([...tables.values()])]);
  tableHashes.set(tables, hash);
  return hash;
}

/** A hash of `texts` under this build. */
function hashOf(texts: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([buildStamp(), ...texts]))
    .digest("hex");
}
