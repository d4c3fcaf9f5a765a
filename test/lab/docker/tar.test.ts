import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packFiles } from "../../../src/lab/docker/tar.ts";
import { tempFolder } from "../../support/temp-project.ts";

const long = `${"deep/".repeat(30)}${"x".repeat(90)}`;

test("tar unpacks what was packed", () => {
  const files = [
    { path: "tmp/a.sh", content: Buffer.from("echo ä\n"), mode: 0o755 },
    { path: "tmp/empty", content: Buffer.alloc(0), mode: 0o600 },
    { path: long, content: Buffer.alloc(512, "b"), mode: 0o644 },
  ];
  const folder = tempFolder();
  execFileSync("tar", ["-x", "-C", folder], { input: packFiles(files) });
  for (const { path, content } of files) {
    expect(readFileSync(join(folder, path)).equals(content)).toBe(true);
  }
  const listed = execFileSync("tar", ["-tv"], { input: packFiles(files), encoding: "utf8" });
  expect(listed.split("\n").map((line) => line.slice(0, 10))).toEqual([
    "-rwxr-xr-x",
    "-rw-------",
    "-rw-r--r--",
    "",
  ]);
});

test("a path that the format has no room for is a bug that is told", () => {
  const path = "y".repeat(101);
  expect(() => packFiles([{ path, content: Buffer.alloc(0), mode: 0o644 }])).toThrow("too long");
});
