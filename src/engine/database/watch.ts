import type { DuckDBConnection } from "@duckdb/node-api";
import { isMainThread } from "node:worker_threads";
import type { InputError } from "../../base/diagnostic.ts";
import { EngineGone } from "../../base/engine-gone.ts";
import {
  ceilingMb,
  outOfMemory,
  residentMb,
  timeCode,
  type Deadline,
  type Limits,
} from "../limits.ts";

/** Holds what a database does to its limits of time and memory. */
export interface Watch {
  /** Does `action`, which uses `connection`. Past a limit the connection is interrupted and the promise rejects with an `InputError`; where DuckDB does not notice the interruption, the action is abandoned. */
  run<T>(connection: Connection, action: () => Promise<T>): Promise<T>;
  /** Throws past the deadline; for JavaScript functions that DuckDB calls. */
  check(): void;
  /** Abandoned actions that have not ended yet. */
  readonly abandoned: ReadonlySet<Promise<unknown>>;
}

type Connection = Pick<DuckDBConnection, "interrupt">;

const tickMs = 100;

/** DuckDB ends interrupted work within a chunk of rows, except while it plans and folds constants: then it does not look. */
const graceMs = 2000;

/** An abandoned action keeps one of the four threads that Node has for such work, for all its threads together. */
const mostAbandoned = isMainThread ? 2 : 1;
let abandonedHere = 0;

/** How many abandoned actions of this thread still run: it must not end under them. */
export function abandonedActions(): number {
  return abandonedHere;
}

export function createWatch({ memoryMb }: Limits, deadline: Deadline): Watch {
  const mostMb = Math.min(residentMb() + memoryMb, ceilingMb());
  const exceeded = (): InputError | undefined => {
    const late = deadline.exceeded();
    if (late !== undefined) return late;
    const usedMb = residentMb();
    return usedMb > mostMb ? outOfMemory(Math.min(memoryMb, mostMb), usedMb) : undefined;
  };
  const abandoned = new Set<Promise<unknown>>();
  return {
    abandoned,
    check: () => {
      if (deadline.exceeded() !== undefined) throw new Error(timeCode);
    },
    run: async (connection, action) => {
      const early = exceeded();
      if (early !== undefined) throw early;
      const work = action();
      const stop = watchWork(work, { connection, exceeded, abandoned });
      try {
        return await Promise.race([work, stop.gaveUp]);
      } catch (error) {
        const late = error instanceof Error && error.message.includes(timeCode);
        throw stop.reason() ?? (late ? deadline.exceeded() : undefined) ?? error;
      }
    },
  };
}

interface Watched {
  readonly connection: Connection;
  readonly exceeded: () => InputError | undefined;
  readonly abandoned: Set<Promise<unknown>>;
}

interface Stop {
  /** Rejects when `work` is abandoned; never resolves. */
  readonly gaveUp: Promise<never>;
  /** Why the work was interrupted, if it was. */
  reason(): Error | undefined;
}

/** Looks after `work` until it has ended, whether anybody still waits for it or not. */
function watchWork(work: Promise<unknown>, { connection, exceeded, abandoned }: Watched): Stop {
  let reason: Error | undefined;
  let sinceMs = 0;
  let giveUp: (error: Error) => void = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const timer = setInterval(() => {
    if (reason === undefined) {
      reason = exceeded();
      sinceMs = performance.now();
    }
    if (reason === undefined) return;
    // Again and again: an interruption between two statements is lost.
    connection.interrupt();
    if (performance.now() - sinceMs < graceMs || abandoned.has(work)) return;
    abandoned.add(work);
    abandonedHere += 1;
    timer.unref();
    if (abandonedHere > mostAbandoned) reason = tooMany(reason);
    giveUp(reason);
  }, tickMs);
  const ended = (): void => {
    clearInterval(timer);
    if (abandoned.delete(work)) abandonedHere -= 1;
  };
  work.then(ended, ended);
  return { gaveUp, reason: () => reason };
}

function tooMany(cause: Error): EngineGone {
  return new EngineGone(
    `${abandonedHere} queries could not be interrupted and still run; the last: ${cause.message}`,
    { cause },
  );
}
