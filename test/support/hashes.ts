import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file of a folder with a hash of its bytes. */
export function hashesOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder).toSorted();
  return Object.fromEntries(
    entries.map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, createHash("sha256").update(bytes).digest("hex")];
    }),
  );
}
