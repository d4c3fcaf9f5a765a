import { nameOf, present } from "../kql/syntax.ts";
import { lookUp, type Lowering } from "./lowering.ts";
import type { Expr } from "./types.ts";

/** The options of `set` that `bin_auto` reads. The others steer Kusto's own execution and change no answer. */
export const binOptions = { size: "query_bin_auto_size", at: "query_bin_auto_at" } as const;

const read: ReadonlySet<string> = new Set(Object.values(binOptions));

/** Notes the value of an option that changes answers. */
export function declareOption(
  { Name, ValueClause }: Kusto.Language.Syntax.SetOptionStatement,
  lowering: Lowering,
): void {
  const name = nameOf(present(Name));
  const value = ValueClause?.Expression ?? undefined;
  if (value === undefined || !read.has(name)) return;
  lowering.scope.names.set(keyOf(name), { kind: "scalar", expr: lowering.scalar(value) });
}

/** The value of the option `name`; undefined where it is not set. */
export function optionOf(name: string, lowering: Lowering): Expr | undefined {
  const meaning = lookUp(lowering.scope, keyOf(name));
  return meaning?.kind === "scalar" ? meaning.expr : undefined;
}

/** No name of a query has a space in front. */
function keyOf(option: string): string {
  return ` ${option}`;
}
