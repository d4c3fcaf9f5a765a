import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { listFiles } from "../project-files.ts";
import { buildStamp } from "./cache-file.ts";

/** With more than this, reading it all costs what it could save. */
const maxBytes = 64 * 2 ** 20;

/** A hash of the names and contents of all files in `folders` of the project, under this build and in this time zone; undefined where they are too large, cannot be read, or a link among them leads elsewhere. */
export function hashOfFiles(root: string, folders: readonly string[]): string | undefined {
  try {
    const files = folders.flatMap((folder) => listFiles(root, folder));
    const bytes = files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
    if (bytes > maxBytes) return undefined;
    const parts = files.map((file) => `${file}\0${hashOf(readFileSync(join(root, file)))}`);
    return hashOf([buildStamp(), timeZone(), ...parts].join("\0"));
  } catch (error) {
    // What cannot be read is told by the run.
    if (error instanceof InputError || isOfSystem(error)) return undefined;
    throw error;
  }
}

/** The time zone that modules of a project see, by its name and offsets in winter and in summer: `Intl` would cost 10 ms. */
export function timeZone(): string {
  return [0, 6].map((month) => String(new Date(2025, month))).join();
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "errno" in error;
}

/** The SHA-256 of `content` in hexadecimal digits. */
export function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
