import { resolve } from "node:path";
import type { ReportStyle } from "../../report/reporter.ts";
import { styleOf, type Io } from "../io.ts";
import { writeFileWhole } from "./write-file.ts";

interface NamedReporter<T> {
  readonly name: string;
  readonly render: (result: T, style: ReportStyle) => string;
}

export interface ReportTarget {
  /** The name of a reporter; default `text`. */
  readonly reporter?: string;
  /** A file for the report; the terminal then shows text. */
  readonly output?: string;
}

/** Prints the report of `result`, or writes it to the file that was asked for. */
export function writeReport<T>(
  reporters: readonly NamedReporter<T>[],
  result: T,
  { target: { reporter = "text", output }, io }: { readonly target: ReportTarget; readonly io: Io },
): void {
  const render = (name: string, style: ReportStyle): string => {
    const found = reporters.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no reporter ${name}`);
    return found.render(result, style);
  };
  const style = styleOf(io);
  if (output === undefined) {
    io.out(render(reporter, style));
    return;
  }
  writeFileWhole(resolve(io.cwd, output), render(reporter, { color: false, width: 100 }));
  io.out(render("text", style));
}
