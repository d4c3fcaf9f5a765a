import { isatty } from "node:tty";
import type { ExitCode, Io } from "./io.ts";
import { main } from "./main.ts";
import { thisMachine } from "./machine.ts";

const interrupted: ExitCode = 130;

const isTty = isatty(1);

/** What an interruption does: the last of them. DuckDB's threads would keep the process until their query ends. */
const onInterrupt: (() => void)[] = [() => process.exit(interrupted)];

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
    onInterrupt.push(handler);
    return () => void onInterrupt.splice(onInterrupt.indexOf(handler), 1);
  },
  machine: thisMachine,
};

function showProgress(line: string): void {
  process.stderr.write(`\r\u001b[K${line}`);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // A terminal that reads lines takes the interruption for itself.
  terminal.on("SIGINT", () => onInterrupt.at(-1)?.());
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

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that left (`kqltest | head`) wants no more output; the exit code still says how the run went.
    if (error.code !== "EPIPE") throw error;
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => onInterrupt.at(-1)?.());
}

process.exitCode = await main(process.argv.slice(2), io);
