import { appendFileSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openJournal, unfinishedRuns, type StartedEntry } from "../../src/lab/journal.ts";
import { tempFolder } from "../support/temp-project.ts";

const first = "11111111-1111-4111-8111-111111111111";
const second = "22222222-2222-4222-8222-222222222222";
const at = "2025-01-15T12:00:00.000Z";

function started(id: string): StartedEntry {
  return {
    kind: "started",
    id,
    at,
    test: "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01",
    label: "T1102-1",
    arguments: { marker: "x" },
    cleanup: { shell: "sh", text: "rm -f x" },
    folder: "/tmp/kqltest-lab-1",
    runner: { pid: 1, since: "1" },
  };
}

test("a run is unfinished until its cleanup has ended", () => {
  const journal = openJournal(tempFolder());
  expect(unfinishedRuns(journal)).toEqual([]);
  journal.append(started(first));
  journal.append(started(second));
  journal.append({ kind: "ended", id: first, at, exitCode: 0 });
  journal.append({ kind: "cleaning", id: first, at });
  expect(unfinishedRuns(journal)).toEqual([started(first), started(second)]);
  journal.append({ kind: "cleaned", id: first, at, exitCode: 0 });
  expect(unfinishedRuns(journal)).toEqual([started(second)]);
  expect(statSync(journal.file).mode & 0o077).toBe(0);
});

test("a run in a container says so; one in a lab that nobody knows is no run", () => {
  const journal = openJournal(tempFolder());
  const contained: StartedEntry = { ...started(first), cleanup: null, lab: "docker", folder: "" };
  journal.append(contained);
  appendFileSync(journal.file, `${JSON.stringify({ ...started(second), lab: "elsewhere" })}\n`);
  expect(unfinishedRuns(journal)).toEqual([contained]);
});

test("a line that a crash cut off takes no other with it", () => {
  const journal = openJournal(tempFolder());
  journal.append(started(first));
  appendFileSync(journal.file, '{"kind":"cleaned","id":"1111');
  expect(unfinishedRuns(journal)).toEqual([started(first)]);
  journal.append(started(second));
  expect(readFileSync(journal.file, "utf8").split("\n")).toHaveLength(4);
  expect(unfinishedRuns(journal)).toEqual([started(first), started(second)]);
});

// oxfmt-ignore
test.each([
  ["no object", "null"],
  ["an id that is none", JSON.stringify({ ...started(first), id: "x" })],
  ["an unknown shell", JSON.stringify({ ...started(first), cleanup: { shell: "zsh", text: "id" } })],
  ["no runner", JSON.stringify({ ...started(first), runner: 1 })],
])("%s is no entry", (_, line) => {
  const journal = openJournal(tempFolder());
  journal.append({ kind: "cleaned", id: second, at });
  appendFileSync(journal.file, `${line}\n`);
  expect(unfinishedRuns(journal)).toEqual([]);
});

test.each([".kqltest", ".kqltest/lab", ".kqltest/lab/journal.jsonl"])(
  "nothing is written through a link at %s",
  (path) => {
    const [root, other] = [
      tempFolder(),
      tempFolder({ "journal.jsonl": "", "lab/journal.jsonl": "" }),
    ];
    mkdirSync(join(root, path, ".."), { recursive: true });
    symlinkSync(path.endsWith("l") ? join(other, "journal.jsonl") : other, join(root, path));
    const journal = openJournal(root);
    expect(() => journal.append(started(first))).toThrow(
      "KT0838 the journal would be written through",
    );
    expect(readFileSync(join(other, "journal.jsonl"), "utf8")).toBe("");
  },
);
