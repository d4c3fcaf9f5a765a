import { readdirSync, readFileSync } from "node:fs";
import { kill, pid as ownPid } from "node:process";
import { execa } from "execa";
import type { RunnerMark } from "./journal.ts";

/** The variable by which a process is known to belong to a run; its value is the run's id. */
export const runVariable = "KQLTEST_RUN";

/** Ends the processes of a run: the group of its first one, and, where the system tells of environments, those that left the group. */
export async function killProcesses(
  first: number | undefined,
  { id, windows }: { readonly id: string; readonly windows: boolean },
): Promise<void> {
  if (windows) {
    // oxfmt-ignore
    if (first !== undefined) await execa("taskkill", ["/pid", String(first), "/T", "/F"], { reject: false });
    return;
  }
  if (first !== undefined) send(-first);
  for (const process of processesOf(id)) send(process);
}

/** The processes of this machine whose environment says that they belong to the run `id`; none where the system does not tell. */
export function processesOf(id: string): readonly number[] {
  const mark = `\0${runVariable}=${id}\0`;
  return pidsOf("/proc").filter((pid) => `\0${textOf(`/proc/${pid}/environ`)}`.includes(mark));
}

/** This process, so that a later run can tell whether it is still there. */
export function ownMark(): RunnerMark {
  return { pid: ownPid, since: startOf(ownPid) };
}

/** Whether the process that wrote `mark` still runs. */
export function isAlive({ pid, since }: RunnerMark): boolean {
  try {
    kill(pid, 0);
  } catch (error) {
    // Somebody else's process is there, but it is not the one that ran here.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(pid) === since;
}

function send(target: number): void {
  try {
    kill(target, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** When a process started, in ticks since the system did; empty where the system does not tell. */
function startOf(pid: number): string {
  // The second field is the program's name in parentheses, and may hold anything.
  const [, fields = ""] = /^.*\) (.*)$/s.exec(textOf(`/proc/${pid}/stat`)) ?? [];
  return fields.split(" ")[19] ?? "";
}

function pidsOf(folder: string): readonly number[] {
  try {
    return readdirSync(folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** The text of a file below `/proc`; empty where the process is gone, or another user's. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
