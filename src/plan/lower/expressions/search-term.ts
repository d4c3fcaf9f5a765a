import {
  kindOf,
  nameOf,
  parameterText,
  present,
  scalarType,
  type Expression,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import { columnRef } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { nullOf } from "../tables/missing-fixtures.ts";
import type { Expr } from "../../ir/types.ts";

type SearchOperator = Kusto.Language.Syntax.SearchOperator | Kusto.Language.Syntax.FindOperator;

/** The `search` or `find` whose predicate `node` stands in. */
export function searchAround(node: SyntaxNode): SearchOperator | undefined {
  for (let outer = node.Parent; outer !== null; outer = outer.Parent) {
    const kind = kindOf(outer);
    if (kind === "SearchOperator" || kind === "FindOperator") return outer as SearchOperator;
    if (kind.endsWith("Operator") || kind.endsWith("Statement")) return undefined;
  }
  return undefined;
}

/** True for `search kind=case_sensitive`. */
export function isCaseSensitive(operator: SearchOperator): boolean {
  return parameterText(operator.Parameters, "kind") === "case_sensitive";
}

/** True for a text that stands as a condition, a term to look for in every column, and for `search *`. */
export function isTerm(node: Expression): boolean {
  if (kindOf(node) === "StarExpression") return searchAround(node) !== undefined;
  if (kindOf(node) !== "StringLiteralExpression") return false;
  return scalarType(node.ResultType) === "bool" || isNegated(node);
}

/** True for the text in `search not("x")`, which the binder takes for a mere text. */
function isNegated(node: Expression): boolean {
  let call: SyntaxNode | null = node.Parent;
  // Lists stand between an argument and its call.
  while (call !== null && /List$|Element$/.test(kindOf(call))) call = call.Parent;
  if (call === null || kindOf(call) !== "FunctionCallExpression") return false;
  const { Name } = call as Kusto.Language.Syntax.FunctionCallExpression;
  return nameOf(present(Name)) === "not" && searchAround(call) !== undefined;
}

/** A term in any column. */
export function planTerm(node: Expression, lowering: Lowering): Expr {
  const term = termOf(node, lowering);
  if (term === "any") return truth(node, lowering);
  return overColumns(node, lowering, (column) => test(term, column, { node, lowering }));
}

/** `column:"term"`, or `*:"term"`. */
export function planSearch(node: Kusto.Language.Syntax.BinaryExpression, lowering: Lowering): Expr {
  const [left, right] = [present(node.Left), present(node.Right)];
  if (kindOf(right) !== "StringLiteralExpression") {
    return lowering.refuse(node, {
      code: "KT0255",
      message: "`:` with anything but a text has no translation",
      hint: "write `==`",
    });
  }
  if (kindOf(left) === "StarExpression") return planTerm(right, lowering);
  const term = termOf(right, lowering);
  if (term === "any") return truth(node, lowering);
  return test(term, lowering.scalar(left), { node: right, lowering });
}

/** `* has "x"`: true of any column; a negated operator must be true of all. */
export function planStar(
  name: string,
  node: Kusto.Language.Syntax.BinaryExpression,
  lowering: Lowering,
): Expr {
  const value = lowering.scalar(present(node.Right));
  const negated = name.startsWith("!");
  const span = lowering.span(node);
  const found = overColumns(present(node.Left), lowering, (column) => ({
    kind: "call",
    name: negated ? name.slice(1) : name,
    args: [column.type === "string" ? column : asText(column), value],
    type: "bool",
    span,
  }));
  return negated ? { kind: "call", name: "not", args: [found], type: "bool", span } : found;
}

interface Term {
  readonly operator: "has" | "hasprefix" | "hassuffix" | "contains";
  readonly text: string;
  readonly caseSensitive: boolean;
}

/** What a term asks for: stars at its ends say where a word may go on. `any` is a star alone. */
function termOf(node: Expression, lowering: Lowering): Term | "any" {
  const written = kindOf(node) === "StarExpression" ? "*" : String(node.LiteralValue);
  if (/^\*+$/.test(written)) return "any";
  const [before, after] = [written.startsWith("*"), written.endsWith("*")];
  const text = written.slice(before ? 1 : 0, after ? -1 : undefined);
  if (text.includes("*")) {
    return lowering.refuse(node, {
      code: "KT0255",
      message: "a star inside of a term has no translation",
      hint: "write `matches regex`",
    });
  }
  const operator = before ? (after ? "contains" : "hassuffix") : after ? "hasprefix" : "has";
  const around = searchAround(node);
  return { operator, text, caseSensitive: around !== undefined && isCaseSensitive(around) };
}

function test(
  { operator, text, caseSensitive }: Term,
  column: Expr,
  { node, lowering }: { node: Expression; lowering: Lowering },
): Expr {
  const span = lowering.span(node);
  const name = caseSensitive ? `${operator}_cs` : operator;
  const value: Expr = { kind: "literal", type: "string", value: text, span };
  const subject = column.type === "string" ? column : asText(column);
  return { kind: "call", name, args: [subject, value], type: "bool", span };
}

function asText(column: Expr): Expr {
  return { kind: "call", name: "tostring", args: [column], type: "string", span: column.span };
}

/** `condition` of each column that has a text to search; how Kusto spells times for that is not known. */
function overColumns(
  node: Expression,
  lowering: Lowering,
  condition: (column: Expr) => Expr,
): Expr {
  const span = lowering.span(node);
  const columns = lowering.row.filter(
    ({ name, type }) => !name.startsWith("$") && type !== "datetime" && type !== "timespan",
  );
  const times = columns.length < lowering.row.filter(({ name }) => !name.startsWith("$")).length;
  if (times && looksLikeTime(node)) {
    return lowering.refuse(node, {
      code: "KT0255",
      message: "a term that a time could hold has no translation",
      hint: "compare the columns that it is meant for",
    });
  }
  const items = columns.map((column) => condition(columnRef(column, span)));
  const [only] = items;
  if (only === undefined) return { kind: "literal", type: "bool", value: false, span };
  return items.length === 1 ? only : { kind: "or", items, type: "bool", span };
}

/** True for a text of digits and what stands between them in an instant. */
function looksLikeTime(node: Expression): boolean {
  const text = String(node.LiteralValue ?? "").replaceAll("*", "");
  return /^(?=.*\d)[\d:tz-]*\.?[\dz]*$/i.test(text) && text.length < 29;
}

/** A column of another table of the search, which this one lacks. */
export function missingColumn(node: Expression, lowering: Lowering): Expr | undefined {
  if (searchAround(node) === undefined) return undefined;
  return nullOf(scalarType(node.ResultType) ?? "dynamic", lowering.span(node));
}

function truth(node: Expression, lowering: Lowering): Expr {
  return { kind: "literal", type: "bool", value: true, span: lowering.span(node) };
}
