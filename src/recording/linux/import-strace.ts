import type { Row, Tables } from "../../schema/types.ts";
import { addressType } from "../../scenario/model/address.ts";
import { dropped, type Imported } from "../context.ts";
import { tablesOf, type TimedRow } from "../import-events.ts";
import { known } from "../process-facts.ts";
import { createProcesses, type LinuxProcess, type LinuxProcesses } from "./strace-processes.ts";
import { straceEntries, type StraceCall } from "./strace-lines.ts";
import { instantOfSeconds } from "../text-values.ts";

/** What a trace does not tell of the machine it was made on. */
export interface TracedMachine {
  /** Name of the device, in lower case in the rows. */
  readonly device: string;
  /** Whose the processes are. */
  readonly account: string;
  /** Names by the address that they lead to there. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** What became of the calls of one name. `read` is the sum of `rows` and of all that was dropped. */
export interface CallCount {
  readonly call: string;
  readonly read: number;
  readonly rows: number;
  readonly dropped: Readonly<Record<string, number>>;
}

export interface ImportedTrace {
  readonly tables: Tables;
  /** In the order of the calls' names. */
  readonly counts: readonly CallCount[];
}

/** A connection whose end a later call may tell. */
interface Connection {
  readonly call: StraceCall;
  readonly process: LinuxProcess;
  readonly address: string;
  readonly port: number;
  state: "open" | "done" | "failed";
  local?: string;
}

/** The rows of `DeviceProcessEvents` and `DeviceNetworkEvents` that `text`, a trace by `strace -f -ttt -yy`, stands for. */
export function importStrace(text: string, machine: TracedMachine): ImportedTrace {
  const entries = straceEntries(text);
  const calls = entries.flatMap((entry) => (entry.kind === "call" ? [entry.call] : []));
  const processes = createProcesses(calls);
  const connections: Connection[] = [];
  const outcomes: { readonly name: string; readonly imported: Imported }[] = [];
  for (const entry of entries) {
    if (entry.kind === "begun") processes.of(entry.pid);
    if (entry.kind === "unreadable") {
      outcomes.push({ name: "unreadable line", imported: dropped("no call can be read in it") });
    }
    if (entry.kind !== "call") continue;
    const { call } = entry;
    const process = processes.of(call.pid);
    if (isExecution(call)) {
      outcomes.push({ name: call.name, imported: startedRow(call, processes, machine) });
    } else if (call.name === "connect") {
      const found = connectionOf(call, process);
      if ("kind" in found) outcomes.push({ name: call.name, imported: found });
      else connections.push(found);
    } else learnOf(connections, call, process);
  }
  for (const connection of connections) {
    outcomes.push({ name: "connect", imported: connectionRow(connection, machine) });
  }
  return collect(outcomes, machine);
}

function isExecution({ name }: StraceCall): boolean {
  return name === "execve" || name === "execveat";
}

function startedRow(
  call: StraceCall,
  processes: LinuxProcesses,
  { account, device }: TracedMachine,
): Imported {
  if (call.result !== "0") return dropped("the program did not start");
  const started = processes.execute(call);
  if (started === undefined) return dropped("strace cut its arguments short");
  const time = instantOfSeconds(call.seconds);
  const row = known({
    ActionType: "ProcessCreated",
    FileName: fileNameOf(started.image),
    FolderPath: started.image,
    ProcessId: started.pid,
    ProcessCommandLine: started.command,
    ProcessCreationTime: started.created,
    AccountDomain: device.toLowerCase(),
    AccountName: account,
    ...initiatingColumns(started.parent, account),
  });
  return { kind: "row", table: "DeviceProcessEvents", time, row };
}

function fileNameOf(image: string): string {
  return image.slice(image.lastIndexOf("/") + 1);
}

function initiatingColumns(process: LinuxProcess | undefined, account: string): Row {
  if (process === undefined) return {};
  const { image, pid, command, created, parent } = process;
  return known({
    InitiatingProcessFileName: fileNameOf(image),
    InitiatingProcessFolderPath: image,
    InitiatingProcessId: pid,
    InitiatingProcessCommandLine: command,
    InitiatingProcessCreationTime: created,
    InitiatingProcessAccountName: account,
    InitiatingProcessParentFileName: parent && fileNameOf(parent.image),
    InitiatingProcessParentId: parent?.pid,
    InitiatingProcessParentCreationTime: parent?.created,
  });
}

const destination =
  /^\d+<TCP(?:v6)?:.*?>, \{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")/;

function connectionOf(
  call: StraceCall,
  process: LinuxProcess | undefined,
): Connection | Extract<Imported, { kind: "dropped" }> {
  const parts = destination.exec(call.args);
  const drop = (reason: string) => ({ kind: "dropped", reason }) as const;
  if (parts === null) return drop("Defender reports TCP alone");
  if (process === undefined) return drop("the program of its process was not seen to start");
  const [, port, v4, v6] = parts;
  const address = (v4 ?? v6 ?? "").replace(/^::ffff:(?=\d+\.)/i, "");
  const state = stateOf(call.result);
  if (state === undefined) return drop("the socket was connected already");
  return { call, process, address, port: Number(port), state };
}

function stateOf(result: string): Connection["state"] | undefined {
  if (result === "0") return "done";
  if (/^-1 (?:EISCONN|EALREADY) /.test(result)) return undefined;
  return /^(?:-1 EINPROGRESS |\?)/.test(result) ? "open" : "failed";
}

/** What a later call on the same socket tells of a connection: its end, and the address it has here. */
function learnOf(
  connections: readonly Connection[],
  { args }: StraceCall,
  process: LinuxProcess | undefined,
): void {
  const [, socket, ends = ""] = /^(\d+)<TCP(?:v6)?:\[(.*?)\]>/.exec(args) ?? [];
  if (socket === undefined || process === undefined) return;
  const connection = connections.findLast(
    ({ call, process: owner }) =>
      owner.pid === process.pid && call.args.startsWith(`${socket}<TCP`),
  );
  if (connection === undefined || connection.state === "failed") return;
  const error = /, SO_ERROR, \[(\w+)\]/.exec(args)?.[1];
  if (error !== undefined && error !== "0") {
    connection.state = "failed";
    return;
  }
  const [local, remote] = ends.split("->");
  if (remote === undefined || local === undefined) return;
  connection.state = "done";
  connection.local ??= local;
}

function connectionRow(connection: Connection, { names, account }: TracedMachine): Imported {
  const { call, process, address, port, state, local } = connection;
  if (state === "open") return dropped("how it ended was not recorded");
  const [, localAddress, localPort] = /^\[?(.*?)\]?:(\d+)$/.exec(local ?? "") ?? [];
  const asked = names.get(address) ?? [];
  const row = known({
    ActionType: state === "done" ? "ConnectionSuccess" : "ConnectionFailed",
    RemoteIP: address,
    RemotePort: port,
    // An address that stands for several names does not tell which one was asked for.
    RemoteUrl: asked.length === 1 ? asked[0] : undefined,
    LocalIP: localAddress,
    LocalPort: localPort === undefined ? undefined : Number(localPort),
    Protocol: "Tcp",
    LocalIPType: localAddress && addressType(localAddress),
    RemoteIPType: addressType(address),
    ...initiatingColumns(process, account),
  });
  return { kind: "row", table: "DeviceNetworkEvents", time: instantOfSeconds(call.seconds), row };
}

function collect(
  outcomes: readonly { readonly name: string; readonly imported: Imported }[],
  { device }: TracedMachine,
): ImportedTrace {
  const rows: TimedRow[] = [];
  const counts = new Map<string, { read: number; rows: number; dropped: Record<string, number> }>();
  for (const { name, imported } of outcomes) {
    const count = counts.get(name) ?? { read: 0, rows: 0, dropped: {} };
    counts.set(name, count);
    count.read += 1;
    if (imported.kind === "row") {
      count.rows += 1;
      rows.push({ ...imported, computer: device });
    } else count.dropped[imported.reason] = (count.dropped[imported.reason] ?? 0) + 1;
  }
  return {
    tables: tablesOf(rows),
    counts: [...counts]
      .map(([call, count]) => ({ call, ...count }))
      .toSorted((a, b) => (a.call < b.call ? -1 : 1)),
  };
}
