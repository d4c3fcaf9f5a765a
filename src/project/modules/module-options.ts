import { defined } from "../../base/defined.ts";
import { defaultConfig, readConfig } from "../config.ts";

/** How the modules of a project are run. */
export interface ModuleOptions {
  /** `refuse`: scenarios and references in TypeScript are errors, and nothing of them runs. Absent: as `kqltest.config.yaml` sets it, else `allow`. */
  readonly modules?: ModulePolicy;
  /** Takes what a module wrote to its standard output or error without failing. */
  onModuleOutput?(file: string, text: string): void;
}

export type ModulePolicy = "allow" | "refuse";

/** What one run of modules needs to know. */
export interface ModuleSettings extends Pick<ModuleOptions, "onModuleOutput"> {
  /** Absolute path of the project; empty for one that was made in memory. */
  readonly root: string;
  readonly modules: ModulePolicy;
  /** Longest time for loading a module, for one scenario and for one batch of a reference, in milliseconds. */
  readonly limitMs: number;
  /** Where compiled TypeScript and the scenarios of modules are kept between runs; nothing is kept where it is absent. */
  readonly cacheDir?: string;
}

/** The settings of a run: what `options` leave open is in the project's configuration, if it has a folder. Throws an `InputError` (KT0830). */
export function moduleSettings(
  root: string | undefined,
  { modules, onModuleOutput }: ModuleOptions,
  cacheDir?: string,
): ModuleSettings {
  const config = root === undefined ? defaultConfig : readConfig(root);
  return {
    root: root ?? "",
    // A pull request may edit the file, and not what runs kqltest.
    modules: modules ?? config.modules,
    limitMs: config.moduleTimeoutMs,
    ...defined({ onModuleOutput, cacheDir }),
  };
}
