import {
  columnsOfNode,
  elementsOf,
  isColumn,
  kindOf,
  nameOf,
  present,
  scalarType,
  textOf,
  type Expression,
  type KindName,
} from "../../../kql/syntax.ts";
import { columnsOf } from "../../ir/columns.ts";
import { graphValue } from "../graphs/graph-functions.ts";
import { lookUp, usedAt, type Lowering } from "../lowering.ts";
import type { Call, Expr, InList, InTable, ListOperator, Logical } from "../../ir/types.ts";
import { isInferred, nothing } from "../tables/missing-fixtures.ts";
import { planCall, planFunction, savedFunction } from "./call.ts";
import { stateColumnName } from "../../ir/state-columns.ts";
import { binaryOperators, listOperators } from "./operator-names.ts";
import { planLiteral } from "./literal.ts";
import { isTerm, missingColumn, planSearch, planStar, planTerm } from "./search-term.ts";

/** The scalar that `node` gives over the columns of the row around it. */
export function planScalar(node: Expression, lowering: Lowering): Expr {
  const kind = kindOf(node);
  const ofGraph = graphValue(node);
  if (ofGraph !== undefined) return ofGraph;
  if (isTerm(node)) return planTerm(node, lowering);
  if (kind.endsWith("LiteralExpression") || kind === "DynamicExpression") {
    return planLiteral(node, lowering);
  }
  const operator = binaryOperators[kind];
  if (operator !== undefined) return planBinary(operator, node, lowering);
  const list = listOperators[kind];
  if (list !== undefined) return planMembership(list, node as ListNode, lowering);
  return planOther(kind, node, lowering);
}

function planOther(kind: KindName, node: Expression, lowering: Lowering): Expr {
  switch (kind) {
    case "NameReference":
      return planName(node, lowering);
    case "ParenthesizedExpression":
      return planScalar(
        present((node as Kusto.Language.Syntax.ParenthesizedExpression).Expression),
        lowering,
      );
    case "SimpleNamedExpression":
      return planScalar(
        present((node as Kusto.Language.Syntax.SimpleNamedExpression).Expression),
        lowering,
      );
    case "SearchExpression":
      return planSearch(node as Kusto.Language.Syntax.BinaryExpression, lowering);
    case "AndExpression":
      return planLogical("and", node, lowering);
    case "OrExpression":
      return planLogical("or", node, lowering);
    case "UnaryMinusExpression":
    case "UnaryPlusExpression":
      return planUnary(kind, node, lowering);
    case "BetweenExpression":
    case "NotBetweenExpression":
      return planBetween(kind, node, lowering);
    case "FunctionCallExpression":
      return planFunction(node as Kusto.Language.Syntax.FunctionCallExpression, lowering);
    case "PathExpression":
      return planPath(node as Kusto.Language.Syntax.PathExpression, lowering);
    case "ElementExpression":
      return planElement(node as Kusto.Language.Syntax.ElementExpression, lowering);
    case "ToScalarExpression":
      return planToScalar(node as Kusto.Language.Syntax.ToScalarExpression, lowering);
    default:
      return lowering.refuse(node, {
        code: "KT0205",
        message: `\`${textOf(node)}\` has no translation`,
      });
  }
}

/** The binder's type of `node`; `dynamic` where it knows none. */
function typeOf(node: Expression): Expr["type"] {
  return scalarType(node.ResultType) ?? "dynamic";
}

function planName(node: Expression, lowering: Lowering): Expr {
  const name = nameOf(node);
  const column = lowering.row.find((candidate) => candidate.name === name);
  const asColumn = isColumn(node);
  if (column !== undefined && asColumn) {
    return { kind: "column", name, type: column.type, span: lowering.span(node) };
  }
  const meaning = lookUp(lowering.scope, name);
  if (asColumn && isInferred(node)) return nothing(name, lowering.span(node));
  if (asColumn) {
    const missing = missingColumn(node, lowering);
    if (missing !== undefined) return missing;
  }
  switch (meaning?.kind) {
    case "scalar":
      return meaning.expr;
    case "calculation": {
      const { scope, place } = meaning;
      return lowering.within(scope, usedAt(node, place, lowering)).scalar(meaning.node);
    }
    case "table":
      return { ...scalarQuery(node, lowering), span: lowering.span(node) };
    case "function":
      return planCall(node, meaning, { args: [], lowering });
    default: {
      const saved = savedFunction(node, lowering);
      if (saved !== undefined) return planCall(node, saved, { args: [], lowering });
      return lowering.refuse(node, { code: "KT0206", message: `\`${name}\` has no value here` });
    }
  }
}

function planBinary(name: string, node: Expression, lowering: Lowering): Expr {
  const { Left, Right } = node as Kusto.Language.Syntax.BinaryExpression;
  if (kindOf(present(Left)) === "StarExpression") {
    return planStar(name, node as Kusto.Language.Syntax.BinaryExpression, lowering);
  }
  const args = [lowering.scalar(present(Left)), lowering.scalar(present(Right))];
  return { kind: "call", name, args, type: typeOf(node), span: lowering.span(node) };
}

function planLogical(kind: "and" | "or", node: Expression, lowering: Lowering): Logical {
  const { Left, Right } = node as Kusto.Language.Syntax.BinaryExpression;
  const items = [Left, Right].flatMap((side) => {
    const item = lowering.scalar(present(side));
    return item.kind === kind ? item.items : [item];
  });
  return { kind, items, type: "bool", span: lowering.span(node) };
}

