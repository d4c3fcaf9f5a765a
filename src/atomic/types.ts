import type { EmbeddedText, Source, Span } from "../base/source.ts";

/** Where an atomic test can run. */
export const platforms = [
  "windows",
  "macos",
  "linux",
  "office-365",
  "azure-ad",
  "google-workspace",
  "saas",
  "iaas",
  "containers",
  "iaas:aws",
  "iaas:azure",
  "iaas:gcp",
  "esxi",
] as const;
export type Platform = (typeof platforms)[number];

/** What runs the commands of an atomic test; `manual` is a person. */
export const executorNames = ["command_prompt", "powershell", "sh", "bash", "manual"] as const;
export type ExecutorName = (typeof executorNames)[number];
export type ShellName = Exclude<ExecutorName, "manual">;

export const argumentTypes = ["path", "url", "string", "integer", "float"] as const;
export type ArgumentType = (typeof argumentTypes)[number];

/** The atomic tests of one ATT&CK technique. Read from `atomics/<technique>/<technique>.yaml`; plain data, nothing of it ever runs here. */
export interface AtomicTechnique {
  /** `T1102` or `T1102.001`. */
  readonly id: string;
  /** Its name in ATT&CK. */
  readonly displayName: string;
  /** At least one, in the order of the file. */
  readonly tests: readonly AtomicTest[];
  readonly source: Source;
}

/** One atomic test. */
export interface AtomicTest {
  readonly technique: string;
  /** Its place among the technique's tests, from 1; together they are `T1102-1`, as other runners call it. */
  readonly number: number;
  /** In lower case. Unique among all techniques of a folder. */
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  readonly platforms: readonly Platform[];
  readonly arguments: readonly AtomicArgument[];
  readonly dependencies: readonly Dependency[];
  /** What runs the commands of the dependencies. */
  readonly dependencyExecutor: ExecutorName;
  readonly executor: Executor;
  /** Where its GUID stands in the file. */
  readonly span: Span;
}

/** What `#{name}` stands for in the commands of a test. */
export interface AtomicArgument {
  readonly name: string;
  readonly description: string;
  readonly type: ArgumentType;
  /** Its default as it stands in a command; empty where the file has none. */
  readonly default: string;
  /** Where its name is declared. */
  readonly span: Span;
}

/** Something that must be there before a test can run. */
export interface Dependency {
  readonly description: string;
  /** Ends with exit code 0 where it is there. */
  readonly check: EmbeddedText;
  /** Provides it. */
  readonly get?: EmbeddedText;
}

interface ExecutorBase {
  /** Whether it needs the rights of an administrator. */
  readonly elevated: boolean;
  /** Takes away what the test left. */
  readonly cleanup?: EmbeddedText;
}

/** A shell that runs `command`. */
export interface CommandExecutor extends ExecutorBase {
  readonly kind: "command";
  readonly shell: ShellName;
  readonly command: EmbeddedText;
}

/** A person who follows `steps`. */
export interface ManualExecutor extends ExecutorBase {
  readonly kind: "manual";
  readonly steps: EmbeddedText;
}

export type Executor = CommandExecutor | ManualExecutor;

/** What runs `executor`, as the file calls it. */
export function executorName(executor: Executor): ExecutorName {
  return executor.kind === "manual" ? "manual" : executor.shell;
}

/** What other runners call a test: its technique and number. */
export function testLabel(test: AtomicTest): string {
  return `${test.technique}-${test.number}`;
}
