import { testLabel, type AtomicTest } from "../atomic/types.ts";
import type { Machine } from "./machine.ts";
import type { ScriptResult } from "./scripts/run-script.ts";
import type { TestRun } from "./run-test.ts";

/** A run, and what an execution log says of it beside its results. */
export interface LoggedRun {
  readonly test: AtomicTest;
  readonly run: TestRun;
  /** Id of the run, a UUID. */
  readonly id: string;
  readonly machine: Machine;
  /** The search path that the test had. */
  readonly path: string;
  /** The command line of kqltest. */
  readonly commandLine: string;
  readonly generated: Date;
}

/** An execution log in the format of ATTiRe 1.1 (https://github.com/SecurityRiskAdvisors/attire), as JSON: one procedure with a step for each script. */
export function renderAttire(logged: LoggedRun): string {
  const { test, run, id, machine } = logged;
  const scripts = [...run.dependencies, run.command, run.cleanup].filter(
    (script) => script !== undefined,
  );
  const log = {
    "attire-version": "1.1",
    "execution-data": {
      "execution-source": "kqltest",
      "execution-id": Buffer.from(id).toString("base64"),
      "execution-category": { name: "Atomic Red Team", abbreviation: "ART" },
      "execution-command": logged.commandLine,
      target: { user: machine.user, host: machine.host, ip: machine.address, path: logged.path },
      "time-generated": logged.generated.toISOString(),
    },
    procedures: [
      {
        "mitre-technique-id": test.technique,
        "procedure-name": test.name,
        "procedure-id": { type: "guid", id: test.guid },
        "procedure-description": `${testLabel(test)}: ${test.description.trim()}`,
        order: test.number,
        steps: scripts.map(step),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function step(script: ScriptResult, index: number): object {
  const written = [
    { content: script.out, level: "STDOUT", type: "console" },
    { content: script.err, level: "STDERR", type: "console" },
  ];
  const filled = written.filter(({ content }) => content !== "");
  return {
    order: index + 1,
    "time-start": script.start.toISOString(),
    "time-stop": script.end.toISOString(),
    executor: script.shell,
    command: script.text,
    // A step has output, be it empty.
    output: filled.length > 0 ? filled : written.slice(0, 1),
  };
}
