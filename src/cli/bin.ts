import { totalmem } from "node:os";
import { isatty } from "node:tty";
import { renderDiagnostic } from "../base/diagnostic.ts";
import type { ExitCode, Io } from "./io.ts";
import { openLink } from "./link.ts";
import { main } from "./main.ts";
import { thisMachine } from "./this-machine.ts";
import { signalNames, signals, type Signal } from "./supervision.ts";

const bytesPerMb = 2 ** 20;

const isTty = isatty(1);

/** What an interruption does: the last of them. */
const cleanups: (() => boolean | void)[] = [];
let signalled: Signal | undefined;

const link = openLink({ onSignal: interrupt, onAlone: () => interrupt("SIGHUP") });

function interrupt(signal: Signal): void {
  signalled ??= signal;
  const cleanup = cleanups.at(-1);
  if (cleanup !== undefined && cleanup() !== false) return;
  if (link === undefined) process.exit(signals[signal]);
  link.end(signals[signal]);
}

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  nodeVersion: process.version,
  isTty,
  ...(isTty ? { columns: process.stdout.columns } : {}),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  ...(isatty(2) ? { showProgress } : {}),
  now: () => new Date(),
  readInput: async () => {
    process.stdin.setEncoding("utf8");
    let text = "";
    for await (const chunk of process.stdin) text += String(chunk);
    return text;
  },
  ...(isTty && isatty(0) ? { ask } : {}),
  onInterrupt: (handler) => {
    cleanups.push(handler);
    link?.tell({ kind: "cleanups", count: cleanups.length });
    return () => {
      cleanups.splice(cleanups.indexOf(handler), 1);
      link?.tell({ kind: "cleanups", count: cleanups.length });
    };
  },
  promiseOutput: (file) => link?.tell({ kind: "output", file }),
  limitMemory: (growthMb) => {
    const mostMb = killMb(growthMb);
    link?.tell({ kind: "memory", mostMb });
    // The supervisor measures by `/proc`.
    if (link === undefined || process.platform === "linux") return;
    setInterval(() => {
      const usedMb = process.memoryUsage.rss() / bytesPerMb;
      if (usedMb > mostMb) link.tell({ kind: "overused", usedMb });
    }, 500).unref();
  },
  machine: thisMachine,
};

/** Past this the process is killed: its own watch interrupts queries earlier, where they can be interrupted. */
function killMb(growthMb: number): number {
  const constrained = process.constrainedMemory();
  const total = totalmem();
  const available = constrained > 0 && constrained < total ? constrained : total;
  const wanted = process.memoryUsage.rss() / bytesPerMb + growthMb * 1.25 + 512;
  return Math.min(wanted, (0.9 * available) / bytesPerMb);
}

function showProgress(line: string): void {
  process.stderr.write(`\r\u001b[K${line}`);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // A terminal that reads lines takes the interruption for itself.
  terminal.on("SIGINT", () => interrupt("SIGINT"));
  try {
    return await terminal.question(question);
  } catch (error) {
    // The end of the input (Ctrl-D) is no answer, and whoever asks knows what that means.
    if (error instanceof Error && error.name === "AbortError") return "";
    throw error;
  } finally {
    terminal.close();
  }
}

let unwritable: Error | undefined;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that left (`kqltest | head`) wants no more output; the exit code still says how the run went.
    if (error.code !== "EPIPE") unwritable ??= error;
  });
}

// A terminal sends its signals to this process too, and to the supervisor, which passes them on.
for (const signal of signalNames) {
  process.on(signal, () => {
    if (link === undefined) interrupt(signal);
  });
}

const result = await main(process.argv.slice(2), io);
for (const stream of [process.stdout, process.stderr]) {
  await new Promise((resolve) => stream.write("", resolve));
}
process.exitCode = exitCodeOf(result);
link?.tell({ kind: "done", code: process.exitCode });

function exitCodeOf(code: ExitCode): number {
  if (unwritable !== undefined) {
    const message = `the output cannot be written: ${unwritable.message}`;
    process.stderr.write(`${renderDiagnostic({ code: "KT0910", message })}\n`);
    return 2;
  }
  return code === 130 && signalled !== undefined ? signals[signalled] : code;
}