function planUnary(kind: KindName, node: Expression, lowering: Lowering): Expr {
  const operand = lowering.scalar(
    present((node as Kusto.Language.Syntax.PrefixUnaryExpression).Expression),
  );
  if (kind === "UnaryPlusExpression") return operand;
  const span = lowering.span(node);
  if (operand.kind === "literal" && operand.value !== null) {
    const negated = negate(operand.value, operand.type === "int" ? 32 : 64);
    if (negated !== undefined) return { ...operand, value: negated, span };
  }
  return { kind: "call", name: "unary-", args: [operand], type: typeOf(node), span };
}

function negate(value: string | number | boolean, bits: number): string | number | undefined {
  if (typeof value === "number") return -value;
  if (typeof value !== "string" || !/^-?\d+$/.test(value)) return undefined;
  return BigInt.asIntN(bits, -BigInt(value)).toString();
}

function planBetween(kind: KindName, node: Expression, lowering: Lowering): Call {
  const { Left, Right } = node as Kusto.Language.Syntax.BetweenExpression;
  const { First, Second } = present(Right);
  const args = [Left, First, Second].map((part) => lowering.scalar(present(part)));
  const name = kind === "BetweenExpression" ? "between" : "!between";
  return { kind: "call", name, args, type: "bool", span: lowering.span(node) };
}

type ListNode = Expression & {
  readonly Left: Expression | null;
  readonly Right: Kusto.Language.Syntax.ExpressionList | null;
};

function planMembership(
  operator: ListOperator,
  node: ListNode,
  lowering: Lowering,
): InList | InTable {
  const operand = lowering.scalar(present(node.Left));
  const right = elementsOf(present(node.Right).Expressions);
  const base = { operator, operand, type: "bool", span: lowering.span(node) } as const;
  const [only] = right;
  if (only !== undefined && right.length === 1 && columnsOfNode(only) !== undefined) {
    const table = lowering.rel(only);
    return { kind: "in-table", ...base, table, column: firstColumn(table), correlations: [] };
  }
  const items = right.flatMap((item) => elementsOfList(lowering.scalar(item)));
  return { kind: "in-list", ...base, items };
}

/** The elements of a literal array, each a literal at the array's place; any other expression as it is. */
function elementsOfList(item: Expr): readonly Expr[] {
  if (item.kind !== "literal" || item.type !== "dynamic" || typeof item.value !== "string")
    return [item];
  const value: unknown = JSON.parse(item.value);
  if (typeof value === "string") return [{ ...item, type: "string", value }];
  if (!Array.isArray(value)) return [item];
  return value.flatMap((element: unknown): Expr[] => {
    switch (typeof element) {
      case "string":
        return [{ kind: "literal", type: "string", value: element, span: item.span }];
      case "boolean":
        return [{ kind: "literal", type: "bool", value: element, span: item.span }];
      case "number":
        return Number.isInteger(element)
          ? [{ kind: "literal", type: "long", value: String(element), span: item.span }]
          : [{ kind: "literal", type: "real", value: element, span: item.span }];
      default:
        return element === null
          ? []
          : [{ kind: "literal", type: "dynamic", value: JSON.stringify(element), span: item.span }];
    }
  });
}

function firstColumn(table: Parameters<typeof columnsOf>[0]): string {
  const [column] = columnsOf(table);
  if (column === undefined) throw new Error("a table without columns");
  return column.name;
}

function planPath(node: Kusto.Language.Syntax.PathExpression, lowering: Lowering): Expr {
  const state = stateColumn(node, lowering);
  if (state !== undefined) return state;
  const object = lowering.scalar(present(node.Expression));
  const selector = present(node.Selector);
  const span = lowering.span(selector);
  const name = kindOf(selector) === "BracketedExpression" ? undefined : nameOf(selector);
  const key: Expr =
    name === undefined
      ? lowering.scalar(present((selector as Kusto.Language.Syntax.BracketedExpression).Expression))
      : { kind: "literal", type: "string", value: name, span };
  return { kind: "member", object, key, type: "dynamic", span: lowering.span(node) };
}

/** `step.column` inside of `scan`: a column of the row that the state holds of a step. */
function stateColumn(
  { Expression, Selector }: Kusto.Language.Syntax.PathExpression,
  lowering: Lowering,
): Expr | undefined {
  const [step, column] = [present(Expression), present(Selector)];
  if (kindOf(step) !== "NameReference" || kindOf(column) !== "NameReference") return undefined;
  const name = stateColumnName({ step: nameOf(step), column: nameOf(column) });
  const found = lowering.row.find((candidate) => candidate.name === name);
  return found && { kind: "column", name, type: found.type, span: lowering.span(step) };
}

function planElement(node: Kusto.Language.Syntax.ElementExpression, lowering: Lowering): Expr {
  const object = lowering.scalar(present(node.Expression));
  const selector = present(node.Selector) as Kusto.Language.Syntax.BracketedExpression;
  const key = lowering.scalar(present(selector.Expression));
  return { kind: "member", object, key, type: "dynamic", span: lowering.span(node) };
}

function planToScalar(node: Kusto.Language.Syntax.ToScalarExpression, lowering: Lowering): Expr {
  const inner = present(node.Expression);
  if (!lowering.isTabular(inner)) {
    return lowering.within(lowering.scope, { ...lowering.place, isOnce: true }).scalar(inner);
  }
  return scalarQuery(inner, lowering);
}

function scalarQuery(inner: Expression, lowering: Lowering): Expr {
  const table = lowering.within(lowering.scope, { ...lowering.place, isOnce: false }).rel(inner);
  const column = firstColumn(table);
  const type = columnsOf(table)[0]?.type ?? "dynamic";
  const span = lowering.span(inner);
  return { kind: "scalar-query", table, column, type, correlations: [], span };
}
