import { defined } from "../../../../base/defined.ts";
import {
  elementsOf,
  nameOf,
  parameterOf,
  parameterText,
  present,
  rawColumns,
  scalarType,
  textOf,
  type Expression,
} from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, itemExpr, itemName } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { pipedInto } from "../../tables/sources.ts";
import type { Expand, ExpandedColumn, Expr, Rel } from "../../../ir/types.ts";

/** The older spelling of `mv-expand` takes so many elements unless it says how many. */
const legacyLimit = 128;

export function planMvExpand(
  node: Kusto.Language.Syntax.MvExpandOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const written = node.RowLimitClause?.RowLimit ?? undefined;
  const isLegacy = /^mvexpand\b/i.test(textOf(node));
  const columns = expandedColumns(elementsOf(node.Expressions), {
    input,
    lowering,
    names: newNames(node),
  });
  const index = indexName(node.Parameters, [...columnsOf(input), ...columns]);
  const limit: Expr | undefined =
    written !== undefined
      ? lowering.scalar(written)
      : isLegacy
        ? { kind: "literal", type: "long", value: String(legacyLimit), span }
        : undefined;
  return {
    kind: "expand",
    input,
    columns,
    bags: bagsOf(node),
    ...defined({ index, limit }),
    span,
  };
}

/** The names of the columns that the binder sees behind the operator and not before it. */
function newNames(node: Kusto.Language.Syntax.MvExpandOperator): readonly string[] {
  const before = new Set(rawColumns(pipedInto(node)?.ResultType).map(({ name }) => name));
  return boundColumns(node).flatMap(({ name }) => (before.has(name) ? [] : [name]));
}

/** The parser takes no other kind than `bag`, the default, and `array`. */
function bagsOf({ Parameters }: Kusto.Language.Syntax.MvExpandOperator): Expand["bags"] {
  const written = parameterText(Parameters, "bagexpansion") ?? parameterText(Parameters, "kind");
  return written === "array" ? "array" : "bag";
}

/** The name of the index column, where one is asked for; one that is taken gets a number. */
export function indexName(
  parameters: unknown,
  columns: readonly { readonly name: string }[],
): string | undefined {
  const parameter = parameterOf(parameters, "with_itemindex");
  if (parameter === undefined) return undefined;
  const wanted = nameOf(present(parameter.Expression));
  const taken = new Set(columns.map(({ name }) => name));
  let name = wanted;
  for (let number = 1; taken.has(name); number++) name = `${wanted}${number}`;
  return name;
}

interface ExpansionSite {
  readonly input: Rel;
  readonly lowering: Lowering;
  /** The columns that the binder gives the result, in order. */
  readonly names: readonly string[];
}

type ExpansionNode = Expression & {
  readonly Expression: Expression | null;
  readonly ToTypeOf: Kusto.Language.Syntax.ToTypeOfClause | null;
};

/** The columns that `mv-expand` and `mv-apply` expand, by the names that the binder gives them. */
export function expandedColumns(
  nodes: readonly Expression[],
  { input, lowering, names }: ExpansionSite,
): readonly ExpandedColumn[] {
  const row = lowering.over(input);
  const existing = new Set(columnsOf(input).map(({ name }) => name));
  const added = names.filter((name) => !existing.has(name));
  return (nodes as readonly ExpansionNode[]).map((node): ExpandedColumn => {
    const expression = present(node.Expression);
    const written = itemName(expression);
    // Which of the new columns an expression without a name gives, only their order says.
    const name = written !== undefined && existing.has(written) ? written : added.shift();
    return {
      name: name ?? written ?? "",
      expr: itemExpr(expression, row),
      type: node.ToTypeOf === null ? "dynamic" : typeOf(node.ToTypeOf),
    };
  });
}

function typeOf({ TypeOf }: Kusto.Language.Syntax.ToTypeOfClause): ExpandedColumn["type"] {
  const [type] = elementsOf(present(TypeOf).Types);
  return scalarType(present(type).ReferencedSymbol ?? present(type).ResultType) ?? "dynamic";
}
