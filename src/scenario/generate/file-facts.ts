import { createHash } from "node:crypto";
import { baseName } from "../model/program-reference.ts";
import type { Link } from "../model/incident.ts";

/** What is known of the file a process was started from. */
export interface FileFacts {
  readonly name: string;
  readonly path: string;
  readonly sha1: string;
  readonly sha256: string;
  readonly md5: string;
  readonly size: number;
  /** Version resource: company, product, version, original file name, description. */
  readonly version?: readonly [string, string, string, string, string];
}

type Hashes = Pick<FileFacts, "sha1" | "sha256" | "md5" | "size">;

const hashesByKey = new Map<string, Hashes>();

/** Hashes that are a function of `key` alone, so that the same file has the same ones in every scenario. */
function hashesOf(key: string): Hashes {
  const known = hashesByKey.get(key);
  if (known !== undefined) return known;
  const hash = (algorithm: string): string => createHash(algorithm).update(key).digest("hex");
  const sha256 = hash("sha256");
  const size = 24_576 + (Number.parseInt(sha256.slice(0, 5), 16) % 8192) * 512;
  const hashes = { sha1: hash("sha1"), sha256, md5: hash("md5"), size };
  hashesByKey.set(key, hashes);
  return hashes;
}

/** The facts of `link`'s file at `path`. Where nothing is known of it, there is no version and the hashes are those of an unknown file of this name. */
export function fileFacts(link: Link, path: string): FileFacts {
  const name = baseName(path);
  const { program } = link;
  if (program === undefined) {
    return { name, path, ...hashesOf(`${name.toLowerCase()}|unknown`) };
  }
  const bits = /\\syswow64\\/i.test(path) ? "|x86" : "";
  const hashes = hashesOf(`${program.name.toLowerCase()}|${program.version?.[2] ?? ""}${bits}`);
  if (program.version === undefined) return { name, path, ...hashes };
  return { name, path, ...hashes, version: program.version };
}
