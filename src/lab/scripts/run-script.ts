import { type Limits, type StopReason, stopAt } from "./stopping.ts";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { ShellName } from "../../atomic/types.ts";
import { InputError } from "../../base/diagnostic.ts";
import { keepOutput } from "./output.ts";
import { killProcesses, runVariable } from "../kill-processes.ts";
import { invocation } from "./shells.ts";
import { underStrace } from "../under-strace.ts";

/** A text for a shell. Its file is called after `name`. */
export interface ShellScript {
  readonly name: string;
  readonly shell: ShellName;
  readonly text: string;
  /** Whether a lab that records traces it. */
  readonly isAttack?: true;
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
  readonly stopped: StopReason | null;
  readonly out: string;
  readonly err: string;
  /** What strace wrote, where it was recorded. */
  readonly trace?: string;
}

/** Something that scripts run in: this machine, or a container. */
export interface Lab {
  run(script: ShellScript, limits: Limits): Promise<ScriptResult>;
  /** Takes the lab away, with all that a test left in it; absent where it is there to stay. */
  readonly discard?: () => Promise<void>;
}

export interface LocalLab {
  /** Id of the run that the scripts belong to. */
  readonly id: string;
  /** Private folder of the run, where scripts are put and start. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly windows: boolean;
  /** Trace what an attack does; Linux alone, where strace is. */
  readonly record?: boolean;
  readonly now: () => Date;
}

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
  const trace = lab.record === true && script.isAttack ? join(lab.folder, "trace.txt") : undefined;
  const [first = program, ...rest] =
    trace === undefined ? [program, ...args] : underStrace(trace, [program, ...args]);
  const start = lab.now();
  const child = execa(first, rest, {
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
  const [out, err] = [keepOutput(), keepOutput()];
  child.stdout.on("data", out.add);
  child.stderr.on("data", err.add);
  const stopping = stopAt(limits, () => killProcesses(child.pid, lab));
  const result = await child;
  await stopping.release();
  const stopped = stopping.reason();
  if (result.code === "ENOENT") throw missingShell(program);
  return {
    ...script,
    start,
    end: lab.now(),
    exitCode: stopped === null ? (result.exitCode ?? null) : null,
    stopped,
    out: out.text(),
    err: err.text(),
    ...(trace !== undefined && existsSync(trace) ? { trace: readFileSync(trace, "utf8") } : {}),
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

/** The error where a shell is not `where`: `on this machine`. */
export function missingShell(program: string, where = "on this machine"): InputError {
  return new InputError({
    code: "KT0836",
    message: `there is no \`${program}\` ${where}`,
    hint: "install it, or run the test elsewhere",
  });
}
