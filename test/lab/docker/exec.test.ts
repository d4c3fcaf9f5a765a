import { expect, test } from "vitest";
import { splitFrames } from "../../../src/lab/docker/exec.ts";
import { keepOutput } from "../../../src/lab/scripts/output.ts";

function frame(stream: number, text: string): Buffer {
  const content = Buffer.from(text);
  const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}

const whole = Buffer.concat([
  frame(1, "out ä\n"),
  frame(2, "err\n"),
  frame(1, ""),
  frame(1, "more"),
]);

test.each([1, 3, 7, 8, 9, 1000])("frames in chunks of %i bytes", (size) => {
  const [out, err] = [keepOutput(), keepOutput()];
  const add = splitFrames(out, err);
  for (let at = 0; at < whole.length; at += size) add(whole.subarray(at, at + size));
  expect([out.text(), err.text()]).toEqual(["out ä\nmore", "err\n"]);
});

test("of a long output the first part is kept", () => {
  const out = keepOutput(4);
  splitFrames(out, keepOutput())(frame(1, "abcdefg"));
  expect(out.text()).toBe("abcd\n(3 more bytes)\n");
});
