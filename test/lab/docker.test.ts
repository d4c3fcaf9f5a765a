import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { testLabel } from "../../src/atomic/types.ts";
import type { Io } from "../../src/cli/io.ts";
import type { Engine } from "../../src/lab/docker/container-engine.ts";
import { openJournal, unfinishedRuns } from "../../src/lab/journal.ts";
import { readRecording } from "../../src/recording/read-recording.ts";
import { loadTechniques } from "../../src/project/atomics/load-atomics.ts";
import { runCli, type CliRun } from "../support/fake-io.ts";
import { tempFolder } from "../support/temp-project.ts";
import { engineHere, labsLeft } from "./docker/engine-here.ts";
import { journalKinds, project } from "./starting.ts";

const repository = resolve(import.meta.dirname, "../..");
const bin = join(repository, "src/cli/bin.ts");
const rule = "T1102-web-service";

const found = await engineHere();
const why = found.missing === undefined ? "" : ` (skipped: ${found.missing.split("\n")[0] ?? ""})`;

/** The engine; tests that ask for it do not run without one. */
function engine(): Engine {
  if (found.engine === undefined) throw new Error("there is no engine");
  return found.engine;
}

const run = (root: string, flags: readonly string[] = [], changes: Partial<Io> = {}) =>
  runCli(["atomics", "run", ...flags, "--lab", "docker", "--yes"], {
    cwd: root,
    now: () => new Date(),
    ...changes,
  });

/** The tests of this repository that run on Linux. */
const linuxTests = loadTechniques(repository)
  .flatMap(({ tests }) => tests)
  .filter(({ platforms }) => platforms.includes("linux"))
  .map(testLabel);

test.skipIf(found.missing === undefined)(
  "without an engine or its image nothing runs",
  async () => {
    const root = project({ command: "true" });
    const { code, err } = await run(root, ["T1102-1"]);
    expect({ code, err: err.slice(0, 6) }).toEqual({
      code: 2,
      err: expect.stringMatching(/KT084[12]/) as string,
    });
    expect(existsSync(join(root, ".kqltest"))).toBe(false);
  },
);

