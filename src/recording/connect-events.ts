import { connectionKey, type RecordingContext } from "./context.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { fileNameOf, type ProcessFacts } from "./process-facts.ts";
import { createdProcess as securityProcess } from "./windows/security.ts";
import { answersOf, endsOf, sysmonTime, withoutDot } from "./windows/sysmon.ts";
import { createdProcess as sysmonProcess } from "./windows/sysmon-process.ts";
import { instantOf, knownText, numberOf } from "./text-values.ts";
import type { WindowsEvent } from "./windows/windows-event.ts";

/** What the events of a recording tell of each other. */
export function connectEvents(events: readonly WindowsEvent[]): RecordingContext {
  const directory = createDirectory(events);
  const byGuid = sysmonProcesses(events, directory);
  const processAt = processesById(events, byGuid, directory);
  const askedName = askedNames(events);
  const connections = new Set(events.flatMap(connectionOf));
  return {
    directory,
    processByGuid: (computer, guid) => byGuid.get(keyOf(computer, guid)),
    processAt,
    askedName,
    sawConnection: (key) => connections.has(key),
  };
}

function keyOf(computer: string, key: string): string {
  return `${computer}|${key}`.toLowerCase();
}

/** The processes that Sysmon saw start. A parent is known only where its event came first, as it does. */
function sysmonProcesses(
  events: readonly WindowsEvent[],
  directory: Directory,
): ReadonlyMap<string, ProcessFacts> {
  const found = new Map<string, ProcessFacts>();
  const starts = events.filter(({ log, id }) => log === "sysmon" && id === 1);
  for (const { computer, data } of sortedBy(starts, sysmonTime)) {
    const parent = found.get(keyOf(computer, data["ParentProcessGuid"] ?? ""));
    const key = keyOf(computer, data["ProcessGuid"] ?? "");
    found.set(key, sysmonProcess(data, directory, parent));
  }
  return found;
}

// How far apart two logs may write down one start.
const sameStartMs = 5000;

/** All processes by id, those that only the security log knows among them. */
function processesById(
  events: readonly WindowsEvent[],
  byGuid: ReadonlyMap<string, ProcessFacts>,
  directory: Directory,
): RecordingContext["processAt"] {
  const found = new Map<string, ProcessFacts[]>();
  const listOf = (computer: string, pid: number): ProcessFacts[] => {
    const key = keyOf(computer, String(pid));
    const list = found.get(key) ?? [];
    found.set(key, list);
    return list;
  };
  for (const [key, process] of byGuid) {
    listOf(key.slice(0, key.lastIndexOf("|")), process.pid).push(process);
  }
  const starts = events.filter(({ log, id }) => log === "security" && id === 4688);
  for (const event of sortedBy(starts, ({ time }) => instantOf(time))) {
    const time = instantOf(event.time) ?? "";
    const creator = numberOf(event.data["ProcessId"]) ?? 0;
    const parent = latest(listOf(event.computer, creator), time);
    const isParent = sameName(parent, event.data["ParentProcessName"]);
    const process = securityProcess(event, directory, isParent ? parent : undefined);
    const list = listOf(event.computer, process.pid);
    const isKnown = list.some(
      (other) => sameName(other, process.image) && apartMs(other.created, time) < sameStartMs,
    );
    if (!isKnown) list.push(process);
  }
  return (computer, pid, time) => latest(found.get(keyOf(computer, String(pid))) ?? [], time);
}

function sameName(process: ProcessFacts | undefined, image: string | undefined): boolean {
  if (process === undefined || image === undefined) return false;
  return fileNameOf(process.image).toLowerCase() === fileNameOf(image).toLowerCase();
}

function apartMs(one: string | undefined, other: string): number {
  return Math.abs(Date.parse(one ?? "") - Date.parse(other));
}

function latest(list: readonly ProcessFacts[], time: string): ProcessFacts | undefined {
  let best: ProcessFacts | undefined;
  for (const process of list) {
    const created = process.created ?? "";
    if (created <= time && created >= (best?.created ?? "")) best = process;
  }
  return best;
}

// The answer is often written down a little after the connection that it led to.
const lateAnswerMs = 2000;

function askedNames(events: readonly WindowsEvent[]): RecordingContext["askedName"] {
  const answers = new Map<string, { host: string; at: number }[]>();
  for (const event of events) {
    if (event.log !== "sysmon" || event.id !== 22) continue;
    const host = knownText(event.data["QueryName"]);
    const at = Date.parse(sysmonTime(event) ?? "");
    if (host === undefined || Number.isNaN(at)) continue;
    for (const address of answersOf(event.data["QueryResults"] ?? "")) {
      const key = keyOf(event.computer, `${event.data["ProcessGuid"] ?? ""}|${address}`);
      const list = answers.get(key) ?? [];
      answers.set(key, list);
      list.push({ host: withoutDot(host), at });
    }
  }
  return (computer, guid, { address, time }) => {
    const at = Date.parse(time);
    const known = answers.get(keyOf(computer, `${guid}|${address}`)) ?? [];
    const usable = known.filter((answer) => answer.at <= at + lateAnswerMs);
    return usable.toSorted((a, b) => b.at - a.at)[0]?.host;
  };
}

function connectionOf(event: WindowsEvent): readonly string[] {
  if (event.log !== "sysmon" || event.id !== 3) return [];
  const { local, remote } = endsOf(event);
  const ends = {
    local: `${local.address}:${local.port}`,
    remote: `${remote.address}:${remote.port}`,
  };
  return [connectionKey(event.computer, numberOf(event.data["ProcessId"]), ends)];
}

function sortedBy(
  events: readonly WindowsEvent[],
  timeOf: (event: WindowsEvent) => string | undefined,
): readonly WindowsEvent[] {
  const timed = events.map((event) => ({ event, time: timeOf(event) ?? "" }));
  timed.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
  return timed.map(({ event }) => event);
}
