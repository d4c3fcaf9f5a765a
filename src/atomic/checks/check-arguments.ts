import type { Diagnostic } from "../../base/diagnostic.ts";
import { suggestion } from "../../base/text.ts";
import { argumentType, isOfType, valueExamples } from "../argument-value.ts";
import { atKey, atValue, inText, type TestCheck } from "./test-check.ts";
import { commandTexts, describingTexts } from "../command-texts.ts";
import { placeholders } from "../fill.ts";

/** `#{name}` in a text has an argument of that name (KT0805); each missing one is told of where it first stands. */
export const placeholdersDeclared: TestCheck = (written) => {
  const declared = Object.keys(written.test.input_arguments ?? {});
  const told = new Set<string>(declared);
  const found: Diagnostic[] = [];
  for (const { path, text } of [...commandTexts(written.test), ...describingTexts(written.test)]) {
    for (const { name, start, end } of placeholders(text)) {
      if (told.has(name)) continue;
      told.add(name);
      found.push(
        inText(
          written,
          { path, span: { start, end } },
          {
            code: "KT0805",
            message: `there is no input argument \`${name}\``,
            hint: suggestion(name, declared) ?? `declare it under \`input_arguments\``,
          },
        ),
      );
    }
  }
  return found;
};

/** Every argument stands in some command (KT0806): one that does not would change nothing. */
export const argumentsUsed: TestCheck = (written) => {
  const used = new Set(
    commandTexts(written.test).flatMap(({ text }) => placeholders(text).map(({ name }) => name)),
  );
  return Object.keys(written.test.input_arguments ?? {})
    .filter((name) => !used.has(name))
    .map((name) =>
      atKey(written, ["input_arguments", name], {
        code: "KT0806",
        message: `no command uses the input argument \`${name}\``,
        hint: `write \`#{${name}}\` in a command, or delete it`,
      }),
    );
};

/** A default is of the argument's type (KT0807). */
export const defaultsFit: TestCheck = (written) =>
  Object.entries(written.test.input_arguments ?? {}).flatMap(([name, argument]) => {
    const type = argumentType(argument.type);
    if (isOfType(argument.default, type)) return [];
    return [
      atValue(written, ["input_arguments", name, "default"], {
        code: "KT0807",
        message: `the default of \`${name}\` is no ${type}: \`${String(argument.default)}\``,
        hint: valueExamples[type],
      }),
    ];
  });
