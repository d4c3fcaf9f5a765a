import { randomUUID } from "node:crypto";
import { openJournal, type Journal, type StartedEntry } from "../../../lab/journal.ts";
import { testEnvironment, type Machine } from "../../../lab/machine.ts";
import { makePrivateFolder, removePrivateFolder } from "../../../lab/private-folder.ts";
import { ownMark } from "../../../lab/processes.ts";
import { openLocalLab, type Lab } from "../../../lab/run-script.ts";
import { cleanupOf } from "../../../lab/run-test.ts";
import { testLabel } from "../../../atomic/types.ts";
import type { Io } from "../../io.ts";
import type { Prepared } from "./prepare.ts";

/** A run that is about to begin on this machine. */
export interface LocalRun {
  readonly lab: Lab;
  readonly journal: Journal;
  readonly started: StartedEntry;
  /** Aborted by a first interruption. */
  readonly interrupt: AbortSignal;
  /** Aborted by a second one. */
  readonly abandon: AbortSignal;
}

/** Does `action` with a lab on this machine; interruptions go to it meanwhile, and its folder is gone afterwards. */
export async function inLocalLab<T>(
  { request, machine }: Prepared,
  io: Io,
  action: (run: LocalRun) => Promise<T>,
): Promise<T> {
  const { test, filled, project } = request;
  const id = randomUUID();
  const folder = makePrivateFolder(machine.temporary);
  const started: StartedEntry = {
    kind: "started",
    id,
    at: io.now().toISOString(),
    test: test.guid,
    label: testLabel(test),
    arguments: filled.arguments,
    cleanup: cleanupOf(filled),
    folder,
    runner: ownMark(),
  };
  try {
    return await withInterrupts(io, (signals) =>
      action({
        lab: localLab({ id, folder }, machine, io),
        journal: openJournal(project),
        started,
        ...signals,
      }),
    );
  } finally {
    removePrivateFolder(machine.temporary, folder);
  }
}

/** The lab on this machine for a run in `folder`. */
export function localLab(
  { id, folder }: { readonly id: string; readonly folder: string },
  machine: Machine,
  io: Io,
): Lab {
  const windows = machine.platform === "windows";
  return openLocalLab({ id, folder, env: testEnvironment(io.env), windows, now: io.now });
}

interface Interrupts {
  readonly interrupt: AbortSignal;
  readonly abandon: AbortSignal;
}

/** Does `action` while interruptions abort its signals, one after the other. */
export async function withInterrupts<T>(
  io: Io,
  action: (signals: Interrupts) => Promise<T>,
): Promise<T> {
  const [first, second] = [new AbortController(), new AbortController()];
  const release = io.onInterrupt(() => (first.signal.aborted ? second : first).abort());
  try {
    return await action({ interrupt: first.signal, abandon: second.signal });
  } finally {
    release();
  }
}
