/** What the command tells the process that supervises it. */
export type Report =
  /** It has ended and written everything; `code` is its exit code. Without this there was no result. */
  | { readonly kind: "done"; readonly code: number }
  /** How many parts of it clean up themselves when they are interrupted, and may take their time. */
  | { readonly kind: "cleanups"; readonly count: number }
  /** A file that must be there, written anew, when it ends with 0 or 1. */
  | { readonly kind: "output"; readonly file: string }
  /** Memory in MiB past which it is to be killed. */
  | { readonly kind: "memory"; readonly mostMb: number }
  /** It is past that already; told where the supervisor cannot measure. */
  | { readonly kind: "overused"; readonly usedMb: number };

/** What the supervisor tells the command. */
export interface Interruption {
  readonly kind: "signal";
  readonly signal: Signal;
}

/** Signals that interrupt a run, with its exit codes: 128 and the number of the signal. */
export const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export type Signal = keyof typeof signals;

export const signalNames = Object.keys(signals) as readonly Signal[];

/** Environment variable with the process id of the supervisor; absent where there is none. */
export const supervisorVariable = "KQLTEST_SUPERVISOR";
