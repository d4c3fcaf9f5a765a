import { defined } from "../base/defined.ts";
import { parentPort } from "node:worker_threads";
import type { InputError } from "../base/diagnostic.ts";
import type { Compare } from "./metamorphic/run-variants.ts";
import { cannotEnd, type Answer, type CompileOrder, type Order } from "./thread.ts";

/** Metamorphic jobs that wait for what they are to be compared with. */
const told = new Map<number, Promise<Compare>>();
let busy: Promise<unknown> = Promise.resolve();
let stopping = false;

parentPort?.on("message", (order: Order) => {
  switch (order.kind) {
    case "compile":
      answer(
        order.id,
        next(() => compileAll(order.order)).then(() => ({})),
      );
      return;
    case "runVariants": {
      const { job } = order;
      const asked = next(async () =>
        (await import("./metamorphic/run-variants.ts")).runVariants(job),
      );
      // Who asks what came of it is told of an error.
      asked.catch(() => undefined);
      told.set(order.id, asked);
      return;
    }
    case "compare": {
      const compare = told.get(order.id) ?? Promise.reject(new Error("nothing to compare"));
      answer(
        order.id,
        compare.then((own) => next(async () => ({ jobResult: await own(order.firing) }))),
      );
      return;
    }
    case "stop":
      stopping = true;
      // What is under way is waited for: nothing may end the thread while DuckDB works for it.
      void busy.then(end);
  }
});

/** One after the other: side by side they would wait for the same core. */
function next<T>(work: () => Promise<T>): Promise<T> {
  const done = busy.then(() => {
    if (stopping) throw new Error("the thread is ending");
    return work();
  });
  busy = done.catch(() => undefined);
  return done;
}

async function end(): Promise<void> {
  const { abandonedActions } = await import("../engine/database/watch.ts");
  if (abandonedActions() === 0) process.exit();
  // DuckDB would abort the process.
  parentPort?.postMessage({ id: cannotEnd } satisfies Answer);
}

function answer(id: number, found: Promise<Omit<Answer, "id">>): void {
  found.then(
    (given) => parentPort?.postMessage({ id, ...given } satisfies Answer),
    (error: unknown) => {
      const { diagnostics } = error as Partial<InputError>;
      const told = {
        id,
        error: String(error),
        ...defined({ diagnostics }),
      };
      parentPort?.postMessage(told satisfies Answer);
    },
  );
}

async function compileAll({ root, cacheDir, missingFixtures }: CompileOrder): Promise<void> {
  const { readRule } = await import("../kql/rules/rule-file.ts");
  const { compileRule } = await import("./compile-rule.ts");
  const { discover } = await import("../project/rule-discovery.ts");
  const { ruleEnvironments } = await import("./environments.ts");
  const { readSource } = await import("../project/project-files.ts");
  const { loadInputs } = await import("../project/inputs.ts");
  const environments = ruleEnvironments(loadInputs(root), missingFixtures);
  for (const [name, { file }] of discover(root).rules) {
    const rule = readRule(readSource(root, file), name);
    await compileRule(rule, { cacheDir, ...environments(rule.dialect) });
  }
}
