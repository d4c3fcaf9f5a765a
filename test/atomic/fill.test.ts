import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fillTest } from "../../src/atomic/fill-test.ts";
import { fillText, placeholders, unfilledOffset } from "../../src/atomic/fill.ts";
import { techniqueOf, valid } from "./atomics.ts";

const [fetch] = techniqueOf(valid).tests;
if (fetch === undefined) throw new Error("no test");

test("defaults and values stand for the arguments everywhere", () => {
  const filled = fillTest(fetch, { values: { marker: "run-7", pause: "1" }, folder: "/a" });
  expect(filled.arguments).toEqual({
    service_url: "https://sinkhole.example",
    marker: "run-7",
    tries: "3",
    pause: "1",
    "out-file": "/tmp/paste",
  });
  expect(filled.command).toBe(
    'for try in $(seq 3); do\n  curl -o "/tmp/paste" "https://sinkhole.example/run-7"\n  sleep 1\ndone\n',
  );
  expect(filled.cleanup).toBe('rm -f "/tmp/paste"\n');
  expect(filled.dependencies[0]?.get).toContain("then try 3 times");
});

test("the folder of the tests stands for its name, in any case, in values too", () => {
  const text = valid
    .replace('rm -f "#{out-file}"', 'rm "$PathToAtomicsFolder/x" pathtoatomicsfolder "#{out-file}"')
    .replace("default: /tmp/paste", "default: PathToAtomicsFolder/T1102/paste");
  const [first] = techniqueOf(text).tests;
  if (first === undefined) throw new Error("no test");
  expect(fillTest(first, { folder: "/$&" }).cleanup).toBe('rm "/$&/x" /$& "/$&/T1102/paste"\n');
});

test.each([
  ["tries", "often", "KT0816 the value of `tries` is no integer: `often`"],
  ["pause", "", "KT0816 the value of `pause` is no float: ``"],
  ["service_url", "no where", "KT0816 the value of `service_url` is no url: `no where`"],
  [
    "markr",
    "x",
    "KT0816 `Fetch a paste` has no input argument `markr`\n  hint: did you mean `marker`?",
  ],
])("%s=%s is refused", (name, value, message) => {
  expect(() => fillTest(fetch, { values: { [name]: value }, folder: "/a" })).toThrow(message);
});

test("a value is put in as it is, and what it holds is no placeholder", () => {
  const values = new Map([
    ["a", "#{b} $1 $& \\"],
    ["b", "x"],
  ]);
  expect(fillText("#{a}|#{b}|#{c}|#{", values).text).toBe("#{b} $1 $& \\|x|#{c}|#{");
});

test("a placeholder ends at the next brace of its line", () => {
  expect(placeholders("#{a}#{b c} #{d\n}").map(({ name }) => name)).toEqual(["a", "b c"]);
});

test("what was not put in is found again where it stood", () => {
  const piece = fc.oneof(fc.constantFrom("#{a}", "#{b}", "#{other}"), fc.string());
  fc.assert(
    fc.property(fc.array(piece), fc.string(), fc.string(), (pieces, a, b) => {
      const text = pieces.join("");
      const filled = fillText(
        text,
        new Map([
          ["a", a],
          ["b", b],
        ]),
      );
      for (let at = 0; at < filled.text.length; at++) {
        const isPutIn = filled.insertions.some(({ start, end }) => at >= start && at < end);
        const from = unfilledOffset(filled, at);
        expect(isPutIn ? "#" : filled.text[at]).toBe(text[from]);
      }
    }),
  );
});
