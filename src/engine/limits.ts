import { totalmem } from "node:os";
import { InputError } from "../base/diagnostic.ts";

/** Limits of a query. */
export interface Limits {
  /** Memory in MiB: of the database, and of what the process grows by while it works. Never more than 80 % of the machine's. */
  readonly memoryMb: number;
  /** Rows of one result; Kusto's own limit is the default. */
  readonly rows: number;
  /** Time of one query, in milliseconds; 0 for none, the default. */
  readonly timeoutMs: number;
}

export const defaultLimits: Limits = { memoryMb: 4096, rows: 500_000, timeoutMs: 0 };

/** `given` with the defaults for what it lacks. Throws an `InputError` for a limit that is no such number. */
export function limitsWith(given: Partial<Limits> = {}): Limits {
  const limits = { ...defaultLimits, ...given };
  for (const [name, value] of Object.entries(limits)) {
    const least = name === "timeoutMs" ? 0 : 1;
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new InputError({
      code: "KT0314",
      message: `invalid limit \`${name}\`: expected an integer from ${least}, found \`${value}\``,
    });
  }
  return limits;
}

/** When a query must have ended. */
export interface Deadline {
  /** Starts the time again. */
  restart(): void;
  /** No time limit until the next start. */
  suspend(): void;
  /** The error of a query that is past it, else undefined. */
  exceeded(): InputError | undefined;
}

/** A deadline in `timeoutMs` from now; 0 for none. */
export function createDeadline(timeoutMs: number): Deadline {
  const end = (): number => (timeoutMs > 0 ? performance.now() + timeoutMs : Infinity);
  let endMs = end();
  return {
    restart: () => {
      endMs = end();
    },
    suspend: () => {
      endMs = Infinity;
    },
    exceeded: () => (performance.now() < endMs ? undefined : timedOut(timeoutMs)),
  };
}

/** The code of a query that takes too long, also in what a JavaScript function throws through DuckDB. */
export const timeCode = "KT0304";

/** Whether `error` is that of a query that took too long. */
export function isTimeout(error: unknown): boolean {
  return error instanceof InputError && error.diagnostics.some(({ code }) => code === timeCode);
}

function timedOut(timeoutMs: number): InputError {
  return new InputError({
    code: timeCode,
    message: `the query took longer than ${timeoutMs / 1000} s`,
    hint: "filter before joining, or set a longer `--timeout` (`limits.timeoutMs`)",
  });
}

export function outOfMemory(limitMb: number, measured?: number, cause?: unknown): InputError {
  const found = measured === undefined ? "" : ` (the process uses ${Math.round(measured)} MiB)`;
  return new InputError(
    {
      code: "KT0302",
      message: `the query needs more than ${Math.round(limitMb)} MiB of memory${found}`,
      hint: "filter before joining, or give it fewer events",
    },
    { cause },
  );
}

const bytesPerMb = 2 ** 20;

/** Memory of this process in MiB, all threads included. */
export function residentMb(): number {
  return process.memoryUsage.rss() / bytesPerMb;
}

/** The most memory that a process should use here, in MiB: the rest is for everything else on the machine. */
export function ceilingMb(): number {
  const total = totalmem();
  const constrained = process.constrainedMemory();
  // 0 or more than there is: no constraint.
  const available = constrained > 0 && constrained < total ? constrained : total;
  return (0.8 * available) / bytesPerMb;
}
