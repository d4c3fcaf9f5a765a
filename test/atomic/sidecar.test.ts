import { expect, test } from "vitest";
import { checkSidecar, type Nameable } from "../../src/atomic/checks/check-sidecar.ts";
import { readSidecar } from "../../src/atomic/sidecar.ts";
import { InputError, type Diagnostic } from "../../src/base/diagnostic.ts";
import { position } from "../../src/base/source.ts";
import type { AtomicTechnique } from "../../src/atomic/types.ts";
import { techniqueOf, unmark, valid } from "./atomics.ts";

const technique = techniqueOf(valid);
const nameable: Nameable = {
  rules: ["web-service", "uploads"],
  scenarios: ["T1102/paste", "T1102/work"],
  truthOf: (id) => (id === "T1102/work" ? "benign" : "malicious"),
};

// The second and third test have no arguments to mark a run with.
const [first] = technique.tests;
if (first === undefined) throw new Error("no test");
const alone: AtomicTechnique = { ...technique, tests: [first] };

const sidecar = `2F1D1A52-5a39-4a0b-8d2b-6f4b1c0f1a01:
  scenario: T1102/paste
  mustFire: [web-service]
  mustNotFire:
    - uploads
  marker: marker
  sinkhole:
    service_url: https://pastebin.com
`;

function problemsOf(text: string, tests = alone): readonly string[] {
  try {
    const read = readSidecar({ file: "atomics/T1102/kqltest.yaml", text });
    return checkSidecar(tests, read, nameable).map(told);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(told);
  }
}

function told({ code, message, source, span }: Diagnostic): string {
  const { line, column } = position(source?.text ?? "", span?.start ?? 0);
  return `${line}:${column} ${code} ${message}`;
}

test("a sidecar as data", () => {
  const { entries } = readSidecar({ file: "kqltest.yaml", text: sidecar });
  expect([...entries.values()]).toEqual([
    {
      guid: "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01",
      scenario: "T1102/paste",
      class: "malicious",
      mustFire: ["web-service"],
      mustNotFire: ["uploads"],
      marker: "marker",
      sinkhole: { service_url: "https://pastebin.com" },
    },
  ]);
  expect(problemsOf(sidecar)).toEqual([]);
});

// oxfmt-ignore
test.each([
  ["no GUID", "2F1D1A52-5a39", "»2F1D1A5-5a39", "KT0820 `2F1D1A5-5a39-4a0b-8d2b-6f4b1c0f1a01` cannot be a key here"],
  ["an unknown key", "  mustFire", "  »must_fire", "KT0820 unknown key `must_fire`"],
  ["no scenario", "  scenario: T1102/paste\n  mustFire", "  »mustFire", "KT0820 `2F1D1A52-5a39-4a0b-8d2b-6f4b1c0f1a01` lacks the key `scenario`"],
  ["an unknown class", "  marker:", "  class: »bening\n  marker:", "KT0820 `2F1D1A52-5a39-4a0b-8d2b-6f4b1c0f1a01.class` is `bening`, which is none of"],
  ["no rule", "  mustFire: [web-service]\n  mustNotFire:\n    - uploads\n", "", "KT0821 the entry asks nothing of any rule"],
  ["a rule twice", "    - uploads", "    - »web-service", "KT0821 the rule `web-service` cannot both fire and stay silent"],
  ["an unknown test", "2F1D1A52", "»3F1D1A52", "KT0823 no test of `T1102` has this GUID"],
  ["an unknown scenario", "T1102/paste", "»T1102/past", "KT0824 there is no scenario `T1102/past`"],
  ["an unknown rule", "[web-service]", "[»web-servce]", "KT0824 there is no rule `web-servce`"],
  ["an unknown argument", "    service_url", "    »service-url", "KT0824 there is no input argument `service-url`"],
  ["an unknown marker", "marker: marker", "marker: »run", "KT0824 there is no input argument `run`"],
  ["a twin of another class", "T1102/paste", "»T1102/work", "KT0825 the test is malicious, but its twin `T1102/work` is benign"],
])("%s", (what, from, to, message) => {
  const changed = sidecar.replace(from, to);
  const { text, place } = unmark(what === "no rule" ? `»${changed}` : changed);
  expect(problemsOf(text).some((problem) => problem.startsWith(`${place} ${message}`))).toBe(true);
});

test("a marker that does not show in the command", () => {
  const text = valid
    .replace(
      "    out-file:",
      "    note:\n      description: x\n      type: string\n      default: x\n    out-file:",
    )
    .replace('rm -f "#{out-file}"', 'rm -f "#{out-file}" "#{note}"');
  const [test] = techniqueOf(text).tests;
  if (test === undefined) throw new Error("no test");
  const found = problemsOf(sidecar.replace("marker: marker", "marker: note"), {
    ...alone,
    tests: [test],
  });
  expect(found).toEqual([
    "6:11 KT0826 the command does not use `#{note}`, so no telemetry would show it",
  ]);
});

test("a test without an entry, and a technique without a sidecar", () => {
  const missing = ["50:24", "60:24"].map(
    (place) => expect.stringContaining(`${place} KT0822 `) as string,
  );
  expect(problemsOf(sidecar, technique)).toEqual(missing);
  expect(checkSidecar(alone, undefined, nameable).map(told)).toEqual([
    "5:24 KT0822 the test `Fetch a paste` has no entry in the sidecar",
  ]);
});

test("an entry twice, in another case", () => {
  expect(problemsOf(`${sidecar}${sidecar.replace("2F1D1A52", "2f1d1a52")}`)).toEqual([
    "9:1 KT0821 the GUID has an entry already",
  ]);
});
