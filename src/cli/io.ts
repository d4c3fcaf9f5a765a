import type { Machine } from "../lab/machine.ts";

/** Everything a command may touch of the process around it. Files are read and written below `cwd`. */
export interface Io {
  /** Absolute path that relative ones start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version of the runtime, for bug reports. */
  readonly nodeVersion: string;
  /** Whether a person reads `out`. */
  readonly isTty: boolean;
  /** Width of that terminal, where there is one. */
  readonly columns?: number;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Shows a line that the next one replaces, an empty one takes it away; absent where nobody watches. */
  readonly showProgress?: (line: string) => void;
  readonly now: () => Date;
  /** All of the standard input as text. */
  readonly readInput: () => Promise<string>;
  /** Puts a question to the person at the terminal and gives the answer; absent where nobody can answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** Has `handler` called on an interruption, instead of ending the process; where it returns false, the process ends all the same. Returns what removes it again. */
  readonly onInterrupt: (handler: () => boolean | void) => () => void;
  /** Announces a file that must be written anew before the command ends with 0 or 1. */
  readonly promiseOutput?: (file: string) => void;
  /** Sets the memory in MiB by which the process may grow, with some room, before it is killed. */
  readonly limitMemory?: (growthMb: number) => void;
  readonly machine: () => Promise<Machine>;
}

/** 0 all as expected · 1 a detection did not do what is expected of it · 2 bad input or configuration · 3 a bug, or the engine is gone · 130 interrupted (128 and the number of SIGINT; the process ends with 143 after SIGTERM, 129 after SIGHUP). */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** How output may look: colours only for people who did not ask for none (https://no-color.org). */
export function styleOf(io: Io): { readonly color: boolean; readonly width: number } {
  const refused = (io.env["NO_COLOR"] ?? "") !== "" || io.env["TERM"] === "dumb";
  return { color: io.isTty && !refused, width: Math.max(60, io.columns ?? 100) };
}
