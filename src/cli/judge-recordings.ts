import { defined } from "../base/defined.ts";
import type { MissingFixtures } from "../kql/functions/missing-fixtures.ts";
import { resolve } from "node:path";
import type { Recording } from "../recording/recording.ts";
import { judgementReporters } from "../report/judgement/index.ts";
import { findTest } from "./commands/atomics/find-test.ts";
import type { ExitCode, Io } from "./io.ts";
import { moduleOptions, type ModuleFlags } from "./options.ts";
import { requireSavable, saveScenario } from "./write-scenario.ts";
import { writeReport } from "./output/write-report.ts";

/** How a judged recording can be reported. */
export const judgementNames: readonly string[] = judgementReporters.map(({ name }) => name);

/** What judging a recording needs of the flags of a command. */
export interface JudgeFlags extends ModuleFlags {
  /** The project; absolute, or from the folder that the command runs in. */
  readonly root: string;
  readonly rule?: readonly string[];
  /** The test that ran, where the recording does not tell; false: none did. */
  readonly atomic?: string | boolean;
  readonly now?: string;
  /** Default `text`. */
  readonly reporter?: string;
  readonly output?: string;
  readonly missingFixtures?: MissingFixtures;
  /** The scenario file that the recording becomes. */
  readonly save?: string;
  /** Replace that file where it is there. */
  readonly force?: true;
}

/** Judges `recording` by the project, reports it, saves it where that is asked for, and gives the exit code. */
export async function judge(recording: Recording, flags: JudgeFlags, io: Io): Promise<ExitCode> {
  const [{ loadJudgingProject }, { judgeRecording }, { meetsRequirements }] = await Promise.all([
    import("../run/replay/judging-project.ts"),
    import("../run/replay/judge-recording.ts"),
    import("../run/replay/judgement.ts"),
  ]);
  const { save, force } = flags;
  const saving = save === undefined ? undefined : { save, ...defined({ force }) };
  if (saving !== undefined) requireSavable(saving, io);
  if (flags.output !== undefined) io.promiseOutput?.(resolve(io.cwd, flags.output));
  const root = resolve(io.cwd, flags.root);
  const guid = await guidOf(recording, root, flags);
  const project = await loadJudgingProject(root, {
    ...moduleOptions(flags, io),
    ...defined({ rules: flags.rule, guid }),
  });
  const judgement = await judgeRecording(project, recording, {
    ...defined({ now: flags.now, missingFixtures: flags.missingFixtures }),
  });
  writeReport(judgementReporters, judgement, { target: flags, io });
  const { test } = judgement;
  if (saving !== undefined) await saveScenario(recording, { test, flags: saving }, io);
  return meetsRequirements(judgement) ? 0 : 1;
}

/** The test that ran: the one that is named, else the one that the recording tells. */
async function guidOf(
  { atomic }: Recording,
  root: string,
  flags: JudgeFlags,
): Promise<string | undefined> {
  if (flags.atomic === false) return undefined;
  if (typeof flags.atomic !== "string") return atomic?.guid;
  const { loadTechniques } = await import("../project/atomics/load-atomics.ts");
  return findTest(loadTechniques(root), flags.atomic).guid;
}
