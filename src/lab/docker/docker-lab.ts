import { InputError } from "../../base/diagnostic.ts";
import { keepOutput } from "../scripts/output.ts";
import { runVariable } from "../kill-processes.ts";
import {
  missingShell,
  type Lab,
  type ScriptResult,
  type ShellScript,
} from "../scripts/run-script.ts";
import { type Limits, stopAt } from "../scripts/stopping.ts";
import { invocation } from "../scripts/shells.ts";
import { underStrace } from "../under-strace.ts";
import {
  createNetwork,
  removeRun,
  startContainer,
  type Container,
  type Engine,
} from "./container-engine.ts";
import { execute } from "./exec.ts";
import { containerMachine } from "./container-machine.ts";
import { requestsOf, startSinkhole, type Sinkhole, type SinkholeRequest } from "./sinkhole.ts";
import { packFiles, type PackedFile } from "./tar.ts";

/** Where scripts are put in the container, and start. */
const scriptFolder = "/tmp/kqltest-lab";
const traceFile = "/var/lib/kqltest/trace.txt";

export interface DockerLabOptions {
  /** Id of the run that everything is labelled with. */
  readonly id: string;
  readonly image: string;
  /** Names that lead to sinkholes, each to one of its own. */
  readonly names: readonly string[];
  /** Trace what an attack does. */
  readonly record: boolean;
  /** What else is in the container. */
  readonly files: readonly PackedFile[];
  readonly now: () => Date;
}

/** A container that scripts run in, in a network with sinkholes alone. */
export interface DockerLab extends Lab {
  /** Names by the address that they lead to. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** What the sinkholes were asked; known once the lab is discarded. */
  requests(): readonly SinkholeRequest[];
  readonly discard: () => Promise<void>;
}

/** Starts a lab. What is left where that fails is removed by `removeRun`. Throws an `InputError` (KT0843). */
export async function openDockerLab(engine: Engine, options: DockerLabOptions): Promise<DockerLab> {
  const network = await createNetwork(engine, options.id);
  const run = { id: options.id, image: options.image, network };
  const sinkholes = await allOf(options.names.map((name) => startSinkhole(engine, name, run)));
  const container = await startContainer(engine, run, {
    Image: options.image,
    Hostname: containerMachine.host,
    Entrypoint: ["sleep", "infinity"],
    Cmd: [],
    HostConfig: { ExtraHosts: sinkholes.map(({ name, address }) => `${name}:${address}`) },
  });
  await furnish(container, sinkholes, options);
  return labOf(engine, { container, sinkholes, options });
}

/** The values of `promises`, once none of them is under way: what starts behind a failure would be left over. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

interface Parts {
  readonly container: Container;
  readonly sinkholes: readonly Sinkhole[];
  readonly options: DockerLabOptions;
}

function labOf(engine: Engine, { container, sinkholes, options }: Parts): DockerLab {
  let requests: readonly SinkholeRequest[] = [];
  let isThere = true;
  return {
    run: (script, limits) => runScript(container, script, { ...options, limits }),
    names: new Map(sinkholes.map(({ name, address }) => [address, [name]])),
    requests: () => requests,
    discard: async () => {
      if (!isThere) return;
      isThere = false;
      try {
        requests = await requestsOf(sinkholes);
      } finally {
        await removeRun(engine, options.id);
      }
    },
  };
}

/** Puts into `container` what scripts need, and has it trust the sinkholes. */
async function furnish(
  container: Container,
  sinkholes: readonly Sinkhole[],
  { files, record }: DockerLabOptions,
): Promise<void> {
  const authorities = sinkholes.map(({ authority }, index) =>
    fileOf(`/usr/local/share/ca-certificates/kqltest-${index + 1}.crt`, authority),
  );
  const ours = [fileOf(`${scriptFolder}/.kqltest`, ""), fileOf(traceFile, "")];
  await container.putArchive(packFiles([...ours, ...authorities, ...files]), { path: "/" });
  // Names are those of the hosts file: any other is unknown at once, and not after the wait for a server.
  await demand(container, ["sh", "-c", ": > /etc/resolv.conf"]);
  if (sinkholes.length > 0) await demand(container, ["update-ca-certificates"]);
  if (record) await demand(container, ["strace", "-V"]);
}

/** Throws an `InputError` (KT0843) where `command` does not run well in `container`. */
async function demand(container: Container, command: readonly string[]): Promise<void> {
  const [out, err] = [keepOutput(), keepOutput()];
  const exitCode = await execute(container, { command, out, err });
  if (exitCode === 0) return;
  const [program = ""] = command;
  throw new InputError({
    code: "KT0843",
    message: `\`${program}\` fails in the container: ${(err.text() || out.text()).trim()}`,
    hint: `put \`${program}\` into the image`,
  });
}

function fileOf(path: string, text: string, mode = 0o644): PackedFile {
  return { path: path.slice(1), content: Buffer.from(text), mode };
}

interface ScriptOptions extends DockerLabOptions {
  readonly limits: Limits;
}

async function runScript(
  container: Container,
  script: ShellScript,
  { limits, id, record, now }: ScriptOptions,
): Promise<ScriptResult> {
  const command = await commandOf(container, script);
  const isTraced = record && script.isAttack === true;
  const [out, err] = [keepOutput(), keepOutput()];
  const start = now();
  // A container that starts anew has none of its processes left, and all of its files.
  const stopping = stopAt(limits, () => container.restart({ t: 0 }));
  let exitCode: number | null = null;
  try {
    exitCode = await execute(container, {
      command: isTraced ? underStrace(traceFile, command) : command,
      env: { [runVariable]: id },
      cwd: scriptFolder,
      isGivenUp: () => stopping.reason() !== null,
      out,
      err,
    });
  } catch (error) {
    if (stopping.reason() === null) throw error;
  } finally {
    await stopping.release();
  }
  return {
    ...script,
    start,
    end: now(),
    exitCode: stopping.reason() === null ? exitCode : null,
    stopped: stopping.reason(),
    out: out.text(),
    err: err.text(),
    ...(isTraced ? { trace: await readTrace(container) } : {}),
  };
}

/** Puts `script` into `container`, and gives the command that runs it. Throws an `InputError` (KT0836) where its shell is not there. */
async function commandOf(
  container: Container,
  { name, shell, text }: ShellScript,
): Promise<readonly string[]> {
  const how = invocation(shell, false);
  const [out, err] = [keepOutput(), keepOutput()];
  const look = ["sh", "-c", 'command -v "$1"', "sh", how.program];
  if (how.kind === "input" || (await execute(container, { command: look, out, err })) !== 0) {
    throw missingShell(how.program, "in the image");
  }
  const file = `${scriptFolder}/${name}${how.ending}`;
  await container.putArchive(packFiles([fileOf(file, text, 0o600)]), { path: "/" });
  return [how.program, ...how.args, file];
}

async function readTrace(container: Container): Promise<string> {
  const [out, err] = [keepOutput(2 ** 28), keepOutput()];
  await execute(container, { command: ["cat", traceFile], out, err });
  return out.text();
}
