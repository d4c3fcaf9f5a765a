import { testLabel, type AtomicTechnique, type AtomicTest } from "../../../atomic/types.ts";
import { InputError } from "../../../base/diagnostic.ts";
import { suggestion } from "../../../base/text.ts";
import { badValue } from "../../usage.ts";

/** Reads `--input`. */
export function parseInput(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0) throw badValue("--input", text, "write it as `name=value`");
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The test that `name` means: a GUID, or technique and number. Throws an `InputError` (KT0815) where there is none. */
export function findTest(techniques: readonly AtomicTechnique[], name: string): AtomicTest {
  const tests = techniques.flatMap((technique) => technique.tests);
  const wanted = name.toLowerCase();
  const found = tests.find(
    (test) => test.guid === wanted || testLabel(test).toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  throw new InputError({
    code: "KT0815",
    message: `there is no test \`${name}\``,
    hint: suggestion(name, tests.map(testLabel)) ?? "`kqltest atomics list` lists them",
  });
}
