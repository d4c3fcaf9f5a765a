import { defined } from "../../base/defined.ts";
import { posix } from "node:path";
import { readList, readLiteral, type StraceCall } from "./strace-lines.ts";
import { instantOfSeconds } from "../text-values.ts";

/** A process of Linux and the program in it. */
export interface LinuxProcess {
  readonly pid: number;
  /** The path that was asked for; a link in it is not followed. */
  readonly image: string;
  /** Its arguments with a blank between them, as the sensor of Defender has them there. */
  readonly command: string;
  /** When the program began; absent in a process that has its parent's. */
  readonly created?: string;
  readonly parent?: LinuxProcess;
}

/** The processes of a trace, as they are at the call that is being looked at. */
export interface LinuxProcesses {
  /** The process of a thread; undefined where its program was not seen to start. */
  of(thread: number): LinuxProcess | undefined;
  /** Notes that `call` put another program into a process; undefined where strace cut what it was told. */
  execute(call: StraceCall): LinuxProcess | undefined;
}

/** The processes that `calls` tell of. Asked in the order of the trace, since each begins with what its parent is then. */
export function createProcesses(calls: readonly StraceCall[]): LinuxProcesses {
  const makers = makersOf(calls);
  const processes = new Map<number, LinuxProcess>();
  const unknown = new Set<number>();
  const leaderOf = (thread: number): number => {
    const maker = makers.get(thread);
    return maker?.isThread === true ? leaderOf(maker.pid) : thread;
  };
  const of = (thread: number): LinuxProcess | undefined => {
    const pid = leaderOf(thread);
    const found = processes.get(pid);
    const maker = makers.get(pid);
    if (found !== undefined || maker === undefined || unknown.has(pid)) return found;
    const parent = of(maker.pid);
    if (parent === undefined) return undefined;
    // A copy of its parent until it starts a program of its own.
    const { image, command } = parent;
    const child: LinuxProcess = { pid, image, command, parent };
    processes.set(pid, child);
    return child;
  };
  return {
    of,
    execute: (call) => {
      const pid = leaderOf(call.pid);
      const before = of(call.pid);
      const program = programOf(call);
      processes.delete(pid);
      unknown.add(pid);
      if (program === undefined) return undefined;
      // In a process that was only copied, the one that was copied started it.
      const parent = before?.created === undefined ? before?.parent : before;
      const started: LinuxProcess = {
        pid,
        ...program,
        created: instantOfSeconds(call.seconds),
        ...defined({ parent }),
      };
      processes.set(pid, started);
      return started;
    },
  };
}

interface Maker {
  readonly pid: number;
  readonly isThread: boolean;
}

/** Which thread made which; known ahead, since a child may act before the call that made it comes back. */
function makersOf(calls: readonly StraceCall[]): ReadonlyMap<number, Maker> {
  const makers = new Map<number, Maker>();
  for (const { pid, name, args, result } of calls) {
    if (!/^(?:clone3?|v?fork)$/.test(name) || !/^\d+$/.test(result)) continue;
    makers.set(Number(result), { pid, isThread: /\bCLONE_THREAD\b/.test(args) });
  }
  return makers;
}

/** The program that an `execve` or `execveat` starts; undefined where it is not told in full. */
function programOf({
  name,
  args,
}: StraceCall): Pick<LinuxProcess, "image" | "command"> | undefined {
  const [folder = "", base] =
    name === "execve" ? [""] : (/^(?:AT_FDCWD|\d+)(?:<([^>]*)>)?, /.exec(args) ?? []);
  const path = readLiteral(args, folder.length);
  const list = path && readList(args, path.end + 2);
  if (path === undefined || list === undefined || path.isCut || list.isCut) return undefined;
  const image =
    base === undefined ? path.value : path.value === "" ? base : posix.resolve(base, path.value);
  return { image, command: list.values.join(" ") };
}
