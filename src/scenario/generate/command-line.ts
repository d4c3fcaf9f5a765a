import type { FileFacts } from "./file-facts.ts";
import type { Link } from "../model/incident.ts";
import { baseName } from "../model/program-reference.ts";

/** Who starts a program. */
type Starter = { readonly file: Pick<FileFacts, "name"> } | undefined;

/** The command line as the author wrote it, or as the program is usually started below `parent`; placeholders still in it. */
export function commandText(started: {
  readonly link: Link;
  readonly command?: string | undefined;
  readonly parent: Starter;
}): string {
  return started.command ?? usualCommand(started.link, started.parent);
}

function usualCommand(link: Link, parent: Starter): string {
  const program = link.renamed === true ? undefined : link.program;
  const name = baseName(link.path);
  const args = link.arguments ?? program?.arguments ?? "";
  if (program?.bare === true) return args === "" ? name : `${name} ${args}`;
  if (args !== "") return `"${name}" ${args}`;
  // The desktop leaves a blank behind the quoted name where no arguments follow; nobody else does.
  return parent?.file.name.toLowerCase() === "explorer.exe" ? `"${name}" ` : `"${name}"`;
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

/** The command line `text` of the program `name` as `parent` starts it: `cmd.exe` leaves a second blank between a program and its arguments. Its console is not its own doing. */
export function startedBy(parent: Starter, text: string, name: string): string {
  const isTyped = parent?.file.name.toLowerCase() === "cmd.exe" && name !== "conhost.exe";
  return isTyped ? text.replace(/^("[^"]*"|[^\s"]+) (?=\S)/, "$1  ") : text;
}
