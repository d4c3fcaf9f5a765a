import { InputError } from "../../../src/base/diagnostic.ts";
import { openEngine, requireImage, type Engine } from "../../../src/lab/docker/container-engine.ts";

/** The image that the tests run in. */
const image = "kqltest-lab:dev";

/** The engine of this machine, where it has one and the image of the lab; else why not. */
export type EngineHere =
  | { readonly engine: Engine; readonly missing?: undefined }
  | { readonly engine?: undefined; readonly missing: string };

/** Looks for an engine. `KQLTEST_LAB=required` makes it an error that there is none. */
export async function engineHere(): Promise<EngineHere> {
  try {
    const engine = await openEngine();
    await requireImage(engine, image);
    return { engine };
  } catch (error) {
    if (!(error instanceof InputError) || process.env["KQLTEST_LAB"] === "required") throw error;
    process.stderr.write(`the tests of the lab in containers are skipped: ${error.message}\n`);
    return { missing: error.message };
  }
}

/** What is there of labs: containers, then networks. */
export async function labsLeft(engine: Engine): Promise<readonly string[]> {
  const filters = { label: ["kqltest.run"] };
  const containers = await engine.listContainers({ all: true, filters });
  const networks = await engine.listNetworks({ filters });
  return [...containers.map(({ Names }) => Names.join()), ...networks.map(({ Name }) => Name)];
}
