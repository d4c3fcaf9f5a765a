import { defined } from "../../base/defined.ts";
import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { InputError } from "../../base/diagnostic.ts";
import { createModuleOutput, type ModuleOutput } from "./module-output.ts";
import type { ModuleProblem, Order } from "./messages.ts";

/** A process that runs one module of a project. */
export interface ModuleProcess {
  /** Sends `orders`, hands each reply to `take` until that gives something, and gives it. Throws an `InputError` about the module's file if the process ends, falls silent, or `take` throws. */
  ask<T>(orders: readonly Order[], take: (reply: unknown) => T | undefined): Promise<T>;
  /** Ends it; what the module wrote. */
  end(): string;
}

export interface ProcessOptions {
  /** What diagnostics call the module. */
  readonly file: string;
  /** Longest time without a reply, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Starts the process that is to run the module `file`.
 *
 * This is the one place outside `lab` that starts a process. A module of a project is a program that a pull request may
 * bring: in this process, `process.exit(0)` would end the run without a report, and an endless loop would never end. A
 * thread would share the exit code, the memory and the file descriptors. It is a fork of Node with a module of our own,
 * never a shell, and nothing of the project is part of its command line.
 */
export function openModuleProcess({ file, limitMs }: ProcessOptions): ModuleProcess {
  const { program, flags } = host();
  const child = fork(program, [], {
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: ["--no-warnings", `--max-old-space-size=${maxHeapMb}`, ...flags],
    env: environment(),
  });
  const output = createModuleOutput([child.stdout, child.stderr]);
  // Nothing of it keeps this process alive; a question that is open does, by its timer.
  child.unref();
  child.channel?.unref();
  const end = createEnd(child);
  child.on("error", () => undefined);
  return {
    ask: (orders, take) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          stop();
          child.removeListener("message", onMessage);
        };
        const fail = (problem: ModuleProblem): void => {
          settle();
          child.kill("SIGKILL");
          reject(moduleError(file, problem, output));
        };
        const onMessage = (reply: unknown): void => {
          try {
            const found = take(reply);
            if (found === undefined) return;
            settle();
            resolve(found);
          } catch (error) {
            settle();
            child.kill("SIGKILL");
            reject(
              error instanceof ModuleFailure ? moduleError(file, error.problem, output) : error,
            );
          }
        };
        const stop = watch(child, limitMs, fail);
        child.on("message", onMessage);
        // What cannot be sent is told by the end of the process, which is watched.
        for (const order of orders) child.send(order, () => undefined);
      }),
    end: () => {
      end();
      return output.text();
    },
  };
}

/** An error that the module's process reports of itself. */
export class ModuleFailure extends Error {
  readonly problem: ModuleProblem;
  constructor(problem: ModuleProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** More than any project's scenarios take; without a limit, one module could take the memory of the machine. */
const maxHeapMb = 1024;

const require = createRequire(import.meta.url);

/** How the host is started. The built one runs under Node's permission model: its module reads files, but writes none and starts nothing, so that it cannot change the files that it is tested with. */
function host(): { readonly program: string; readonly flags: readonly string[] } {
  const url = new URL(import.meta.url.endsWith(".js") ? "host.js" : "host.ts", import.meta.url);
  const path = fileURLToPath(url);
  if (path.endsWith(".js")) return { program: path, flags: permissionFlags() };
  // From source, the host is TypeScript itself, and its compiler writes a cache.
  const compiler = join(dirname(require.resolve("jiti/package.json")), "lib/jiti-register.mjs");
  return { program: path, flags: ["--import", pathToFileURL(compiler).href] };
}

function permissionFlags(): readonly string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const flag = ["--permission", "--experimental-permission"].find((name) => known.has(name));
  return flag === undefined ? [] : [flag, "--allow-fs-read=*"];
}

/** What a program needs to start, and no more: secrets of a build are in its environment. */
function environment(): NodeJS.ProcessEnv {
  const names = [
    "PATH",
    "HOME",
    "USERPROFILE",
    "SystemRoot",
    "TMPDIR",
    "TEMP",
    "TMP",
    "TZ",
    "LANG",
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Node opens a debugger on this signal, through which a module could tell this process what to do. */
const debuggerSignal = "SIGUSR1";

function ignoreSignal(): void {
  return;
}

/** Ends the process without a chance to answer, and with it what was done for its time. */
function createEnd(child: ChildProcess): () => void {
  const kill = (): void => void child.kill("SIGKILL");
  process.on(debuggerSignal, ignoreSignal);
  process.once("exit", kill);
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    process.removeListener(debuggerSignal, ignoreSignal);
    process.removeListener("exit", kill);
    kill();
  };
}

/** Time is counted in parts of this many milliseconds, so that while this process itself is busy only one of them passes. */
const tickMs = 250;

/** The process gets this much longer than the module, to tell of the limit itself. */
const graceTicks = 4;

/** Tells of the end of `child`, and of a silence that is longer than its limit. Gives what stops it. */
function watch(
  child: ChildProcess,
  limitMs: number,
  failed: (problem: ModuleProblem) => void,
): () => void {
  let ticks = 0;
  const onMessage = (): void => {
    ticks = 0;
  };
  let ending: NodeJS.Timeout | undefined;
  const onExit = (): void => {
    // What it sent last may still be on its way.
    ending ??= setTimeout(() => failed(exitProblem(child)), 100);
  };
  const timer = setInterval(() => {
    if (++ticks > limitMs / tickMs + graceTicks) failed(silence(limitMs));
  }, tickMs);
  child.on("message", onMessage);
  child.once("exit", onExit);
  child.once("error", onExit);
  child.once("disconnect", onExit);
  if (child.exitCode !== null || child.signalCode !== null || !child.connected) onExit();
  return () => {
    clearInterval(timer);
    clearTimeout(ending);
    child.removeListener("message", onMessage);
    for (const event of ["exit", "error", "disconnect"]) child.removeListener(event, onExit);
  };
}

function silence(limitMs: number): ModuleProblem {
  return {
    code: "KT0712",
    message: `the module took longer than ${limitMs / 1000} s`,
    hint: "look for an endless loop, or set a longer `moduleTimeoutSeconds` in `kqltest.config.yaml`",
  };
}

function exitProblem({ exitCode, signalCode }: ChildProcess): ModuleProblem {
  const how =
    signalCode !== null
      ? `the process of the module was ended by ${signalCode}`
      : exitCode !== null
        ? `the module ended its process with exit code ${exitCode}`
        : "the module closed the channel of its process";
  const hint =
    signalCode === null
      ? "remove `process.exit` and the like: a module defines data"
      : "a module that needs more than 1 GB of memory is ended too";
  return { code: "KT0712", message: how, hint };
}

function moduleError(
  file: string,
  { code, message, hint }: ModuleProblem,
  output: ModuleOutput,
): InputError {
  const written = output.lastLines();
  const text = written === "" ? message : `${message}; it wrote:\n${written}`;
  return new InputError({
    code,
    message: text,
    source: { file, text: "" },
    ...defined({ hint }),
  });
}
