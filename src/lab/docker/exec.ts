import { defined } from "../../base/defined.ts";
import type { KeptOutput } from "../scripts/output.ts";
import type { Container } from "./container-engine.ts";

/** A program that is started in a container. */
export interface Execution {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folder that it starts in. */
  readonly cwd?: string;
  /** Asked right before it starts. */
  readonly isGivenUp?: () => boolean;
  readonly out: KeptOutput;
  readonly err: KeptOutput;
}

/** Runs a program in `container`, without input, and gives its exit code; null where it was given up before it started. */
export async function execute(
  container: Container,
  { command, env = {}, cwd, isGivenUp, out, err }: Execution,
): Promise<number | null> {
  const execution = await container.exec({
    Cmd: [...command],
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    AttachStdout: true,
    AttachStderr: true,
    ...defined({ WorkingDir: cwd }),
  });
  if (isGivenUp?.() === true) return null;
  const stream = await execution.start({ hijack: true, stdin: false });
  const frames = splitFrames(out, err);
  for await (const chunk of stream) frames(Buffer.from(chunk));
  return (await execution.inspect()).ExitCode;
}

/**
 * Takes the frames of an engine's stream apart: a byte that tells which stream (2 is the standard error), three that say
 * nothing, four with the length, then as many bytes. Chunks may end anywhere.
 */
export function splitFrames(out: KeptOutput, err: KeptOutput): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let current = out;
  let left = 0;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length > 0) {
      if (left === 0) {
        if (rest.length < 8) return;
        current = rest[0] === 2 ? err : out;
        left = rest.readUInt32BE(4);
        rest = rest.subarray(8);
      }
      const part = rest.subarray(0, left);
      current.add(part);
      left -= part.length;
      rest = rest.subarray(part.length);
    }
  };
}
