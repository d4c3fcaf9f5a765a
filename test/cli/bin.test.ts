import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const bin = resolve(import.meta.dirname, "../../src/cli/bin.ts");

/** Runs kqltest in a process of its own, from its source. */
function runBin(
  args: readonly string[],
  command: (line: string) => string = (line) => line,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const words = [process.execPath, "--import", "jiti/register", bin, ...args];
  const line = words.map((word) => `'${word}'`).join(" ");
  return spawnSync("sh", ["-c", command(line)], {
    cwd: resolve(import.meta.dirname, "../.."),
    encoding: "utf8",
  });
}

test("output and exit code come from `main`", () => {
  expect(runBin(["--version"])).toMatchObject({ status: 0, stderr: "" });
  expect(runBin(["--rul"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "KT0901 unknown option `--rul`\n  hint: did you mean `--rule`?\n",
  });
});

test("a reader that left changes nothing", () => {
  const { stdout, stderr } = runBin(["--help"], (line) => `(${line}; echo $? >&2) | true`);
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "0\n" });
});
