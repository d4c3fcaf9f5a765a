import type { FileFacts } from "./files.ts";
import type { Link } from "./incident.ts";
import { baseName } from "./reference.ts";

/** The command line as the author wrote it, or as the program is usually started; placeholders still in it. */
export function commandText(started: {
  readonly link: Link;
  readonly command?: string | undefined;
}): string {
  return started.command ?? usualCommand(started.link);
}

function usualCommand(link: Link): string {
  const program = link.renamed === true ? undefined : link.program;
  const name = baseName(link.path);
  const args = link.arguments ?? program?.arguments ?? "";
  if (program?.bare === true) return args === "" ? name : `${name} ${args}`;
  // The shell leaves a blank behind the quoted name where no arguments follow; the service manager does not.
  const isService = (program?.account ?? "user") !== "user";
  return isService && args === "" ? `"${name}"` : `"${name}" ${args}`;
}

/** `text` as the Windows sensor reports it: without the folder of the program's own name, quotes kept. */
export function commandLine(text: string, file: Pick<FileFacts, "path" | "name">): string {
  const { path, name } = file;
  const start = text.startsWith('"') ? 1 : 0;
  const found = text.slice(start, start + path.length);
  const after = text.charAt(start + path.length);
  const isWhole = start === 1 ? after === '"' : after === "" || after === " ";
  if (!isWhole || found.toLowerCase() !== path.toLowerCase()) return text;
  return `${text.slice(0, start)}${found.slice(-name.length)}${text.slice(start + path.length)}`;
}

/** `text` with the second blank that `cmd.exe` leaves between a command typed without quotes and its arguments. */
export function twoSpaces(text: string): string {
  return text.replace(/^([^\s"]+) (?=\S)/, "$1  ");
}
