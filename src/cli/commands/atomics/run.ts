import { defined } from "../../../base/defined.ts";
import { relative, resolve } from "node:path";
import { testLabel } from "../../../atomic/types.ts";
import { escapeControls, escapeName } from "../../../base/text.ts";
import { InputError } from "../../../base/diagnostic.ts";
import type { SinkholeRequest } from "../../../lab/docker/sinkhole.ts";
import type { ScriptResult } from "../../../lab/scripts/run-script.ts";
import type { TestRun } from "../../../lab/run-test.ts";
import type { Recording } from "../../../recording/recording.ts";
import { oneLine, plural } from "../../../report/layout.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { ExitCode, Io } from "../../io.ts";
import { moduleOptions, noModulesOption, parseChoice, type ModuleFlags } from "../../options.ts";
import { badValue } from "../../usage.ts";
import { writeFileWhole } from "../../output/write-file.ts";
import {
  confirm,
  labNames,
  prepare,
  renderResult,
  startOptions,
  type Prepared,
  type StartFlags,
} from "./prepare.ts";
import { renderTest } from "./render-test.ts";
import type { LabRun } from "./start.ts";

interface RunFlags extends StartFlags, ModuleFlags {
  readonly image?: string;
  readonly record?: string;
  readonly force?: true;
  readonly judge?: true;
  readonly log?: string;
}

const defaultImage = "kqltest-lab:dev";

/** `kqltest atomics run`: runs one test, here or in a container, and its cleanup after it. */
export const runCommand: CliCommand = {
  name: "run",
  define: (command, io, finish) => {
    command
      .description("run a test, after a yes to what is shown, and clean up")
      .argument("<test>", "its GUID, or its technique and number: T1102-2");
    startOptions(command)
      .option(
        "--lab <lab>",
        `not on this machine but in a lab of its own: ${labNames.join(", ")}`,
        parseChoice("--lab", labNames),
      )
      .option("--image <name>", `the image of its container (default: "${defaultImage}")`)
      .option(
        "--record <dir>",
        "Linux: a folder for the rows that the test left, as `import` writes it",
      )
      .option("--force", "replace the recording that is in the folder")
      .option(
        "--judge",
        "with `--record`: hold the rules to what the test demands, as `replay` does",
      )
      .addOption(noModulesOption())
      .option("--log <file>", "write an execution log in the format of ATTiRe")
      .addHelpText(
        "after",
        examples({
          "kqltest atomics run T1102-2": "shows what would run, and asks",
          "kqltest atomics run T1102-2 --yes --input marker=run-7": "where nobody can answer",
          "kqltest atomics run T1102-2 --lab docker --record recorded/":
            "in a container from which nobody can be reached, recorded",
          "kqltest atomics run T1102-2 --lab docker --record recorded/ --judge":
            "the same, and whether the rules saw it",
          "kqltest atomics run T1102-2 --input service_url=https://lab.contoso.com --allow lab.contoso.com":
            "against a host of the tester's",
        }),
      )
      .addHelpText(
        "after",
        `
Attack steps belong on machines that may be thrown away.

Exit codes:
  0  the test ran, and its cleanup too
  1  a dependency is missing, the test failed or was ended, its cleanup failed, or the rules did
     not do what it demands
  2  the test was refused, or the answer was no`,
      )
      .action(async (name: string, flags: RunFlags) => finish(await run(name, flags, io)));
  },
};

async function run(name: string, flags: RunFlags, io: Io): Promise<ExitCode> {
  if (flags.image !== undefined && flags.lab === undefined) {
    throw badValue("--image", flags.image, "it is for `--lab docker`");
  }
  const [allowed] = flags.allow ?? [];
  if (allowed !== undefined && flags.lab !== undefined) {
    throw badValue("--allow", allowed, "in a container every name leads to a sinkhole");
  }
  const prepared = await prepare(name, flags, io);
  const { test, filled } = prepared.request;
  await checkRecording(prepared, flags, io);
  io.out(escapeControls(`${renderTest(test, filled)}\n`));
  const where = flags.lab === undefined ? "on this machine" : "in a container";
  await confirm(`Run ${testLabel(test)} ${where}?`, flags, io);
  const { inDockerLab, inLocalLab } = await import("./start.ts");
  const action = (labRun: LabRun): Promise<ExitCode> => runIn(labRun, prepared, { flags, io });
  const record = flags.record !== undefined;
  if (flags.lab === undefined) return inLocalLab(prepared, { io, record }, action);
  return inDockerLab(prepared, { io, record, image: flags.image ?? defaultImage }, action);
}

