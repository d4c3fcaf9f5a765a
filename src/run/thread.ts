import type { MissingFixtures } from "../kql/functions/missing-fixtures.ts";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { cacheKey } from "../project/cache/cache-key.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import { hashOfFiles } from "../project/cache/files-hash.ts";
import { readCache, writeCache } from "../project/cache/cache-file.ts";
import type { Compare, MetamorphicJob, MetamorphicJobResult } from "./metamorphic/run-variants.ts";

/** The other thread of a run. It compiles rules while this one reads scenarios, and tells scenarios in other words while this one evaluates them as they are. */
export interface RunThread {
  /** Compiles the rules of a project into its cache. Resolves when their plans are there, as far as they can be compiled: what is wrong with one is told by the run, which compiles it again. */
  compile(order: CompileOrder): Promise<void>;
  /** Begins to tell scenarios in other words. What it gives rejects where the thread has failed. */
  runVariants(job: MetamorphicJob): Compare;
  /** Ends it, and whatever it has not done yet. */
  stop(): Promise<void>;
}

export interface CompileOrder {
  readonly root: string;
  readonly cacheDir: string;
  readonly missingFixtures?: MissingFixtures;
}

/** What the other thread is told. */
export type Order =
  | { readonly kind: "compile"; readonly id: number; readonly order: CompileOrder }
  | { readonly kind: "runVariants"; readonly id: number; readonly job: MetamorphicJob }
  /** Belongs to the job with this `id`, which is then answered. */
  | { readonly kind: "compare"; readonly id: number; readonly firing: ReadonlySet<string> }
  /** Has no answer: the thread ends. */
  | { readonly kind: "stop" };

/** What it answers: once for each id. */
export interface Answer {
  readonly id: number;
  /** Absent where there was an error. */
  readonly jobResult?: MetamorphicJobResult;
  readonly error?: string;
  /** What an `InputError` tells. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** The id of the answer to `stop` of a thread that cannot end, as a query in it does not. */
export const cannotEnd = -1;

/** The thread for one run, which starts when it is first needed; undefined where there is one core. */
export function createThread(): RunThread | undefined {
  if (availableParallelism() < 2) return undefined;
  let worker: Worker | undefined;
  let usesData = false;
  let failure: Error | undefined;
  const open = new Map<number, (answer: Answer) => void>();
  const fail = (error: Error): void => {
    failure ??= error;
    for (const [id, resolve] of open) resolve({ id, error: error.message });
    open.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL("thread.worker.js", import.meta.url));
    started.on("message", (answer: Answer) => {
      open.get(answer.id)?.(answer);
      open.delete(answer.id);
    });
    started.on("error", fail);
    started.on("exit", () => fail(new Error("the thread has ended")));
    return started;
  };
  let orders = 0;
  const give = (order: (id: number) => Order): { readonly id: number; answer: Promise<Answer> } => {
    const id = orders++;
    const answer = new Promise<Answer>((resolve) => {
      open.set(id, resolve);
      if (failure !== undefined) fail(failure);
    });
    worker ??= start();
    worker.postMessage(order(id));
    return { id, answer };
  };
  return {
    compile: (order) =>
      compileOnce(order, () => give((id) => ({ kind: "compile", id, order })).answer),
    runVariants: (job) => {
      usesData = true;
      const { id, answer } = give((own) => ({ kind: "runVariants", id: own, job }));
      return async (firing) => {
        worker?.postMessage({ kind: "compare", id, firing } satisfies Order);
        const { jobResult, error, diagnostics } = await answer;
        if (diagnostics !== undefined) throw new InputError(diagnostics);
        if (jobResult === undefined) throw new Error(error);
        return jobResult;
      };
    },
    stop: async () => {
      if (worker === undefined || failure !== undefined) return;
      const ended = new Promise<void>((resolve) => {
        worker?.once("exit", () => resolve());
        open.set(cannotEnd, () => resolve());
      });
      // A thread that uses DuckDB ends by itself, when that is done.
      if (usesData) worker.postMessage({ kind: "stop" } satisfies Order);
      else void worker.terminate();
      await ended;
    },
  };
}

/** What plans are made from. */
const folders = ["rules", "tables", "functions", "fixtures"];

/** Has rules compiled, where that was not done for the same files before: Microsoft's parser takes a second to warm up, which is most of a first run. */
async function compileOnce(order: CompileOrder, compile: () => Promise<Answer>): Promise<void> {
  // Without a cache there is no way from that thread to this one.
  if (cacheKey() === undefined) return;
  const files = hashOfFiles(order.root, folders);
  if (files === undefined) return;
  const mark = join(order.cacheDir, "compiled.json");
  const made = { files, missingFixtures: order.missingFixtures ?? "error" };
  if (JSON.stringify(readCache(order.cacheDir, mark)) === JSON.stringify(made)) return;
  const { error } = await compile();
  // An error is no matter here: whatever is missing afterwards, the run makes itself.
  if (error === undefined) writeCache(order.cacheDir, mark, made);
}
