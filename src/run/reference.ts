import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../base/diagnostic.ts";
import type { Row, Tables } from "../schema/types.ts";

/** What a rule means, written a second time in TypeScript: the rows it gives for `tables`, in any order. */
export type Reference = (tables: Tables, context: { readonly now: string }) => readonly Row[];

// `reference.ts` may import from "kqltest": that is this very package, built or not.
const ownExtension = extname(fileURLToPath(import.meta.url));
const entry = fileURLToPath(new URL(`../index${ownExtension}`, import.meta.url));

/** The `reference` that the module at `path` exports, its JavaScript kept in `cacheDir`. Throws an `InputError` (KT0711); `file` is what it calls the module. */
export async function loadReference(
  path: string,
  file: string,
  { cacheDir }: { readonly cacheDir?: string } = {},
): Promise<Reference> {
  // Its compiler is heavy, and most runs have few references or none.
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    alias: { kqltest: entry },
    fsCache: cacheDir === undefined ? false : join(cacheDir, "reference"),
  });
  let module: { readonly reference?: unknown };
  try {
    module = await jiti.import(path);
  } catch (error) {
    throw referenceError(file, "cannot be loaded", error);
  }
  if (typeof module.reference !== "function") {
    throw new InputError({
      code: "KT0711",
      message: "the module exports no function `reference`",
      source: { file, text: "" },
      hint: "write `export const reference: Reference = (tables, { now }) => …`",
    });
  }
  return module.reference as Reference;
}

/** The rows of `reference`. Throws an `InputError` (KT0711) where it throws or gives something else. */
export function runReference(
  reference: Reference,
  file: string,
  input: { readonly tables: Tables; readonly now: string },
): readonly Row[] {
  let rows: unknown;
  try {
    rows = reference(input.tables, { now: input.now });
  } catch (error) {
    throw referenceError(file, "threw an error", error);
  }
  if (!Array.isArray(rows)) {
    throw referenceError(file, "gave no list of rows", new Error(`found ${typeof rows}`));
  }
  return rows as readonly Row[];
}

function referenceError(file: string, what: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(
    { code: "KT0711", message: `the reference ${what}: ${reason}`, source: { file, text: "" } },
    { cause: error },
  );
}