/** Throws where what is asked for could not be recorded or judged, before anything runs. */
async function checkRecording(
  { request, machine }: Prepared,
  flags: RunFlags,
  io: Io,
): Promise<void> {
  if (flags.record === undefined) {
    if (flags.judge !== true) return;
    throw new InputError({
      code: "KT0901",
      message: "there is nothing to judge",
      hint: "`--judge` judges what `--record` writes",
    });
  }
  if (flags.judge === true) {
    const { loadJudgingProject } = await import("../../../run/replay/judging-project.ts");
    await loadJudgingProject(resolve(io.cwd, flags.root), {
      ...moduleOptions(flags, io),
      guid: request.test.guid,
    });
  }
  const [{ requireStrace }, { refuseToLose }] = await Promise.all([
    import("../../../lab/under-strace.ts"),
    import("../../../recording/write-recording.ts"),
  ]);
  if (flags.lab === undefined) await requireStrace(machine.platform, io.env["PATH"] ?? "");
  const { folder, label } = recordFolder(flags.record, io);
  refuseToLose(folder, label, flags.force ?? false);
}

interface Context {
  readonly flags: RunFlags;
  readonly io: Io;
}

async function runIn(labRun: LabRun, prepared: Prepared, context: Context): Promise<ExitCode> {
  const { lab, journal, started, interrupt, abandon } = labRun;
  const { flags, io } = context;
  const { isDone, runTest } = await import("../../../lab/run-test.ts");
  // A lab that is thrown away was told to the journal before it was there.
  if (lab.discard === undefined) journal.append(started);
  const done = await runTest(lab, journal, {
    started,
    interrupt,
    abandon,
    filled: prepared.request.filled,
    timeoutMs: flags.timeout,
    now: io.now,
  });
  io.out(renderRun(done));
  io.out(labRun.requests().map(renderRequest).join(""));
  const recording =
    flags.record !== undefined && done.command !== undefined
      ? await writeRecorded(labRun, prepared, { ...context, command: done.command })
      : undefined;
  if (flags.log !== undefined) {
    await writeLog({ run: done, id: started.id, prepared }, context);
  }
  const code = isDone(done) ? 0 : 1;
  if (flags.judge !== true || recording === undefined) return code;
  const { judge } = await import("../../judge-recordings.ts");
  const { root, modules } = flags;
  const judging = { root, ...defined({ modules }) };
  io.out("\n");
  const judged = await judge(recording, judging, io);
  return judged === 0 ? code : judged;
}

async function writeRecorded(
  { names }: LabRun,
  { request, machine }: Prepared,
  { flags, io, command }: Context & { readonly command: ScriptResult },
): Promise<Recording> {
  const [{ recordRun }, { writeRecording }] = await Promise.all([
    import("../../../lab/record-run.ts"),
    import("../../../recording/write-recording.ts"),
  ]);
  const { folder, label } = recordFolder(flags.record ?? "", io);
  const { recording } = recordRun({ ...request, machine, command, names: await names() });
  writeRecording(folder, recording, { label, force: flags.force ?? false });
  const rows = Object.values(recording.tables).flat().length;
  io.out(` recorded ${plural(rows, "row")}: ${escapeName(label)}\n`);
  return recording;
}

function recordFolder(path: string, io: Io): { readonly folder: string; readonly label: string } {
  const folder = resolve(io.cwd, path);
  return { folder, label: relative(io.cwd, folder) || "." };
}

interface Logged {
  readonly run: TestRun;
  readonly id: string;
  readonly prepared: Prepared;
}

async function writeLog({ run, id, prepared }: Logged, { flags, io }: Context): Promise<void> {
  const { renderAttire } = await import("../../../lab/attire.ts");
  const { request, machine } = prepared;
  const text = renderAttire({
    test: request.test,
    run,
    id,
    machine,
    // That of a container is its image's.
    path: flags.lab === undefined ? (io.env["PATH"] ?? "") : "",
    commandLine: `kqltest atomics run ${testLabel(request.test)}${flags.lab === undefined ? "" : ` --lab ${flags.lab}`}`,
    generated: io.now(),
  });
  writeFileWhole(resolve(io.cwd, flags.log ?? ""), text);
}

function renderRun({ dependencies, missing, command, cleanup }: TestRun): string {
  const results = [...dependencies, command, cleanup].filter((result) => result !== undefined);
  const notes: string[] = [];
  if (missing.length > 0) {
    notes.push(` the test did not run: dependency ${missing.join(", ")} is missing\n`);
  }
  if ((cleanup?.stopped ?? null) !== null) {
    notes.push(" the cleanup did not end: `kqltest atomics cleanup` runs it again\n");
  }
  return [...results.map(renderResult), ...notes].join("");
}

function renderRequest({ name, scheme, method, path, bytes }: SinkholeRequest): string {
  const sent = bytes === 0 ? "" : `, ${plural(bytes, "byte")} sent`;
  return ` sinkhole ${oneLine(`${method} ${scheme}://${name}${path}${sent}`)}\n`;
}
