import { fork, type ChildProcess } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  signalNames,
  signals,
  supervisorVariable,
  type Interruption,
  type Report,
  type Signal,
} from "./supervision.ts";

/** Time for an interrupted command that has nothing to clean up, and for one that has reported its end. */
const graceMs = 700;
/** Time for a command that is interrupted again while it cleans up. */
const cleanupGraceMs = 10_000;
const tickMs = 250;

const failed = 3;

/** Runs the command with `argv` in a process of its own, and ends this one with its exit code. Nothing that happens to the command (a crash in native code, a loop, too much memory, a module that calls `process.exit`) is a result. */
export function supervise(argv: readonly string[]): void {
  const child = fork(fileURLToPath(new URL("bin.js", import.meta.url)), argv, {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [supervisorVariable]: String(process.pid) },
  });
  const state = new Supervision(child);
  for (const signal of signalNames) process.on(signal, () => state.interrupt(signal));
  child.on("message", (report: Report) => state.take(report));
  child.on("error", (error) => state.fail(`kqltest cannot start: ${error.message}`));
  child.on("exit", (code, signal) => {
    const end = (): void => state.end(signal ?? `exit code ${code}`);
    // Its last reports may not have been read yet.
    if (child.connected) child.once("disconnect", end);
    else setImmediate(end);
  });
  setInterval(() => state.look(), tickMs).unref();
}

/** What is known of a running command, and when it is to be killed. */
class Supervision {
  readonly #child: ChildProcess;
  #done: number | undefined;
  #failure: string | undefined;
  #interrupted: Signal | undefined;
  #interruptions = 0;
  #cleanups = 0;
  #mostMb = Infinity;
  #output: { readonly file: string; readonly before: string } | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  take(report: Report): void {
    switch (report.kind) {
      case "done":
        this.#done = report.code;
        this.#killIn(graceMs);
        return;
      case "cleanups":
        this.#cleanups = report.count;
        if (report.count === 0 && this.#interrupted !== undefined) this.#killIn(cleanupGraceMs);
        return;
      case "output":
        this.#output = { file: report.file, before: stampOf(report.file) };
        return;
      case "memory":
        this.#mostMb = report.mostMb;
        return;
      case "overused":
        this.#overused(report.usedMb);
    }
  }

  /** Passes a signal on. A terminal sends it to the command as well, which ignores it. */
  interrupt(signal: Signal): void {
    this.#interrupted ??= signal;
    this.#interruptions += 1;
    if (this.#interruptions > (this.#cleanups > 0 ? 2 : 1)) {
      this.#child.kill("SIGKILL");
      return;
    }
    if (this.#child.connected) {
      // A command that has just ended cannot be told; its end is on the way.
      this.#child.send({ kind: "signal", signal } satisfies Interruption, () => undefined);
    }
    if (this.#cleanups === 0) this.#killIn(graceMs);
    else if (this.#interruptions > 1) this.#killIn(cleanupGraceMs);
  }

  /** Kills a command that uses too much memory. */
  look(): void {
    const usedMb = Number.isFinite(this.#mostMb) ? residentMb(this.#child.pid) : undefined;
    if (usedMb !== undefined && usedMb > this.#mostMb) this.#overused(usedMb);
  }

  end(how: string): void {
    const interrupted = this.#interrupted;
    if (this.#done !== undefined) this.#exit(this.#done);
    else if (this.#failure !== undefined) this.fail(this.#failure);
    else if (interrupted !== undefined) process.exit(signals[interrupted]);
    else this.fail(`kqltest ended without a result (${how})`);
  }

  fail(message: string): void {
    process.stderr.write(`${message}\n`);
    process.exit(failed);
  }

  #exit(code: number): void {
    if (code <= 1 && this.#output !== undefined) {
      const { file, before } = this.#output;
      if (stampOf(file) === before) this.fail(`kqltest did not write \`${file}\``);
    }
    process.exit(code);
  }

  #overused(usedMb: number): void {
    const [used, most] = [Math.round(usedMb), Math.round(this.#mostMb)];
    this.#failure ??= `KT0302 kqltest used ${used} MiB of memory, more than ${most} MiB, and could not be interrupted`;
    this.#child.kill("SIGKILL");
  }

  #killIn(afterMs: number): void {
    setTimeout(() => this.#child.kill("SIGKILL"), afterMs).unref();
  }
}

/** Differs where a file was written again: a file is replaced whole. */
function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? "" : `${found.ino} ${found.mtimeNs} ${found.size}`;
}

/** Memory of a process in MiB; undefined where the system has no `/proc`. */
function residentMb(pid: number | undefined): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1");
    const kib = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) / 1024;
  } catch {
    return undefined;
  }
}
