import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { testLabel } from "../../../atomic/types.ts";
import type { SinkholeRequest } from "../../../lab/docker/sinkhole.ts";
import { openJournal, type Journal, type StartedEntry } from "../../../lab/journal.ts";
import { testEnvironment, type Machine } from "../../../lab/machine.ts";
import { makePrivateFolder, removePrivateFolder } from "../../../lab/private-folder.ts";
import { ownMark } from "../../../lab/kill-processes.ts";
import { lookUp } from "../../../lab/record-run.ts";
import { openLocalLab, type Lab } from "../../../lab/scripts/run-script.ts";
import { cleanupOf } from "../../../lab/run-test.ts";
import { targetNames } from "../../../lab/targets.ts";
import type { Io } from "../../io.ts";
import type { Prepared } from "./prepare.ts";

/** A run that is about to begin. */
export interface LabRun {
  readonly lab: Lab;
  readonly journal: Journal;
  readonly started: StartedEntry;
  /** Aborted by a first interruption. */
  readonly interrupt: AbortSignal;
  /** Aborted by a second one. */
  readonly abandon: AbortSignal;
  /** The names of the test's targets, by the address that they lead to there. */
  names(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** What sinkholes of the lab were asked; known once it is discarded. */
  requests(): readonly SinkholeRequest[];
}

export interface LabOptions {
  readonly io: Io;
  /** Whether what the test does is traced. */
  readonly record?: boolean;
}

/** Does `action` with a lab on this machine; interruptions go to it meanwhile, and its folder is gone afterwards. */
export async function inLocalLab<T>(
  prepared: Prepared,
  { io, record = false }: LabOptions,
  action: (run: LabRun) => Promise<T>,
): Promise<T> {
  const { request, machine, root } = prepared;
  const folder = makePrivateFolder(machine.temporary);
  const started: StartedEntry = {
    ...startedEntry(prepared, io),
    cleanup: cleanupOf(request.filled),
    folder,
  };
  try {
    return await withInterrupts(io, (signals) =>
      action({
        lab: localLab({ id: started.id, folder, record }, machine, io),
        journal: openJournal(root),
        started,
        names: () => lookUp(targetNames(request)),
        requests: () => [],
        ...signals,
      }),
    );
  } finally {
    removePrivateFolder(machine.temporary, folder);
  }
}

/** Does `action` with a lab in a container of `image`, of which nothing is left afterwards. The journal has the run before anything of it is there. */
export async function inDockerLab<T>(
  prepared: Prepared,
  { io, image, record = false }: LabOptions & { readonly image: string },
  action: (run: LabRun) => Promise<T>,
): Promise<T> {
  const { request, root } = prepared;
  const { technique } = request.filled;
  const [{ openEngine, removeRun, requireImage }, { openDockerLab }, { techniqueFiles }] =
    await Promise.all([
      import("../../../lab/docker/container-engine.ts"),
      import("../../../lab/docker/docker-lab.ts"),
      import("../../../lab/docker/technique-files.ts"),
    ]);
  const engine = await openEngine();
  await requireImage(engine, image);
  const journal = openJournal(root);
  const started: StartedEntry = { ...startedEntry(prepared, io), lab: "docker" };
  const options = {
    id: started.id,
    image,
    names: targetNames(request),
    record,
    files: techniqueFiles(join(root, "atomics", technique), technique),
    now: io.now,
  };
  return withInterrupts(io, async (signals) => {
    journal.append(started);
    try {
      const lab = await openDockerLab(engine, options);
      const { requests } = lab;
      return await action({
        lab,
        journal,
        started,
        names: async () => lab.names,
        requests,
        ...signals,
      });
    } catch (error) {
      // A lab that did not start, or broke in the middle, may be there in part.
      await removeRun(engine, started.id);
      journal.append({ kind: "cleaned", id: started.id, at: io.now().toISOString() });
      throw error;
    }
  });
}

/** What the journal says of a run, wherever it is. */
function startedEntry({ request }: Prepared, io: Io): StartedEntry {
  const { test, filled } = request;
  return {
    kind: "started",
    id: randomUUID(),
    at: io.now().toISOString(),
    test: test.guid,
    label: testLabel(test),
    arguments: filled.arguments,
    cleanup: null,
    folder: "",
    runner: ownMark(),
  };
}

/** The lab on this machine for a run in `folder`. */
export function localLab(
  run: { readonly id: string; readonly folder: string; readonly record?: boolean },
  machine: Machine,
  io: Io,
): Lab {
  const windows = machine.platform === "windows";
  return openLocalLab({ ...run, env: testEnvironment(io.env), windows, now: io.now });
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
