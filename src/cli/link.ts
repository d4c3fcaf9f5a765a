import { supervisorVariable, type Interruption, type Report, type Signal } from "./supervision.ts";

/** The way to the process that supervises this one. */
export interface Link {
  tell(report: Report): void;
  /** Reports the exit code and ends this process at once, after what is done at its exit: nobody waits for DuckDB. */
  end(code: number): void;
}

interface Heard {
  onSignal(signal: Signal): void;
  /** The supervisor is gone. */
  onAlone(): void;
}

/** The link to the supervisor; undefined where there is none. */
export function openLink({ onSignal, onAlone }: Heard): Link | undefined {
  const supervised = process.env[supervisorVariable] === String(process.ppid);
  delete process.env[supervisorVariable];
  if (!supervised || process.send === undefined) return undefined;
  process.on("message", ({ signal }: Interruption) => onSignal(signal));
  process.on("disconnect", onAlone);
  process.channel?.unref();
  const tell = (report: Report, then?: () => void): void => {
    if (process.connected) process.send?.(report, undefined, undefined, () => then?.());
    else then?.();
  };
  return {
    tell: (report) => tell(report),
    end: (code) => {
      process.once("exit", () => process.kill(process.pid, "SIGKILL"));
      tell({ kind: "done", code }, () => process.exit(code));
    },
  };
}
