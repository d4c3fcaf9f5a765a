import type { Readable } from "node:stream";
import { outputLines } from "./output-lines.ts";

/** What a module wrote to its standard output and error; only the end of it is kept. */
export interface ModuleOutput {
  /** Its last lines, each escaped and indented; empty if it wrote nothing. */
  lastLines(): string;
  /** All that is kept, as it was written. */
  text(): string;
}

const most = { length: 8192, lines: 10, width: 200 };

/** Keeps the end of what comes through `streams`. */
export function createModuleOutput(streams: readonly (Readable | null)[]): ModuleOutput {
  let text = "";
  for (const stream of streams) {
    stream?.setEncoding("utf8");
    stream?.on("data", (part: string) => {
      text = (text + part).slice(-most.length);
    });
    // Its end is told by the process's own.
    stream?.on("error", () => undefined);
    // A pipe must not keep this process alive.
    if (stream !== null && "unref" in stream) (stream as { unref(): void }).unref();
  }
  return {
    text: () => text,
    lastLines: () =>
      outputLines(text)
        .slice(-most.lines)
        .map((line) => `  > ${line.slice(0, most.width)}`)
        .join("\n"),
  };
}
