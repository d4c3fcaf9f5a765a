import type { ExecutorName, Platform } from "./types.ts";

/** `atomics/<technique>/<technique>.yaml` as it is written. `schemas/atomic.schema.json` describes the same shape. */
export interface AtomicFile {
  readonly attack_technique: string;
  readonly display_name: string;
  readonly atomic_tests: readonly AtomicTestFile[];
}

export interface AtomicTestFile {
  readonly name: string;
  readonly auto_generated_guid: string;
  readonly description: string;
  readonly supported_platforms: readonly Platform[];
  readonly input_arguments?: Readonly<Record<string, AtomicArgumentFile>>;
  /** Default: what runs the test. */
  readonly dependency_executor_name?: ExecutorName;
  readonly dependencies?: readonly DependencyFile[] | null;
  readonly executor: ExecutorFile;
}

export interface AtomicArgumentFile {
  readonly description: string;
  /** One of `argumentTypes`, in any case. */
  readonly type: string;
  readonly default: string | number | null;
}

export interface DependencyFile {
  readonly description: string;
  readonly prereq_command: string;
  readonly get_prereq_command: string | null;
}

/** `command` for a shell, `steps` for a person. */
export interface ExecutorFile {
  readonly name: ExecutorName;
  readonly elevation_required?: boolean;
  readonly command?: string;
  readonly steps?: string;
  readonly cleanup_command?: string | null;
}
