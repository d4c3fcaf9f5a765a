import { lookup } from "node:dns/promises";
import type { SidecarEntry } from "../atomic/sidecar.ts";
import type { FilledTest } from "../atomic/fill-test.ts";
import { recordingOf, type Recording } from "../recording/recording.ts";
import { importStrace, type CallCount } from "../recording/linux/import-strace.ts";
import type { Machine } from "./machine.ts";
import type { ScriptResult } from "./scripts/run-script.ts";

/** A test whose command was traced, and what the trace does not tell. */
export interface TracedRun {
  readonly filled: FilledTest;
  readonly entry: SidecarEntry | undefined;
  readonly machine: Machine;
  /** Names by the address that they led to. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly command: ScriptResult;
}

export interface RecordedRun {
  readonly recording: Recording;
  /** What became of the calls in the trace. */
  readonly counts: readonly CallCount[];
}

/** The rows that the command of a test left; none where it was not traced. */
export function recordRun(run: TracedRun): RecordedRun {
  const { filled, entry, machine, names, command } = run;
  const device = machine.host.toLowerCase();
  const { tables, counts } = importStrace(command.trace ?? "", {
    device,
    account: machine.user,
    names,
  });
  const recording = recordingOf(tables, {
    source: "strace",
    atomic: {
      technique: filled.technique,
      number: filled.number,
      guid: filled.guid,
      name: filled.name,
      inputs: filled.arguments,
      marker: entry === undefined ? null : (filled.arguments[entry.marker] ?? null),
    },
    device,
    account: machine.user,
    started: command.start.toISOString(),
    ended: command.end.toISOString(),
  });
  return { recording, counts };
}

/** Where `hosts` lead on this machine: names by address. One that leads nowhere is in none. */
export async function lookUp(
  hosts: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = new Map<string, readonly string[]>();
  for (const host of hosts) {
    const found = await lookup(host, { all: true }).catch(() => []);
    for (const { address } of found) names.set(address, [...(names.get(address) ?? []), host]);
  }
  return names;
}
