import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { execa } from "execa";
import type { ShellName } from "../atomic/types.ts";
import { InputError } from "../base/diagnostic.ts";
import { killProcesses, runVariable } from "./processes.ts";
import { invocation } from "./shells.ts";

/** A text for a shell. Its file is called after `name`. */
export interface ShellScript {
  readonly name: string;
  readonly shell: ShellName;
  readonly text: string;
}

/** What ends a script before its time. */
export interface Limits {
  readonly timeoutMs: number;
  /** Aborted where a person interrupts. */
  readonly signal: AbortSignal;
}

/** How a script went. Plain data. */
export interface ScriptResult {
  readonly name: string;
  readonly shell: ShellName;
  readonly text: string;
  readonly start: Date;
  readonly end: Date;
  /** Null where it was ended from outside. */
  readonly exitCode: number | null;
  readonly stopped: "timeout" | "interrupt" | null;
  readonly out: string;
  readonly err: string;
}

/** Something that scripts run in: this machine, or a container. */
export interface Lab {
  run(script: ShellScript, limits: Limits): Promise<ScriptResult>;
}

export interface LocalLab {
  /** Id of the run that the scripts belong to. */
  readonly id: string;
  /** Private folder of the run, where scripts are put and start. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly windows: boolean;
  readonly now: () => Date;
}

/** More of a script's output is counted and not kept. */
const maxOutput = 256 * 2 ** 10;

/** Runs scripts on this machine, each in a process group of its own, which ends with it. */
export function openLocalLab(lab: LocalLab): Lab {
  return { run: (script, limits) => runScript(lab, script, limits) };
}

async function runScript(
  lab: LocalLab,
  script: ShellScript,
  limits: Limits,
): Promise<ScriptResult> {
  const { program, args, input } = startOf(lab, script);
  const start = lab.now();
  const child = execa(program, args, {
    cwd: lab.folder,
    env: { ...lab.env, [runVariable]: lab.id },
    extendEnv: false,
    // A group of its own on POSIX, so that all it started ends with it. Windows would open a console.
    detached: !lab.windows,
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
    buffer: false,
    reject: false,
    windowsHide: true,
  });
  const out = keepStart(child.stdout);
  const err = keepStart(child.stderr);
  let stopped: ScriptResult["stopped"] = null;
  const stop = (reason: "timeout" | "interrupt"): void => {
    if (stopped !== null) return;
    stopped = reason;
    void killProcesses(child.pid, lab);
  };
  const timer = setTimeout(() => stop("timeout"), limits.timeoutMs);
  const interrupt = (): void => stop("interrupt");
  limits.signal.addEventListener("abort", interrupt);
  if (limits.signal.aborted) interrupt();
  const result = await child;
  clearTimeout(timer);
  limits.signal.removeEventListener("abort", interrupt);
  if (result.code === "ENOENT") throw missingShell(program);
  return {
    ...script,
    start,
    end: lab.now(),
    exitCode: stopped === null ? (result.exitCode ?? null) : null,
    stopped,
    out: out(),
    err: err(),
  };
}

interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
}

function startOf({ folder, windows }: LocalLab, { name, shell, text }: ShellScript): Start {
  const how = invocation(shell, windows);
  if (how.kind === "input") {
    const lines = text.trimEnd().replaceAll(/\r?\n/g, "\r\n");
    return { program: how.program, args: how.args, input: `${lines}\r\n` };
  }
  const file = join(folder, `${name}${how.ending}`);
  writeFileSync(file, text, { mode: 0o600 });
  return { program: how.program, args: [...how.args, file] };
}

/** Gathers the first part of a stream; what comes back gives the text so far. */
function keepStart(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  let kept = 0;
  let left = 0;
  stream.on("data", (chunk: Buffer) => {
    const part = chunk.subarray(0, maxOutput - kept);
    if (part.length > 0) chunks.push(part);
    kept += part.length;
    left += chunk.length - part.length;
  });
  return () => {
    const text = Buffer.concat(chunks).toString("utf8");
    return left === 0 ? text : `${text}\n(${left} more bytes)\n`;
  };
}

function missingShell(program: string): InputError {
  return new InputError({
    code: "KT0836",
    message: `there is no \`${program}\` on this machine`,
    hint: "install it, or run the test elsewhere",
  });
}
