import {
  elementsOf,
  kindOf,
  nameOf,
  parameterOf,
  parameterText,
  present,
  rawColumns,
  type Expression,
} from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { isUnit, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { pipedInto, sourcesOf, tableName } from "../../tables/sources.ts";
import type { Rel } from "../../../ir/types.ts";
import { unite, type Source } from "../../tables/unite.ts";

export function planUnion(
  node: Kusto.Language.Syntax.UnionOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const named =
    parameterOf(node.Parameters, "withsource") ?? parameterOf(node.Parameters, "with_source");
  const sourceColumn = named === undefined ? undefined : sourceName(present(named.Expression));
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
  const isInner = parameterText(node.Parameters, "kind") === "inner";
  const united = isInner ? commonColumns(node, sources, lowering) : sources;
  return unite(node, united, { sourceColumn, lowering });
}

/** The name behind `withsource=`, which may stand in quotes. */
function sourceName(node: Expression): string {
  return kindOf(node) === "StringLiteralExpression" ? String(node.LiteralValue) : nameOf(node);
}

/** The columns that all `sources` have. Of a name that has several types, Kusto's choice is not documented. */
function commonColumns(
  node: Kusto.Language.Syntax.UnionOperator,
  sources: readonly Source[],
  lowering: Lowering,
): readonly Source[] {
  const sets = sources.map(({ columns }) => new Map(columns.map(({ name, type }) => [name, type])));
  const [first] = sets;
  const common = [...(first?.keys() ?? [])].filter((name) => sets.every((set) => set.has(name)));
  const clash = common.find((name) => new Set(sets.map((set) => set.get(name))).size > 1);
  if (clash !== undefined || common.length === 0) {
    const which = clash === undefined ? "without a common column" : `in which \`${clash}\` has different types`; // oxfmt-ignore
    return lowering.refuse(node, {
      code: "KT0254",
      message: `\`union kind=inner\` of tables ${which} has no translation`,
      hint: "`project` the columns that all of them have, then `union`",
    });
  }
  return sources.map((source) => {
    const columns = source.columns.filter(({ name }) => common.includes(name));
    const shown = columnsOf(source.rel).filter(({ name }) => common.includes(name));
    const { span } = source.rel;
    return {
      ...source,
      columns,
      rel: { kind: "project", input: source.rel, items: keep(shown, span), span },
    };
  });
}
