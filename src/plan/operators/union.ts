import {
  elementsOf,
  nameOf,
  parameterOf,
  parameterText,
  present,
  rawColumns,
} from "../../kql/syntax.ts";
import { isUnit } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { pipedInto, sourcesOf, tableName } from "../sources.ts";
import type { Rel } from "../types.ts";
import { unite, type Source } from "../unite.ts";

export function planUnion(
  node: Kusto.Language.Syntax.UnionOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const named =
    parameterOf(node.Parameters, "withsource") ?? parameterOf(node.Parameters, "with_source");
  const sourceColumn = named === undefined ? undefined : nameOf(present(named.Expression));
  const sources: Source[] = [];
  const piped = isUnit(input) ? undefined : pipedInto(node);
  if (piped !== undefined) {
    const name = tableName(piped, lowering) ?? "union_arg0";
    sources.push({ rel: input, columns: rawColumns(piped.ResultType), name });
  }
  elementsOf(node.Expressions).forEach((operand, index) => {
    const argument = `union_arg${index + (piped === undefined ? 0 : 1)}`;
    sources.push(...sourcesOf(operand, argument, lowering));
  });
  if (parameterText(node.Parameters, "kind") === "inner") refuseDifferent(node, sources, lowering);
  return unite(node, sources, { sourceColumn, lowering });
}

/** The binder gives `kind=inner` the columns of `kind=outer`: it is the same only where every table has every column. */
function refuseDifferent(
  node: Kusto.Language.Syntax.UnionOperator,
  sources: readonly Source[],
  lowering: Lowering,
): void {
  const sets = sources.map(
    ({ columns }) => new Set(columns.map(({ name, type }) => `${name}:${type}`)),
  );
  const [first] = sets;
  const same = sets.every(
    (set) => set.size === first?.size && [...set].every((key) => first.has(key)),
  );
  if (same) return;
  lowering.refuse(node, {
    code: "KT0254",
    message: "`union kind=inner` of tables with different columns has no translation",
    hint: "`project` the columns that all of them have, then `union`",
  });
}
