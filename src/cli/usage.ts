import type { CommanderError } from "commander";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import { nearest } from "../base/text.ts";

/** A mistake on the command line as a diagnostic: commander's message in the wording of kqltest, its guess as the hint. */
export function usageError(error: CommanderError, command: string): InputError {
  if (error.code === "commander.help") {
    return new InputError({
      code: "KT0901",
      message: `\`${command}\` needs to be told what to do`,
      hint: "name one of the commands above",
    });
  }
  const guess = /\n\(Did you mean (?:one of )?(.+?)\?\)$/.exec(error.message);
  const message = error.message
    .slice(0, guess?.index)
    .replace(/^error: /, "")
    .replaceAll(/'([^']*)'/g, "`$1`")
    .replace(/\.$/, "");
  return new InputError({
    code: "KT0901",
    message: message.charAt(0).toLowerCase() + message.slice(1),
    hint:
      guess === null
        ? `\`${command} --help\` lists what there is`
        : `did you mean \`${guess[1] ?? ""}\`?`,
  });
}

/** `error`, where a word that names no rule and no scenario is nearly a command, with that as its hint. */
export function withCommandGuess(
  error: InputError,
  argv: readonly string[],
  commands: readonly string[],
): InputError {
  const [word = ""] = argv;
  const guess = commands.includes(word) ? undefined : nearest(word, commands);
  if (guess === undefined || error.diagnostics.every(({ code }) => code !== "KT0703")) return error;
  const hint = `did you mean the command \`${guess}\`?`;
  return new InputError(
    error.diagnostics.map((diagnostic) => ({ ...diagnostic, hint })),
    { cause: error },
  );
}

/** The error for a flag whose value is not one it takes. */
export function badValue(flag: string, value: string, hint: string): InputError {
  return new InputError({
    code: "KT0902",
    message: `\`${value}\` is no value of \`${flag}\``,
    hint,
  });
}

/** The error for a file or folder that was named on the command line and cannot be used. */
export function badPath(diagnostic: Omit<Diagnostic, "code">, cause?: unknown): InputError {
  return new InputError({ code: "KT0903", ...diagnostic }, { cause });
}

/** The error for flags and arguments that do not go together. */
export function wrongUsage(message: string, hint: string): InputError {
  return new InputError({ code: "KT0901", message, hint });
}
