import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../lab/starting.ts";
import { runCli } from "../support/fake-io.ts";

const env = { PATH: process.env["PATH"] };
const hasStrace = spawnSync("strace", ["-V"]).status === 0;

const run = (root: string, ...flags: readonly string[]) =>
  runCli(["atomics", "run", "T1102-1", "--yes", ...flags], { cwd: root, env });

test.skipIf(!hasStrace)("`--judge` holds the rules to what the test demands", async () => {
  const root = project({ command: 'env echo "#{marker}" | cat' });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const sidecar = "atomics/T1102/kqltest.yaml";
  const demand = (must: string): string =>
    `2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01:\n  scenario: T1102/twin\n  marker: marker\n  ${must}: [echo]\n`;
  write("rules/echo.kql", 'DeviceProcessEvents | where FileName == "echo"');
  const twin = "version: 1\ntitle: A twin\ntruth: malicious\ntimeline:\n";
  write(
    "scenarios/T1102/twin.yaml",
    `${twin}  - row: DeviceProcessEvents\n    columns: { FileName: echo }\n`,
  );
  const argv = ["--record", "recorded", "--judge", "--input", "marker=run-7", "--force"];

  const early = await run(root, ...argv);
  expect([early.code, early.out]).toEqual([2, ""]);
  expect(early.err).toContain("KT0864 no sidecar has an entry for `T1102-1`");

  write(sidecar, demand("mustFire"));
  const { code, out, err } = await run(root, ...argv);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("✓ the marker `run-7` is in");
  expect(out).toContain("✓ echo must fire\n\n Twin  T1102/twin\n");
  expect(out.endsWith(" as demanded\n")).toBe(true);

  write(sidecar, demand("mustNotFire"));
  expect((await run(root, ...argv)).code).toBe(1);
});

test("`--judge` without `--record` has nothing to judge", async () => {
  const { code, out, err } = await run(project({ command: "true" }), "--judge");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toBe(
    "KT0901 there is nothing to judge\n  hint: `--judge` judges what `--record` writes\n",
  );
});
