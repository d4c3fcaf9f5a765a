import { setTimeout as wait } from "node:timers/promises";
import { InputError } from "../../base/diagnostic.ts";
import { keepOutput } from "../scripts/output.ts";
import { startContainer, type Container, type Engine } from "./container-engine.ts";
import { execute, splitFrames } from "./exec.ts";
import { sinkholeFolder, sinkholeScript } from "./sinkhole-script.ts";

/** A container that answers for one name. */
export interface Sinkhole {
  readonly name: string;
  readonly address: string;
  /** Certificate of the authority that vouches for it, as PEM. */
  readonly authority: string;
  readonly container: Container;
}

/** A request that a sinkhole answered. Plain data. */
export interface SinkholeRequest {
  /** Seconds since 1970. */
  readonly at: number;
  readonly name: string;
  readonly scheme: "http" | "https";
  readonly method: string;
  readonly path: string;
  /** Length of what was sent along. */
  readonly bytes: number;
}

const startMs = 60_000;

/** Starts a sinkhole for `name`, and waits until it answers. Throws an `InputError` (KT0843) where it does not. */
export async function startSinkhole(
  engine: Engine,
  name: string,
  run: { readonly id: string; readonly network: string; readonly image: string },
): Promise<Sinkhole> {
  const container = await startContainer(engine, run, {
    Image: run.image,
    Entrypoint: ["python3", "-c", sinkholeScript, name],
    Cmd: [],
  });
  const authority = await readAuthority(container);
  const { NetworkSettings } = await container.inspect();
  const address = NetworkSettings.Networks[run.network]?.IPAddress ?? "";
  return { name, address, authority, container };
}

async function readAuthority(container: Container): Promise<string> {
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline) {
    const { State } = await container.inspect();
    if (!State.Running) break;
    const [out, err] = [keepOutput(), keepOutput()];
    const command = ["cat", `${sinkholeFolder}/ca.pem`];
    if ((await execute(container, { command, out, err })) === 0) return out.text();
    await wait(100);
  }
  const last = (await logOf(container, "stderr")).trim().split("\n").at(-1) ?? "";
  throw new InputError({
    code: "KT0843",
    message: `a sinkhole did not start${last === "" ? "" : `: ${last}`}`,
    hint: "its image needs `python3` and `openssl`",
  });
}

/** What the sinkholes were asked, in the order of time. */
export async function requestsOf(
  sinkholes: readonly Sinkhole[],
): Promise<readonly SinkholeRequest[]> {
  const logs = await Promise.all(sinkholes.map(({ container }) => logOf(container, "stdout")));
  return logs
    .flatMap((log) => log.split("\n").filter((line) => line !== ""))
    .map((line) => JSON.parse(line) as SinkholeRequest)
    .toSorted((a, b) => a.at - b.at);
}

/** What the program of `container` wrote, up to 16 MiB. */
async function logOf(container: Container, stream: "stdout" | "stderr"): Promise<string> {
  const [kept, other] = [keepOutput(16 * 2 ** 20), keepOutput(0)];
  splitFrames(
    stream === "stdout" ? kept : other,
    stream === "stdout" ? other : kept,
  )(await container.logs({ [stream]: true, follow: false }));
  return kept.text();
}
