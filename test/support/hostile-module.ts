import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** The built command: what a module does to its process must not decide how the run ends, so tests of it need real ones. */
export const bin: string = resolve(import.meta.dirname, "../../bin/kqltest.js");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command on the project in `root`. */
export function kqltest(root: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args, "--root", root], {
    encoding: "utf8",
    timeout: 60_000,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}

export const file = "scenarios/T1/x.ts";
export const short: Readonly<Record<string, string>> = {
  "kqltest.config.yaml": "moduleTimeoutSeconds: 2\n",
};
export const head = 'import { defineScenario, defineScenarios } from "kqltest";\n';
export const good = '{ title: "x", truth: "benign", timeline: [{ process: "cmd.exe" }] }';

/** A scenario whose timeline is made by `body`. */
export const making = (body: string): string =>
  `${head}export const scenario = defineScenario({ ...${good}, timeline: () => { ${body}; return [{ process: "cmd.exe" }]; } });\n`;

/** A scenario that is in order, behind `body`. */
export const loading = (body: string): string =>
  `${head}${body};\nexport const scenario = defineScenario(${good});\n`;
