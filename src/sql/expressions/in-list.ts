import type { InList } from "../../plan/ir/types.ts";
import { castSql } from "./cast.ts";
import { stringLiteral } from "../text/quote.ts";
import { termSql } from "../text/terms.ts";
import type { SqlArg, SqlContext } from "../types.ts";

interface ListParts {
  readonly operand: SqlArg;
  readonly items: readonly SqlArg[];
  readonly context: SqlContext;
}

const wholeTerm = { before: true, after: true, caseSensitive: false };

/** `in`, `in~`, `has_any`, `has_all` and their negations over a list. Null is in no list. */
export function inListSql(expr: InList, parts: ListParts): string {
  switch (expr.operator) {
    case "in":
      return memberSql(parts, false);
    case "!in":
      return `(NOT ${memberSql(parts, false)})`;
    case "in~":
      return memberSql(parts, true);
    case "!in~":
      return `(NOT ${memberSql(parts, true)})`;
    case "has_any":
      return hasAnySql(parts);
    case "has_all":
      return hasAllSql(parts);
    default:
      throw new Error(`unknown list operator ${String(expr.operator)}`);
  }
}

function memberSql({ operand, items }: ListParts, foldCase: boolean): string {
  const array = items.find((item) => item.type === "dynamic" && item.expr.kind !== "literal");
  if (array !== undefined) {
    const value = castSql(operand, "dynamic");
    return `coalesce(kql_in_array(${value}, ${array.sql}, ${foldCase}), false)`;
  }
  if (items.length === 0) return "false";
  if (foldCase || operand.type === "string" || operand.type === "dynamic") {
    const text = castSql(operand, "string");
    const list = items.map((item) => textItem(item, foldCase)).join(", ");
    return `${foldCase ? `(lower(${text})` : `(${text}`} IN (${list}))`;
  }
  const list = items.map((item) =>
    item.type === "string" ? castSql(item, operand.type) : item.sql,
  );
  return `coalesce(${operand.sql} IN (${list.join(", ")}), false)`;
}

function textItem(item: SqlArg, foldCase: boolean): string {
  if (item.expr.kind === "literal" && item.type === "string") {
    const text = String(item.expr.value);
    return stringLiteral(foldCase ? text.toLowerCase() : text);
  }
  const text = castSql(item, "string");
  return foldCase ? `lower(${text})` : text;
}

function hasAnySql({ operand, items, context }: ListParts): string {
  const text = castSql(operand, "string");
  const needles = literalTexts(items);
  const rest = items.filter((item) => item.expr.kind !== "literal");
  const found = [
    ...(needles.length > 0 || rest.length === 0
      ? [termSql(text, needles, { match: wholeTerm, context })]
      : []),
    ...rest.map((item) =>
      item.type === "dynamic"
        ? `kql_has_any_array(${text}, ${item.sql})`
        : `kql_has(${text}, ${castSql(item, "string")})`,
    ),
  ];
  return found.length === 1 ? (found[0] ?? "false") : `(${found.join(" OR ")})`;
}

function hasAllSql({ operand, items, context }: ListParts): string {
  const text = castSql(operand, "string");
  const found = items.map((item) => {
    if (item.expr.kind === "literal") {
      return termSql(text, literalTexts([item]), { match: wholeTerm, context });
    }
    return item.type === "dynamic"
      ? `kql_has_all_array(${text}, ${item.sql})`
      : `kql_has(${text}, ${castSql(item, "string")})`;
  });
  return found.length === 0 ? "true" : `(${found.join(" AND ")})`;
}

function literalTexts(items: readonly SqlArg[]): readonly string[] {
  return items.flatMap(({ expr }) => (expr.kind === "literal" ? [String(expr.value ?? "")] : []));
}
