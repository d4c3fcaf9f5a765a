import { expect, test } from "vitest";
import { checkShellSyntax } from "../../src/lab/scripts/shell-syntax.ts";
import { position } from "../../src/base/source.ts";
import { techniqueOf, unmark, valid } from "../atomic/atomics.ts";

const path = process.env["PATH"] ?? "";

async function complaints(text: string): Promise<readonly string[]> {
  const { mistakes } = await checkShellSyntax([techniqueOf(text)], path);
  return mistakes.map(({ code, message, source, span }) => {
    const { line, column } = position(source?.text ?? "", span?.start ?? 0);
    return `${line}:${column} ${code} ${message}`;
  });
}

test("scripts that parse", async () => {
  expect(await complaints(valid)).toEqual([]);
});

// oxfmt-ignore
test.each([
  ["a loop without its end in bash", "      done\n", "", "        »sleep #{pause}", "`bash -n` cannot parse it: syntax error"],
  ["a word too much in bash", "      done\n", "      »done done\n", "", "`bash -n` cannot parse it: syntax error near unexpected token"],
  ["an open quote in a cleanup", 'rm -f "#{out-file}"', '»rm -f "#{out-file}', "", "`bash -n` cannot parse it: unexpected EOF"],
  ["a condition without its end in sh", "command -v curl", "if command -v curl; then »:".replace("»", ""), "      »if command", "`sh -n` cannot parse it: "],
])("%s", async (_, from, to, mark, message) => {
  const changed = valid.replace(from, to);
  const { text, place } = unmark(mark === "" ? changed : changed.replace(mark.replace("»", ""), mark));
  const [first = "", ...more] = await complaints(text);
  expect(first).toContain(`${place} KT0814 ${message}`);
  expect(more).toEqual([]);
});

test("nothing of a script runs", async () => {
  const text = valid.replace("for try in", "exit 3; echo ran >&2; for try in");
  expect(await complaints(text)).toEqual([]);
});

test("a machine without the shells is no mistake of the scripts", async () => {
  const found = await checkShellSyntax([techniqueOf(valid.replace("done", ""))], "/nowhere");
  expect(found).toEqual({ mistakes: [], missing: ["bash", "sh"] });
});
