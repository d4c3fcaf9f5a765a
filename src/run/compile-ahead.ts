import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { hashOfFiles } from "./files-hash.ts";
import { readKept, writeKept } from "./kept.ts";

/** Rules that are being compiled on another thread. */
export interface Ahead {
  /** Resolves when their plans are in the cache, as far as they can be compiled: what is wrong with one is told by the run, which compiles it again. */
  readonly done: Promise<void>;
  /** Ends it, and whatever it has not done yet. */
  stop(): Promise<void>;
}

/** What the other thread is told. */
export interface AheadOrder {
  readonly root: string;
  readonly cacheDir: string;
  readonly outside?: "refuse" | "empty";
}

/** What plans are made from. */
const folders = ["rules", "tables", "functions", "fixtures"];

const nothing: Ahead = { done: Promise.resolve(), stop: () => Promise.resolve() };

/**
 * Compiles the rules of the project in the folder into its cache while the caller reads scenarios: Microsoft's parser takes
 * a second to warm up, which is most of a first run. Does nothing where that was done for the same files, or there is
 * one core.
 */
export function compileAhead(order: AheadOrder): Ahead {
  const files = hashOfFiles(order.root, folders);
  if (files === undefined || availableParallelism() < 2) return nothing;
  const mark = join(order.cacheDir, "compiled.json");
  const made = { files, outside: order.outside ?? "refuse" };
  if (JSON.stringify(readKept(mark)) === JSON.stringify(made)) return nothing;
  const worker = new Worker(new URL("compile-ahead.worker.js", import.meta.url), {
    workerData: order,
  });
  const done = new Promise<void>((resolve) => {
    // An error is no matter here: whatever is missing afterwards, the run makes itself.
    worker.on("error", () => resolve());
    worker.on("exit", (code) => {
      if (code === 0) writeKept(order.cacheDir, mark, made);
      resolve();
    });
  });
  return { done, stop: () => worker.terminate().then(() => undefined) };
}