describe.skipIf(found.missing !== undefined)(
  `a lab in containers${why}`,
  { timeout: 120_000 },
  () => {
    afterEach(async () => {
      const left = await labsLeft(engine());
      if (left.length > 0) throw new Error(`left over: ${left.join(", ")}`);
    });

    test("there are tests to run", () => {
      expect(linuxTests.length).toBeGreaterThanOrEqual(8);
    });

    test.each(linuxTests)("%s leaves what its sidecar says a rule does", async (label) => {
      const root = tempFolder();
      cpSync(join(repository, "atomics"), join(root, "atomics"), { recursive: true });
      const marker = `run-${label.toLowerCase().replaceAll(".", "-")}`;
      const done = await run(root, [label, "--record", "recorded", "--input", `marker=${marker}`]);
      expect(done).toMatchObject({ code: 0, err: "" });
      expect(done.out).toMatch(/ ✓ cleanup {2}exit code 0\n sinkhole \w+ https?:/);
      expect(journalKinds(root)).toEqual(["started", "ended", "cleaning", "cleaned"]);

      const judged = await judge(root);
      expect(judged).toMatchObject({ code: 0, err: "" });
      const { test: verdict } = JSON.parse(readFileSync(join(root, "judged.json"), "utf8")) as {
        readonly test: { readonly label: string; readonly requirements: readonly object[] };
      };
      expect(verdict).toMatchObject({ label, marker: { value: marker } });
      expect(verdict.requirements).toEqual([expect.objectContaining({ rule, holds: true })]);
    });

    test("what was recorded is judged at once where that is asked for", async () => {
      const root = tempFolder();
      for (const folder of ["atomics", "rules", "scenarios"]) {
        cpSync(join(repository, folder), join(root, folder), { recursive: true });
      }
      const [label = ""] = linuxTests;
      const { code, out } = await run(root, [label, "--record", "recorded", "--judge"]);
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringMatching(/✓ T1102-web-service must fire/) as string,
      });
    });

    test("nothing but the sinkhole can be reached", async () => {
      const server = createServer((_, response) => response.end("host")).listen(0, "0.0.0.0");
      await once(server, "listening");
      const { port } = server.address() as { readonly port: number };
      const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
      const hosts = own.filter(({ family, internal }) => family === "IPv4" && !internal);
      const root = project({
        command: `curl -fsS "#{service_url}/secure"; curl -fsS "http://sinkhole.example/plain"
others=$(hostname -I); gateway="\${others%.*}.1"
for address in "$gateway" ${hosts.map(({ address }) => address).join(" ")}; do
  curl -sS --max-time 2 "http://$address:${port}/" && echo "reached $address"
done
getent hosts example.org pastebin.com && echo resolved
curl -sS --max-time 2 http://198.51.100.1/ && echo "reached the world"
true`,
      });
      const { code, out } = await run(root, ["T1102-1"]);
      server.close();
      expect(code).toBe(0);
      const [, written = ""] = out.split(" ✓ command");
      expect(written.match(/kqltest sinkhole/g)).toHaveLength(2);
      expect(written).not.toMatch(/reached|resolved|host\n/);
      expect(written).toContain(" sinkhole GET https://sinkhole.example/secure\n");
      expect(written).toContain(" sinkhole GET http://sinkhole.example/plain\n");
    });

    test("a test that takes too long ends with all it started, and what it did is recorded", async () => {
      const root = project({
        command: 'touch "#{folder}/mark"; setsid sleep 301 & sleep 302',
        cleanup: `ls "#{folder}"; grep -l "^sleep.30" /proc/[0-9]*/cmdline; true`,
      });
      const flags = ["T1102-1", "--timeout", "3", "--record", "recorded", "--input", "folder=/tmp"];
      const { code, out } = await run(root, flags);
      expect(code).toBe(1);
      expect(out).toContain(" ✗ command  timeout\n ✓ cleanup  exit code 0\n");
      expect(out).toContain("     mark\n");
      expect(out).not.toContain("cmdline\n     ");
      const { tables, atomic } = readRecording(join(root, "recorded"));
      const commands = (tables["DeviceProcessEvents"] ?? []).map(
        (row) => row["ProcessCommandLine"],
      );
      expect(commands).toEqual(expect.arrayContaining(["touch /tmp/mark", "sleep 302"]));
      // Without a sidecar nothing tells the marker.
      expect(atomic).toMatchObject({ technique: "T1102", number: 1, marker: null });
    });

    test("an interruption while the lab comes up: the test does not run", async () => {
      const root = project({ command: "echo ran" });
      const onInterrupt = (handler: () => void): (() => void) => {
        handler();
        return () => {};
      };
      const { code, out } = await run(root, ["T1102-1"], { onInterrupt });
      expect(code).toBe(1);
      expect(out).not.toMatch(/[✓✗] command/);
      expect(unfinishedRuns(openJournal(root))).toEqual([]);
    });

    test.each([
      ["an image that is not there", ["--image", "kqltest-none:1"], "KT0842 there is no image"],
      [
        "an address, which leads to no sinkhole",
        ["--input", "service_url=http://192.0.2.9"],
        "KT0833 `service_url` leads to `192.0.2.9`, which is no sinkhole\n  hint: name the host",
      ],
      ["a host to allow", ["--allow", "lab.contoso.com"], "KT0902 `lab.contoso.com` is no value"],
      ["a recording that would be lost", ["--record", "atomics"], "KT0863"],
    ])("%s is refused, and nothing starts", async (_, flags, message) => {
      const root = project({ command: "true" });
      const { code, err } = await run(root, ["T1102-1", ...flags]);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) as string });
      expect(existsSync(join(root, ".kqltest"))).toBe(false);
    });

    test("files of the technique are in the container", async () => {
      const root = project({ command: 'head -n 1 "PathToAtomicsFolder/T1102/T1102.yaml"' });
      const { code, out } = await run(root, ["T1102-1"]);
      expect(code).toBe(0);
      expect(out).toContain("     attack_technique: T1102\n");
    });

    test.each(["SIGINT", "SIGKILL"] as const)(
      "%s in the middle: nothing is left in the end",
      async (signal) => {
        const root = project({ command: "sleep 303", cleanup: 'echo cleaned "#{folder}"' });
        const args = ["--import", import.meta.resolve("jiti/register"), bin, "atomics", "run"];
        const child = spawn(process.execPath, [...args, "T1102-1", "--lab", "docker", "--yes"], {
          cwd: root,
          stdio: "ignore",
        });
        const ended = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
        await commandRuns("sleep 303");
        child.kill(signal);
        expect(await ended).toBe(signal === "SIGINT" ? 1 : null);
        if (signal === "SIGINT") return;

        expect(await labsLeft(engine())).toHaveLength(3);
        expect(unfinishedRuns(openJournal(root))).toHaveLength(1);
        const { code, out, err } = await runCli(["atomics", "cleanup", "--yes"], { cwd: root });
        expect({ code, err }).toEqual({ code: 0, err: "" });
        expect(out).toContain("remove the containers and networks of the run");
        const again = await runCli(["atomics", "cleanup"], { cwd: root });
        expect(again).toEqual({ code: 0, out: "no run was interrupted\n", err: "" });
      },
    );
  },
);

function judge(root: string): Promise<CliRun> {
  const output = join(root, "judged.json");
  return runCli(
    ["replay", join(root, "recorded"), "--rule", rule, "--reporter", "json", "--output", output],
    { cwd: repository },
  );
}

/** Waits until `command` runs in some container. */
async function commandRuns(command: string): Promise<void> {
  for (;;) {
    const containers = await engine().listContainers({ filters: { label: ["kqltest.run"] } });
    for (const { Id } of containers) {
      const { Processes } = await engine().getContainer(Id).top();
      if ((Processes as readonly string[][]).flat().includes(command)) return;
    }
    await wait(100);
  }
}
