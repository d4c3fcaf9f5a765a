import { defined } from "../base/defined.ts";
import { statSync } from "node:fs";
import { escapeName } from "../base/text.ts";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import type { Recording } from "../recording/recording.ts";
import { plural } from "../report/layout.ts";
import type { JudgedTest } from "../run/replay/judgement.ts";
import type { Io } from "./io.ts";
import { badPath, badValue } from "./usage.ts";
import { writeFileWhole } from "./output/write-file.ts";

/** Where a recording is saved as a scenario. */
export interface SaveFlags {
  readonly save: string;
  readonly force?: true;
}

/** Throws an `InputError` where `flags.save` cannot be a new scenario file, so that nobody waits for a run to be told so. */
export function requireSavable({ save, force }: SaveFlags, io: Io): void {
  if (!/\.ya?ml$/.test(save)) {
    throw badValue("--save", save, "write a path such as `scenarios/T1102/recorded.yaml`");
  }
  if (force === true) return;
  for (const path of [save, rowsFolder(save)]) {
    if (statSync(resolve(io.cwd, path), { throwIfNoEntry: false }) === undefined) continue;
    throw badPath({
      message: `\`${path}\` is there already`,
      hint: "name another file, or replace what is there with `--force`",
    });
  }
}

/** Writes `recording` as a scenario, which is of `test` where one is known. */
export async function saveScenario(
  recording: Recording,
  { test, flags }: { readonly test: JudgedTest | null; readonly flags: SaveFlags },
  io: Io,
): Promise<void> {
  const { savedScenario } = await import("../run/replay/save-scenario.ts");
  const path = resolve(io.cwd, flags.save);
  const { atomic } = recording;
  const technique = test?.label.replace(/-\d+$/, "") ?? atomic?.technique;
  const title = test?.name ?? atomic?.name;
  const { yaml, files } = savedScenario(recording, {
    name: basename(path, extname(path)),
    ...(test === null ? {} : { class: test.class }),
    ...defined({ technique, title }),
  });
  // The rows first: a scenario never names files that are not there.
  for (const [file, text] of files) writeFileWhole(join(dirname(path), file), text);
  writeFileWhole(path, yaml);
  const beside = files.size === 0 ? "" : `, and ${plural(files.size, "file")} of rows beside it`;
  // Not on `out`: a report for machines may stand there.
  const name = escapeName(relative(io.cwd, path));
  io.err(`saved ${name}${beside}; read it before it is shared\n`);
}

/** Where the rows of a scenario are that its timeline does not tell. */
function rowsFolder(file: string): string {
  return file.replace(/\.ya?ml$/, ".rows");
}
