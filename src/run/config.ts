import { existsSync } from "node:fs";
import { join } from "node:path";
import { validateYaml } from "../base/validate.ts";
import { parseYaml } from "../base/yaml.ts";
import { readSource } from "./files.ts";

/** Settings of a project. */
export interface Config {
  readonly atomics: {
    /** Hosts that atomic tests may connect to beside sinkholes. */
    readonly allow: readonly string[];
  };
}

/** `kqltest.config.yaml` as it is written. `schemas/config.schema.json` describes the same shape. */
interface ConfigFile {
  readonly atomics?: { readonly allow?: readonly string[] };
}

const file = "kqltest.config.yaml";

/** The settings of the project in `root`; where it has no file of them, the defaults. Throws an `InputError` (KT0830). */
export function readConfig(root: string): Config {
  const written: ConfigFile = existsSync(join(root, file))
    ? validateYaml<ConfigFile>(parseYaml(readSource(root, file), "KT0830"), "config", "KT0830")
    : {};
  return { atomics: { allow: written.atomics?.allow ?? [] } };
}
