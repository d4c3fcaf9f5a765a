import { loadKusto } from "../../kql/load.ts";
import {
  elementsOf,
  kindOf,
  listOf,
  nameOf,
  present,
  scalarType,
  type Expression,
} from "../../kql/syntax.ts";
import type { Column } from "../../schema/types.ts";
import type { Lowering } from "./lowering.ts";
import type { ColumnRef, Expr, Item, Rel } from "../ir/types.ts";

/** A reference to `column` that a pass or an operator makes, at the place it serves. */
export function columnRef(column: Column, span: ColumnRef["span"]): ColumnRef {
  return { kind: "column", name: column.name, type: column.type, span };
}

/** `columns` as items that keep their names. */
export function keep(columns: readonly Column[], span: ColumnRef["span"]): readonly Item[] {
  return columns.map((column) => ({ name: column.name, expr: columnRef(column, span) }));
}

/** The columns that the binder gives `node`, in order. */
export function boundColumns(node: Expression): readonly Column[] {
  const { Columns } = node.ResultType as unknown as { Columns: unknown };
  return listOf<{ Name: string; Type: unknown }>(Columns).map((column) => ({
    name: column.Name,
    type: scalarType(column.Type) ?? "dynamic",
  }));
}

/** The name that a projected expression gives its column: the one written, else the one the binder derives; undefined where that is `Column1` and so on. */
export function itemName(node: Expression): string | undefined {
  if (kindOf(node) === "SimpleNamedExpression") {
    return nameOf(present((node as Kusto.Language.Syntax.SimpleNamedExpression).Name));
  }
  const name = loadKusto().Language.KustoFacts.GetExpressionResultName(node, "", null);
  return name === null || name === "" ? undefined : name;
}

/** The names that are written in front of a projected expression, or the one that the binder derives; none where that is `Column1` and so on. */
export function writtenNames(node: Expression): readonly string[] {
  if (kindOf(node) === "CompoundNamedExpression") {
    const { Names } = present((node as Kusto.Language.Syntax.CompoundNamedExpression).Names);
    return elementsOf(Names).map(nameOf);
  }
  const name =
    isTuple(node) && kindOf(node) !== "SimpleNamedExpression" ? undefined : itemName(node);
  return name === undefined ? [] : [name];
}

/** The scalar of a projected expression. Refuses one that gives several columns. */
export function itemExpr(node: Expression, lowering: Lowering): Expr {
  if (kindOf(node) === "CompoundNamedExpression" || isTuple(node)) {
    return lowering.refuse(node, {
      code: "KT0210",
      message: "an expression that gives several columns has no translation here",
    });
  }
  return lowering.scalar(node);
}

/** The scalars of a projected expression: one for each column that it gives. */
export function itemExprs(node: Expression, lowering: Lowering): readonly Expr[] {
  if (!isTuple(node) && kindOf(node) !== "CompoundNamedExpression") return [lowering.scalar(node)];
  const call = callIn(node);
  const name = call === undefined ? "" : nameOf(present(call.Name));
  if (call === undefined || !isTuple(call)) return [itemExpr(node, lowering)];
  const span = lowering.span(call);
  const args = elementsOf(present(call.ArgumentList).Expressions).map((arg) =>
    lowering.scalar(arg),
  );
  const columns = boundColumns(call);
  return columns.map(({ type }, index) => {
    const which: Expr = { kind: "literal", value: String(index), type: "long", span };
    const whole: Expr = { kind: "call", name, args, type: "dynamic", span };
    const value: Expr = givesByNumber.has(name)
      ? { ...whole, args: [which, ...args] }
      : columns.length === 1
        ? whole
        : { kind: "member", object: whole, key: which, type: "dynamic", span };
    return type === "dynamic" ? value : { kind: "cast", operand: value, type, span };
  });
}

/**
 * Functions of several columns that take, as their first argument, the number of the one that is asked for: another may
 * have no answer. The rest give an array of all.
 */
const givesByNumber: ReadonlySet<string> = new Set(["series_fit_line", "series_stats"]);

/** True for a call that has no value but in columns of its own. */
export function givesColumnsAlone(name: string): boolean {
  return givesByNumber.has(name);
}

/** The function call that a projected expression is, its name and parentheses taken off. */
function callIn(node: Expression): Kusto.Language.Syntax.FunctionCallExpression | undefined {
  switch (kindOf(node)) {
    case "FunctionCallExpression":
      return node as Kusto.Language.Syntax.FunctionCallExpression;
    case "CompoundNamedExpression":
    case "SimpleNamedExpression":
    case "ParenthesizedExpression":
      return callIn(present((node as { Expression?: Expression | null }).Expression));
    default:
      return undefined;
  }
}

export function isTuple(node: Expression): boolean {
  const type = node.ResultType as { Columns?: unknown } | null;
  return type !== null && type !== undefined && "Columns" in type;
}

/** True for the one row without columns that operators at the head of a query start from. */
export function isUnit(rel: Rel): boolean {
  return rel.kind === "values" && rel.columns.length === 0 && rel.rows.length === 1;
}
