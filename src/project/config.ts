import { existsSync } from "node:fs";
import { join } from "node:path";
import { validateYaml } from "../base/validate.ts";
import { parseYaml } from "../base/yaml.ts";
import { configFile } from "./config-file.ts";
import { readSource } from "./project-files.ts";

/** Settings of a project. */
export interface Config {
  readonly atomics: {
    /** Hosts that atomic tests may connect to beside sinkholes. */
    readonly allow: readonly string[];
  };
  /** Whether scenarios and references in TypeScript may run. */
  readonly modules: "allow" | "refuse";
  /** Longest time for loading a module, for one scenario and for one batch of a reference. */
  readonly moduleTimeoutMs: number;
}

/** `kqltest.config.yaml` as it is written. `schemas/config.schema.json` describes the same shape. */
interface ConfigFile {
  readonly atomics?: { readonly allow?: readonly string[] };
  readonly modules?: "allow" | "refuse";
  readonly moduleTimeoutSeconds?: number;
}

/** The settings of a project that sets none. */
export const defaultConfig: Config = {
  atomics: { allow: [] },
  modules: "allow",
  moduleTimeoutMs: 10_000,
};

/** The settings of the project in `root`; where it has no file of them, the defaults. Throws an `InputError` (KT0830). */
export function readConfig(root: string): Config {
  const written: ConfigFile = existsSync(join(root, configFile))
    ? validateYaml<ConfigFile>(
        parseYaml(readSource(root, configFile), "KT0830"),
        "config",
        "KT0830",
      )
    : {};
  const { atomics, modules, moduleTimeoutSeconds } = written;
  return {
    atomics: { allow: atomics?.allow ?? [] },
    modules: modules ?? defaultConfig.modules,
    moduleTimeoutMs:
      moduleTimeoutSeconds === undefined
        ? defaultConfig.moduleTimeoutMs
        : moduleTimeoutSeconds * 1000,
  };
}
