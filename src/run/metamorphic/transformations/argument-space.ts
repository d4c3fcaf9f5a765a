import { mapTexts, type Transformation } from "./transformation.ts";

/** Two spaces after the program's name in command lines where there is one, and one where there are two: Windows starts write either. */
export const argumentSpace: Transformation = {
  name: "argument-space",
  description: "one more or one less space after the program in command lines",
  apply: ({ events }) =>
    mapTexts(events, (text, column) =>
      column.endsWith("ProcessCommandLine") || column === "InitiatingProcessCommandLine"
        ? otherSpace(text)
        : text,
    ),
};

function otherSpace(commandLine: string): string {
  const [program = "", name = "", spaces] =
    /^("[^"]*"|[^\s"]+)( {1,2})(?=\S)/.exec(commandLine) ?? [];
  // `C:\Program Files\…` without quotes: the first space stands inside the name.
  if (spaces === undefined || /^[a-z]:\\(?!.*\.\w{2,3}$)/i.test(name)) return commandLine;
  return name + (spaces === " " ? "  " : " ") + commandLine.slice(program.length);
}
