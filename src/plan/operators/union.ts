import { elementsOf, kindOf, parameterText, type Expression } from "../../kql/syntax.ts";
import type { Column } from "../../schema/types.ts";
import { columnsOf } from "../columns.ts";
import { boundColumns, columnRef } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Item, Rel } from "../types.ts";

export function planUnion(
  node: Kusto.Language.Syntax.UnionOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  for (const parameter of ["withsource", "with_source"]) {
    if (parameterText(node.Parameters, parameter) !== undefined) {
      return lowering.refuse(node, {
        code: "KT0213",
        message: `\`union ${parameter}=\` has no translation`,
      });
    }
  }
  const operands = elementsOf<Expression>(node.Expressions);
  for (const operand of operands) refuseWildcard(operand, lowering);
  const tables = operands.map((operand) => lowering.rel(operand));
  const inputs = isUnit(input) ? tables : [input, ...tables];
  const columns = boundColumns(node);
  return {
    kind: "union",
    inputs: inputs.map((table) => conform(table, columns, inputs)),
    span: lowering.span(node),
  };
}

function refuseWildcard(operand: Expression, lowering: Lowering): void {
  const { Name } = operand as { Name?: Expression | null };
  if (Name !== undefined && Name !== null && kindOf(Name) === "WildcardedName") {
    lowering.refuse(operand, {
      code: "KT0213",
      message: "a wildcard in `union` has no translation",
    });
  }
}

function isUnit(rel: Rel): boolean {
  return rel.kind === "values" && rel.columns.length === 0;
}

/** `table` with exactly `columns`; those it lacks are null. A name with two types in `inputs` is two columns, `x_long` and `x_string`. */
function conform(table: Rel, columns: readonly Column[], inputs: readonly Rel[]): Rel {
  const own = new Map(columnsOf(table).map((column) => [column.name, column]));
  const clashing = clashes(inputs);
  const items = columns.map((column): Item => {
    const source = sourceOf(column, own, clashing);
    const expr: Expr =
      source === undefined
        ? {
            kind: "literal",
            type: column.type,
            value: column.type === "string" ? "" : null,
            span: table.span,
          }
        : columnRef(source, table.span);
    return { name: column.name, expr };
  });
  return { kind: "project", input: table, items, span: table.span };
}

function sourceOf(
  column: Column,
  own: ReadonlyMap<string, Column>,
  clashing: ReadonlySet<string>,
): Column | undefined {
  const same = own.get(column.name);
  if (same !== undefined && same.type === column.type && !clashing.has(column.name)) return same;
  const base = column.name.endsWith(`_${column.type}`)
    ? column.name.slice(0, -column.type.length - 1)
    : column.name;
  const split = own.get(base);
  return clashing.has(base) && split?.type === column.type ? split : undefined;
}

/** Names that have different types in different inputs. */
function clashes(inputs: readonly Rel[]): ReadonlySet<string> {
  const types = new Map<string, string>();
  const clashing = new Set<string>();
  for (const { name, type } of inputs.flatMap(columnsOf)) {
    const other = types.get(name);
    if (other !== undefined && other !== type) clashing.add(name);
    types.set(name, type);
  }
  return clashing;
}
