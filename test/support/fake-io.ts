import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import type { ExitCode, Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

/** What a command did. */
export interface CliRun {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs kqltest in this process with an `Io` that keeps what is written. */
export async function runCli(
  argv: readonly string[],
  changes: Partial<Io> & { readonly input?: string } = {},
): Promise<CliRun> {
  let out = "";
  let err = "";
  const { input = "", ...io } = changes;
  const code = await main(argv, {
    cwd: import.meta.dirname,
    env: {},
    nodeVersion: "v20.19.0",
    isTty: false,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date("2025-01-15T12:00:00Z"),
    readInput: async () => input,
    onInterrupt: () => () => {},
    machine: async () => ({
      platform: "linux",
      elevated: false,
      host: "pc-1",
      user: "ada",
      address: "192.0.2.7",
      temporary: realpathSync(tmpdir()),
    }),
    ...io,
  });
  return { code, out, err };
}
