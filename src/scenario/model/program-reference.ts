import { programs } from "../facts/programs.ts";
import type { Link } from "./incident.ts";

/** The file name at the end of a Windows path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

/** True for a path, false for a bare file name. */
export function isPath(text: string): boolean {
  return /[\\/]/.test(text);
}

/** The file that `text` names, a known program's name or a whole path, or undefined for a name that is not known. `copyOf` names the program whose file it is. */
export function fileOf(text: string, copyOf?: string): Link | undefined {
  const program = programs.get((copyOf ?? baseName(text)).toLowerCase());
  if (copyOf !== undefined && program !== undefined) {
    const folder = program.path.slice(0, program.path.length - program.name.length);
    return { program, path: isPath(text) ? text : `${folder}${text}`, renamed: true };
  }
  if (!isPath(text)) return program === undefined ? undefined : { program, path: program.path };
  // The name alone proves nothing: a `svchost.exe` in a user's folder is not the one of Windows.
  const own = program !== undefined && isOwnPlace(program.path, text);
  return own ? { program, path: text } : { path: text };
}

/** True where `path` is a place in which a program lies by itself: its own, or the 32-bit one. */
function isOwnPlace(programPath: string, path: string): boolean {
  const own = programPath.toLowerCase();
  const found = path.toLowerCase();
  return found === own || found === own.replace("\\system32\\", "\\syswow64\\");
}

/** One part of a chain: `cmd.exe`, `C:\Tools\x.exe`, `WINWORD.EXE /n`; undefined for a program that is not known. */
export function linkOf(text: string): Link | undefined {
  const match = /^(.+?\.(?:exe|com|scr))(?:\s+(\S.*))?$/i.exec(text);
  const file = fileOf(match?.[1] ?? text);
  const args = match?.[2];
  return file === undefined || args === undefined ? file : { ...file, arguments: args };
}

/** The parts of a chain, from the process upwards. */
export function splitChain(text: string): readonly string[] {
  return text.split(" < ").map((part) => part.trim());
}
