import { execa } from "execa";
import { inScript, scriptsOf, type Script } from "../../atomic/scripts.ts";
import type { AtomicTechnique } from "../../atomic/types.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";

/** Shells that can check a script without running it: their `-n`. */
const checkingShells = ["sh", "bash"] as const;
type CheckingShell = (typeof checkingShells)[number];

/** A shell that takes longer does not parse but hangs. */
const timeoutMs = 10_000;

/** What the shells of this machine say of scripts. */
export interface ShellFindings {
  /** What a shell cannot parse (KT0814). */
  readonly mistakes: readonly Diagnostic[];
  /** Shells that are not on this machine, whose scripts nobody looked at. */
  readonly missing: readonly CheckingShell[];
}

/** Has `sh -n` and `bash -n` of this machine parse the scripts of `techniques`. They run nothing: `-n` reads and stops, and the environment holds nothing that a shell would source. `path` is where programs are looked for. */
export async function checkShellSyntax(
  techniques: readonly AtomicTechnique[],
  path: string,
): Promise<ShellFindings> {
  const mistakes: Diagnostic[] = [];
  const missing = new Set<CheckingShell>();
  for (const script of techniques.flatMap(scriptsOf)) {
    const shell = checkingShells.find((candidate) => candidate === script.shell);
    if (shell === undefined || missing.has(shell)) continue;
    const complaint = await parse(shell, script.filled.text, path);
    if (complaint === undefined) missing.add(shell);
    else if (complaint !== "") mistakes.push(mistake(shell, script, complaint));
  }
  return { mistakes, missing: [...missing] };
}

/** What `shell` complains of in `text`: nothing where it can parse it; undefined where there is no such shell. */
async function parse(
  shell: CheckingShell,
  text: string,
  path: string,
): Promise<string | undefined> {
  const result = await execa(shell, ["-n"], {
    input: text,
    env: { PATH: path, LC_ALL: "C" },
    extendEnv: false,
    reject: false,
    timeout: timeoutMs,
  });
  if (result.code === "ENOENT") return undefined;
  // bash complains of a here-document without an end and still exits with 0.
  return result.failed && result.stderr === "" ? result.shortMessage : result.stderr;
}

function mistake(shell: CheckingShell, script: Script, complaint: string): Diagnostic {
  const [first = ""] = complaint.split("\n");
  const [, line, message = first] = /^[^:]*: (?:line )?(\d+): (.*)$/.exec(first) ?? [];
  const lines = script.filled.text.split("\n");
  // A script that ends too early is told of on the line behind it.
  const index = Math.min(Number(line ?? 1), lastLine(lines)) - 1;
  const start = lines.slice(0, index).reduce((length, text) => length + text.length + 1, 0);
  const text = lines[index] ?? "";
  const indent = text.length - text.trimStart().length;
  return inScript(
    script,
    { start: start + indent, end: start + text.length },
    {
      code: "KT0814",
      message: `\`${shell} -n\` cannot parse it: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    },
  );
}

function lastLine(lines: readonly string[]): number {
  return Math.max(1, lines.findLastIndex((line) => line.trim() !== "") + 1);
}
