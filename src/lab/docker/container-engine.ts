import type * as Testcontainers from "testcontainers";
import { InputError } from "../../base/diagnostic.ts";

/** A container engine with the interface of Docker's. */
export type Engine = Testcontainers.ContainerRuntimeClient["container"]["dockerode"];
export type Container = ReturnType<Engine["getContainer"]>;
export type ContainerOptions = Parameters<Engine["createContainer"]>[0];

/** The label by which containers and networks are known to belong to a run; its value is the run's id. */
const runLabel = "kqltest.run";

/** The engine that `testcontainers` finds: `DOCKER_HOST`, the usual sockets. Throws an `InputError` (KT0840, KT0841). */
export async function openEngine(): Promise<Engine> {
  const { getContainerRuntimeClient } = await loadTestcontainers();
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch (error) {
    throw new InputError(
      {
        code: "KT0841",
        message: "no container engine answers",
        hint: "start Docker, or name its socket: `DOCKER_HOST=unix:///run/docker.sock`",
      },
      { cause: error },
    );
  }
}

async function loadTestcontainers(): Promise<typeof Testcontainers> {
  try {
    return await import("testcontainers");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new InputError(
      {
        code: "KT0840",
        message: "the package `testcontainers`, which finds the container engine, is not installed",
        hint: "`npm install --save-dev testcontainers@11`",
      },
      { cause: error },
    );
  }
}

/** Throws an `InputError` (KT0842) where `engine` has no image `name`. Nothing is fetched: what runs is what somebody put there. */
export async function requireImage(engine: Engine, name: string): Promise<void> {
  try {
    await engine.getImage(name).inspect();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new InputError(
      {
        code: "KT0842",
        message: `there is no image \`${name}\``,
        hint: "`docker build -t kqltest-lab:dev node_modules/kqltest/lab` makes it; another one is named with `--image`",
      },
      { cause: error },
    );
  }
}

/** A network of the run `id` from which nothing else can be reached: no way out, and no address of this machine in it. */
export async function createNetwork(engine: Engine, id: string): Promise<string> {
  const name = `kqltest-${id}`;
  await engine.createNetwork({
    Name: name,
    Driver: "bridge",
    Internal: true,
    Labels: { [runLabel]: id },
    // What listens on this machine would else answer at the network's gateway.
    Options: { "com.docker.network.bridge.inhibit_ipv4": "true" },
  });
  return name;
}

/** Starts a container of the run `id` in `network`. */
export async function startContainer(
  engine: Engine,
  { id, network }: { readonly id: string; readonly network: string },
  options: ContainerOptions,
): Promise<Container> {
  const container = await engine.createContainer({
    ...options,
    Labels: { [runLabel]: id },
    HostConfig: {
      NetworkMode: network,
      // The engine would ask its own servers for names that are not of the network.
      Dns: ["127.0.0.1"],
      // Without raw packets nobody is reached but by the routes that are there.
      CapDrop: ["NET_RAW"],
      PidsLimit: 512,
      Memory: 2 ** 30,
      ...options.HostConfig,
    },
  });
  await container.start();
  return container;
}

/** Removes the containers and networks of the run `id`; those that are being removed already are none of its business. */
export async function removeRun(engine: Engine, id: string): Promise<void> {
  const filters = { label: [`${runLabel}=${id}`] };
  const containers = await engine.listContainers({ all: true, filters });
  await Promise.all(
    containers.map(({ Id }) =>
      unlessGone(engine.getContainer(Id).remove({ force: true, v: true })),
    ),
  );
  const networks = await engine.listNetworks({ filters });
  await Promise.all(networks.map(({ Id }) => unlessGone(engine.getNetwork(Id).remove())));
}

async function unlessGone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!isMissing(error) && !/already in progress/.test(String(error))) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "statusCode" in error && error.statusCode === 404;
}
