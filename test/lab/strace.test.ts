import { expect, test } from "vitest";
import { requireStrace } from "../../src/lab/under-strace.ts";

const path = process.env["PATH"] ?? "";

test.each(["macos", "windows", undefined])("strace is not of %s", async (platform) => {
  await expect(requireStrace(platform, path)).rejects.toThrow(
    "KT0844 what a test does on this machine cannot be recorded: strace is of Linux",
  );
});

test("strace is looked for in the search path", async () => {
  await expect(requireStrace("linux", "/nowhere")).rejects.toThrow("KT0844 there is no `strace`");
});
