import { join } from "node:path";
import { expect, test } from "vitest";
import {
  createJsonListCut,
  csvCut,
  lineCut,
  textPieces,
  type Cut,
} from "../../src/cli/output/text-pieces.ts";
import { tempFolder } from "../support/temp-project.ts";

const list = JSON.stringify([
  { a: 'x,y"z\\', b: [1, { c: "],[" }] },
  { a: "\\\\", d: "é😀" },
  [],
  { e: "{" },
]);

const cases: readonly (readonly [string, string, () => Cut, readonly string[]])[] = [
  ["lines", "a\nbé\n\nc", () => lineCut, ["a\n", "bé\n", "\n", "c"]],
  ["CSV", 'a,"b\n""c"\nd\n', () => csvCut, ['a,"b\n""c"\n', "d\n"]],
  [
    "a list",
    list,
    createJsonListCut,
    [
      '[{"a":"x,y\\"z\\\\","b":[1,{"c":"],["}]},',
      '{"a":"\\\\\\\\","d":"é😀"},',
      "[],",
      '{"e":"{"}]',
    ],
  ],
];

test.each(cases)(
  "%s are cut where a record ends, however they are read",
  (_, text, cut, expected) => {
    const path = join(tempFolder({ file: text }), "file");
    const byBytes = [...textPieces(path, cut(), 1)];
    expect(byBytes.map((piece) => piece.text.slice(piece.start))).toEqual(expected);
    for (const bytes of [1, 2, 3, 5, 7, 1000]) {
      const pieces = [...textPieces(path, cut(), bytes)];
      expect(pieces.map((piece) => piece.text.slice(piece.start)).join("")).toBe(text);
      let before = "";
      for (const { text: padded, start } of pieces) {
        expect(padded.slice(0, start)).toBe("\n".repeat(before.split("\n").length - 1));
        before += padded.slice(start);
      }
    }
  },
);
