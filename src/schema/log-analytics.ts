import { readFileSync } from "node:fs";
import type { TableText } from "./types.ts";

let tables: ReadonlyMap<string, () => TableText> | undefined;

/** The tables of Azure Monitor's Log Analytics by name. They are a file of their own, read when they are first asked for; a query needs few of them, so that each is spelled out on its own. */
export function logAnalyticsTables(): ReadonlyMap<string, () => TableText> {
  tables ??= parse(
    readFileSync(new URL("../../schemas/log-analytics.txt", import.meta.url), "utf8"),
  );
  return tables;
}

/** Lines that begin with a blank number the columns many tables have; every other line is a table and its columns. */
function parse(text: string): ReadonlyMap<string, () => TableText> {
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  const shared = lines
    .filter((line) => line.startsWith(" "))
    .flatMap((line) => line.trim().split(" "));
  return new Map(
    lines
      .filter((line) => !line.startsWith(" "))
      .map((line) => {
        const end = line.indexOf(" ");
        const spell = (): TableText =>
          line
            .slice(end + 1)
            .split(" ")
            .flatMap((entry) => columnsOf(entry, shared))
            .join(" ");
        return [line.slice(0, end), spell];
      }),
  );
}

/** What one entry stands for: a column in full, the number of a shared one, or a range of numbers. */
function columnsOf(entry: string, shared: readonly string[]): readonly string[] {
  const numbers = /^(\d+)(?:-(\d+))?$/.exec(entry);
  if (numbers === null) return [entry];
  const [, first = "", last = first] = numbers;
  return shared.slice(Number(first) - 1, Number(last));
}
