import { execa } from "execa";
import { InputError } from "../base/diagnostic.ts";

/** The calls that `importStrace` reads: programs, whose child a process is, connections and what later tells of their ends. */
// oxfmt-ignore
const calls = [
  "execve", "execveat", "clone", "clone3", "fork", "vfork", "exit_group",
  "connect", "getsockopt", "getsockname", "sendto",
];

/** `command` under strace, which writes the trace into `file`. */
export function underStrace(file: string, command: readonly string[]): readonly string[] {
  // Without -v strace writes 32 arguments of a program and no more.
  const flags = ["-f", "-ttt", "-yy", "-v", "-s", "32768"];
  return ["strace", ...flags, "-e", `trace=${calls.join(",")}`, "-o", file, "--", ...command];
}

/** Throws an `InputError` (KT0844) where scripts of this machine cannot be traced. `path` is where programs are looked for. */
export async function requireStrace(platform: string | undefined, path: string): Promise<void> {
  if (platform !== "linux") {
    throw new InputError({
      code: "KT0844",
      message: "what a test does on this machine cannot be recorded: strace is of Linux",
      hint: "run it in a container: `--lab docker`",
    });
  }
  const found = await execa("strace", ["-V"], {
    env: { PATH: path },
    extendEnv: false,
    reject: false,
  });
  if (found.exitCode === 0) return;
  throw new InputError({
    code: "KT0844",
    message: "there is no `strace` on this machine to record with",
    hint: "install it, or run the test in a container: `--lab docker`",
  });
}
