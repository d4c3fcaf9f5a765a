import type { FilledTest } from "../atomic/fill-test.ts";
import type { SidecarEntry } from "../atomic/sidecar.ts";
import { testLabel, type AtomicTest, type Platform } from "../atomic/types.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Machine } from "./machine.ts";
import { targetProblems } from "./targets.ts";
import { pathProblems, valueProblems, type Places } from "./value-problems.ts";

/** A test that somebody wants to run, with everything that may speak against it. Plain data. */
export interface RunRequest {
  readonly test: AtomicTest;
  readonly filled: FilledTest;
  /** What the sidecar says of it, where there is one. */
  readonly entry: SidecarEntry | undefined;
  /** Arguments whose value was given. */
  readonly given: ReadonlySet<string>;
  /** Hosts that may be targets beside sinkholes. */
  readonly allow: readonly string[];
  /** Whether it runs in a lab of its own, where nothing is reached but by a name that leads to a sinkhole. */
  readonly contained?: boolean;
  /** Absolute path of the folder above `atomics`. */
  readonly project: string;
}

/** Why `request` must not run on `machine` (KT0831 to KT0835); empty where nothing speaks against it. */
export function preflight(request: RunRequest, machine: Machine): readonly Diagnostic[] {
  const places: Places = {
    project: request.project,
    temporary: machine.temporary,
    style: machine.platform === "windows" ? "windows" : "posix",
  };
  return [
    ...machineProblems(request.test, machine),
    ...targetProblems(request, request.allow),
    ...valueProblems(request, places),
    ...pathProblems(request, places),
  ];
}

function machineProblems(test: AtomicTest, machine: Machine): readonly Diagnostic[] {
  const label = testLabel(test);
  const byHand = test.executor.kind === "manual";
  if (byHand || (test.dependencies.length > 0 && test.dependencyExecutor === "manual")) {
    return [
      {
        code: "KT0831",
        message: `${label} is ${byHand ? "done" : "prepared"} by a person, not by a shell`,
        hint: `\`kqltest atomics show ${label}\` prints its steps`,
      },
    ];
  }
  const { platform } = machine;
  if (platform === undefined || !test.platforms.includes(platform)) {
    return [
      {
        code: "KT0831",
        message: `${label} is for ${names(test.platforms)}, and this is ${platform ?? "none of them"}`,
        hint: "run it on a machine of that kind",
      },
    ];
  }
  if (!test.executor.elevated || machine.elevated) return [];
  const how = platform === "windows" ? "from an elevated prompt" : "with `sudo`";
  return [
    {
      code: "KT0832",
      message: `${label} needs the rights of an administrator`,
      hint: `in a lab, run kqltest ${how}`,
    },
  ];
}

function names(platforms: readonly Platform[]): string {
  return platforms.join(", ");
}
