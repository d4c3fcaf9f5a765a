// The program that runs one module of a project, in a process of its own that `openModuleProcess` starts. Whatever the
// module does to this process, its exit or its globals, it does to itself.
import { defined } from "../../base/defined.ts";
import { Script } from "node:vm";
import { InputError } from "../../base/diagnostic.ts";
import { scenariosIn, type ModuleScenarios } from "../../scenario/definitions/module-scenarios.ts";
import { loadModule } from "./load-module.ts";
import { maxScenarioLength, type ModuleProblem, type Order, type Reply } from "./messages.ts";
import type { Row, Tables } from "../../schema/types.ts";

type Reference = (tables: Tables, context: { readonly now: string }) => unknown;

const send = process.send?.bind(process);
// A module that finds no `send` sends nothing by mistake. One that wants to will: the parent trusts no message.
delete process.send;

let limitMs = 10_000;
let scenarios: ModuleScenarios | undefined;
let reference: Reference | undefined;
let busy: Promise<void> = Promise.resolve();

process.on("message", (order: Order) => {
  busy = busy.then(() => handle(order)).catch(fail);
});
// Without this, the parent's end would leave a module with a timer running.
process.on("disconnect", () => process.exit());
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

async function handle(order: Order): Promise<void> {
  switch (order.kind) {
    case "open": {
      const { module } = order;
      limitMs = module.limitMs;
      const exports = await open(module);
      if (module.kind === "reference") reference = referenceIn(exports);
      else scenarios = scenariosIn(exports, module.id);
      // A promise that was rejected while the module loaded is told of before it counts as loaded.
      await new Promise(setImmediate);
      reply({ kind: "opened", cases: scenarios?.cases ?? null });
      return;
    }
    case "make":
      makeAll(order.indexes);
      return;
    case "evaluate":
      reply({
        kind: "rows",
        rows: limited(() => order.scenarios.map((tables) => rowsOf(tables, order.now))),
      });
  }
}

async function open(
  module: Extract<Order, { kind: "open" }>["module"],
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await limited(() => loadModule(module));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw module.kind === "reference"
      ? problem("KT0711", `the reference cannot be loaded: ${reasonOf(error)}`)
      : problem("KT0550", `the scenario cannot be loaded: ${reasonOf(error)}`);
  }
}

function referenceIn(exports: Readonly<Record<string, unknown>>): Reference {
  if (typeof exports["reference"] === "function") return exports["reference"] as Reference;
  throw problem(
    "KT0711",
    "the module exports no function `reference`",
    "write `export const reference: Reference = (tables, { now }) => …`",
  );
}

/** Few messages for many small scenarios, and each before the parent loses patience. */
const batch = { length: 2 ** 20, ms: 200 };

function makeAll(indexes: readonly number[]): void {
  let made: (string | ModuleProblem)[] = [];
  let length = 0;
  let sinceMs = performance.now();
  const flush = (): void => {
    if (made.length > 0) reply({ kind: "made", scenarios: made });
    made = [];
    length = 0;
    sinceMs = performance.now();
  };
  for (const index of indexes) {
    const text = make(index);
    made.push(text);
    length += typeof text === "string" ? text.length : 0;
    if (length > batch.length || performance.now() - sinceMs > batch.ms) flush();
  }
  flush();
}

function make(index: number): string | ModuleProblem {
  try {
    const text = limited(() => scenarios?.text(index) ?? "");
    if (text.length <= maxScenarioLength) return text;
    return {
      code: "KT0552",
      message: `the scenario is larger than ${maxScenarioLength / 2 ** 20} MB`,
    };
  } catch (error) {
    // Others of the file may be in order; one that takes too long ends them all.
    if (isTimeout(error)) throw error;
    return problemOf(error);
  }
}

function rowsOf(tables: Tables, now: string): readonly Row[] {
  let rows: unknown;
  try {
    rows = reference?.(tables, { now });
  } catch (error) {
    throw problem("KT0711", `the reference threw an error: ${reasonOf(error)}`);
  }
  if (Array.isArray(rows)) return rows as readonly Row[];
  throw problem("KT0711", `the reference gave no list of rows: found ${typeof rows}`);
}

/** What `run` gives. It is stopped after the time limit even if nothing else can run any more, as in an endless loop; whoever started this process may be gone then. */
function limited<T>(run: () => T): T {
  const script = new Script("globalThis.kqltestRun()");
  const key = "kqltestRun";
  Object.defineProperty(globalThis, key, { configurable: true, enumerable: false, value: run });
  try {
    return script.runInThisContext({ timeout: limitMs }) as T;
  } catch (error) {
    throw isTimeout(error)
      ? problem("KT0712", `the module took longer than ${limitMs / 1000} s`, slowHint)
      : error;
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}

const slowHint =
  "look for an endless loop, or set a longer `moduleTimeoutSeconds` in `kqltest.config.yaml`";

function isTimeout(error: unknown): boolean {
  if (error instanceof InputError) return error.diagnostics.some(({ code }) => code === "KT0712");
  return (error as { readonly code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}

function problem(code: string, message: string, hint?: string): InputError {
  return new InputError({ code, message, ...defined({ hint }) });
}

function problemOf(error: unknown): ModuleProblem {
  const [first] = error instanceof InputError ? error.diagnostics : [];
  if (first === undefined) {
    return { code: "KT0712", message: `the module threw an error: ${reasonOf(error)}` };
  }
  const { code, message, hint } = first;
  return { code, message, ...defined({ hint }) };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reply(message: Reply): void {
  send?.(message);
}

/** Sends what went wrong; nothing that the module does afterwards counts. */
function fail(error: unknown): void {
  const message: Reply = { kind: "failed", problem: problemOf(error) };
  send?.(message, () => process.exit(1));
}
