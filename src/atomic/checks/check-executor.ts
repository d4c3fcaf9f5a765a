import type { Diagnostic } from "../../base/diagnostic.ts";
import type { YamlPath } from "../../base/yaml.ts";
import { atKey, atValue, inText, type TestCheck, type WrittenTest } from "./test-check.ts";
import type { ExecutorName, Platform } from "../types.ts";

/** Operating systems on which an executor does not exist. PowerShell and people are everywhere; cloud platforms are attacked from anywhere. */
const missingOn: Readonly<Record<ExecutorName, readonly Platform[]>> = {
  command_prompt: ["linux", "macos"],
  sh: ["windows"],
  bash: ["windows"],
  powershell: [],
  manual: [],
};

const operatingSystems: readonly Platform[] = ["windows", "linux", "macos"];

/** The test's executor exists on each of its platforms (KT0809). */
export const executorFits: TestCheck = (written) => {
  const { executor, supported_platforms } = written.test;
  const misfits = unfit(written, executor.name);
  const fitsSome = supported_platforms.some(
    (platform) => operatingSystems.includes(platform) && !misfits.includes(platform),
  );
  if (misfits.length === 0) return [];
  // Where it fits none of them, the executor is what is wrong; else the platform that was added to the others.
  if (!fitsSome) return [misfit(written, ["executor", "name"], [executor.name, misfits])];
  return misfits.map((platform) =>
    misfit(
      written,
      ["supported_platforms", supported_platforms.indexOf(platform)],
      [executor.name, [platform]],
    ),
  );
};

/** So does that of its dependencies (KT0809). */
export const dependencyExecutorFits: TestCheck = (written) => {
  const { dependency_executor_name: name } = written.test;
  const misfits = name === undefined ? [] : unfit(written, name);
  if (name === undefined || misfits.length === 0) return [];
  return [misfit(written, ["dependency_executor_name"], [name, misfits])];
};

function unfit({ test }: WrittenTest, name: ExecutorName): readonly Platform[] {
  return test.supported_platforms.filter((platform) => missingOn[name].includes(platform));
}

function misfit(
  written: WrittenTest,
  path: YamlPath,
  [name, on]: readonly [ExecutorName, readonly Platform[]],
): Diagnostic {
  const fitting = (Object.keys(missingOn) as ExecutorName[]).filter(
    (candidate) =>
      candidate !== "manual" && !on.some((platform) => missingOn[candidate].includes(platform)),
  );
  return atValue(written, path, {
    code: "KT0809",
    message: `there is no \`${name}\` on ${on.map((platform) => `\`${platform}\``).join(", ")}`,
    hint: `there: ${fitting.map((candidate) => `\`${candidate}\``).join(", ")}`,
  });
}

/** A test without dependencies names no executor for them (KT0810). */
export const dependencyExecutorNeeded: TestCheck = (written) => {
  const { dependency_executor_name: name, dependencies } = written.test;
  if (name === undefined || (dependencies ?? []).length > 0) return [];
  return [
    atKey(written, ["dependency_executor_name"], {
      code: "KT0810",
      message: "the test has no dependencies that an executor could be named for",
      hint: "delete the key",
    }),
  ];
};

/** `sudo` in a command or cleanup for Linux or macOS needs `elevation_required: true` (KT0808), as Atomic Red Team has it: the word anywhere. */
export const sudoElevates: TestCheck = (written) => {
  const { executor, supported_platforms } = written.test;
  const isUnix = supported_platforms.some((name) => name === "linux" || name === "macos");
  if (!isUnix || executor.elevation_required === true || executor.name === "manual") return [];
  for (const key of ["command", "cleanup_command"] as const) {
    const start = (executor[key] ?? "").indexOf("sudo");
    if (start < 0) continue;
    const text = {
      code: "KT0808",
      message: `\`${key}\` uses \`sudo\`, but the test does not say that it needs elevation`,
      hint: "write `elevation_required: true` under `executor`",
    };
    const span = { start, end: start + "sudo".length };
    return [
      executor.elevation_required === undefined
        ? inText(written, { path: ["executor", key], span }, text)
        : atValue(written, ["executor", "elevation_required"], text),
    ];
  }
  return [];
};
