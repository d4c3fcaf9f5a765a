import { escapeControls } from "../../base/text.ts";

/** The lines of what a program wrote that are not empty, with control characters escaped. */
export function outputLines(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map(escapeControls);
}
