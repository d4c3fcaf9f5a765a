import { isatty } from "node:tty";
import type { Io } from "./io.ts";
import { main } from "./main.ts";

/** Conventional exit code of a process that was interrupted: 128 and the number of SIGINT. */
const interrupted = 130;

const isTty = isatty(1);

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  nodeVersion: process.version,
  isTty,
  ...(isTty ? { columns: process.stdout.columns } : {}),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  now: () => new Date(),
  readInput: async () => {
    process.stdin.setEncoding("utf8");
    let text = "";
    for await (const chunk of process.stdin) text += String(chunk);
    return text;
  },
};

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that left (`kqltest | head`) wants no more output; the exit code still says how the run went.
    if (error.code !== "EPIPE") throw error;
  });
}

// DuckDB's threads would keep the process until their query ends.
process.once("SIGINT", () => process.exit(interrupted));

process.exitCode = await main(process.argv.slice(2), io);
