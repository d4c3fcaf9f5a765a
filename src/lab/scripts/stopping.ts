/** Why a script was ended before its time. */
export type StopReason = "timeout" | "interrupt";

/** A script that its limits may end. */
export interface Stopping {
  /** Why it was ended; null where it was not. */
  reason(): StopReason | null;
  /** Lets go of the limits, and waits for the end that they began. */
  release(): Promise<void>;
}

/** Calls `stop` once, when `limits` are reached. */
export function stopAt({ timeoutMs, signal }: Limits, stop: () => Promise<unknown>): Stopping {
  let reason: StopReason | null = null;
  let ending: Promise<unknown> = Promise.resolve();
  const end = (why: StopReason): void => {
    if (reason !== null) return;
    reason = why;
    ending = stop();
    // Told of by `release`, which comes later.
    ending.catch(() => {});
  };
  const interrupt = (): void => end("interrupt");
  const timer = setTimeout(() => end("timeout"), timeoutMs);
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  return {
    reason: () => reason,
    release: async () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", interrupt);
      await ending;
    },
  };
}

/** What ends a script before its time. */
export interface Limits {
  readonly timeoutMs: number;
  /** Aborted where a person interrupts. */
  readonly signal: AbortSignal;
}
