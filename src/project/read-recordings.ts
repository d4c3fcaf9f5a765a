import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { EventOptions, Scenario } from "../scenario/model/types.ts";
import { fileProblem, isFileInside } from "./project-files.ts";
import { createProblemList, keep } from "./problem-list.ts";

/** The rows of the files that `scenarios` need and only an engine can read. Throws one `InputError` of all that is wrong with them. */
export async function readRecordings(
  root: string | undefined,
  scenarios: readonly Scenario[],
): Promise<Pick<EventOptions, "recorded">> {
  const files = new Set(scenarios.flatMap(({ recordings = [] }) => recordings));
  if (files.size === 0 || root === undefined) return {};
  // Loaded here and not above: a run without such files needs no database for them.
  const { readParquet } = await import("../engine/database/parquet.ts");
  const recorded = new Map<string, Awaited<ReturnType<typeof readParquet>>>();
  const problems = createProblemList();
  for (const file of files) {
    try {
      recorded.set(file, await readParquet(placeOf(root, file), file));
    } catch (error) {
      keep(problems.list, error);
    }
  }
  problems.throwIfAny();
  return { recorded };
}

function placeOf(root: string, file: string): string {
  const path = join(root, file);
  if (existsSync(path) && isFileInside(root, file)) return realpathSync(path);
  throw new InputError(
    fileProblem("KT0534", file, {
      message: "there is no such file",
      hint: "write its path from the scenario's folder",
    }),
  );
}
