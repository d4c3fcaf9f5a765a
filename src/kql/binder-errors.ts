import { defined } from "../base/defined.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { Span } from "../base/source.ts";
import { nearest } from "../base/text.ts";
import type { BoundQuery, Environment } from "./bound-query.ts";
import { tablesNamedIn } from "./symbols.ts";

/** The text that the binder read, what it may refer to, and how its places become diagnostics. */
export interface ErrorContext {
  readonly text: string;
  /** Other texts that name the tables it reads. */
  readonly others?: readonly string[];
  readonly environment: Environment;
  readonly diagnose: BoundQuery["diagnose"];
}

/** An error of the binder as a diagnostic of ours. */
export function errorOf(diagnostic: Kusto.Language.Diagnostic, context: ErrorContext): Diagnostic {
  const { text, diagnose } = context;
  const start = Math.min(diagnostic.Start, text.length);
  const span: Span = { start, end: Math.max(start + 1, start + diagnostic.Length) };
  const message = (diagnostic.Message ?? "").replace(/\.$/, "").replaceAll(/'([^']*)'/g, "`$1`");
  const hint = hintFor(message, context);
  return diagnose(span, {
    code: "KT0101",
    message: `${message.charAt(0).toLowerCase()}${message.slice(1)} (${diagnostic.Code})`,
    ...defined({ hint }),
  });
}

function hintFor(
  message: string,
  { text, others = [], environment }: ErrorContext,
): string | undefined {
  const [, unknown, kind = ""] =
    /^The name `([^`]*)` does not refer to any known (.*)/.exec(message) ?? [];
  if (unknown === undefined) return undefined;
  const guess = nearest(unknown, namesFor([text, ...others].join("\n"), environment));
  // A name that is known and not found here has something wrong before it.
  if (guess === unknown) return undefined;
  if (guess !== undefined) return `did you mean \`${guess}\`?`;
  if (kind.startsWith("table")) {
    return "a table of its own is declared under `tables`, a saved function under `functions`";
  }
  return kind === "function" ? "a saved function is declared under `functions`" : undefined;
}

/** What may stand in a query: every table and function, and the columns of the tables it names. */
function namesFor(text: string, { catalog, functions, fixtures }: Environment): Iterable<string> {
  const names = new Set<string>([...catalog.keys(), ...(functions?.keys() ?? [])]);
  for (const table of tablesNamedIn(text, catalog)) {
    for (const column of table.columns) names.add(column.name);
  }
  for (const tables of [fixtures?.watchlists, fixtures?.functions, fixtures?.places]) {
    for (const { columns } of Object.values(tables ?? {})) {
      for (const { name } of columns) names.add(name);
    }
  }
  return names;
}
