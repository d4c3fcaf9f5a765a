import { unreachable } from "../../base/diagnostic.ts";
import type { Expr, Program, Rel } from "./types.ts";
import { childrenOf } from "./walk.ts";

/** A plan as people read it: a line an operator, what it reads below it, indented. Columns are given where they are chosen. */
export function renderProgram({ bindings, body }: Program): string {
  const parts = bindings.map(
    ({ name, rel, materialized }) =>
      `let ${name}${materialized ? " (materialized)" : ""}\n${renderRel(rel, 1)}`,
  );
  return [...parts, renderRel(body, 0)].join("\n");
}

function renderRel(rel: Rel, depth: number): string {
  const line = `${"  ".repeat(depth)}${[rel.kind, ...details(rel)].join(" ")}`;
  return [line, ...childrenOf(rel).map((child) => renderRel(child, depth + 1))].join("\n");
}

/** What a line says beside the operator: every property that is neither a place nor another operator. */
function details(rel: Rel): readonly string[] {
  return Object.entries(rel).flatMap(([key, value]: [string, unknown]) => {
    if (key === "kind" || key === "span" || isRel(value)) return [];
    if (Array.isArray(value) && value.every(isRel) && value.length > 0) return [];
    const text = describe(value);
    return text === "" ? [] : [`${key}=${text}`];
  });
}

function isRel(value: unknown): boolean {
  return typeof value === "object" && value !== null && relKinds.has(kindOf(value));
}

function kindOf(value: object): string {
  return "kind" in value && typeof value.kind === "string" && !("type" in value) ? value.kind : "";
}

const relKinds: ReadonlySet<string> = new Set<Rel["kind"]>([
  "scan",
  "reference",
  "values",
  "range",
  "filter",
  "extend",
  "project",
  "expand",
  "number",
  "aggregate",
  "join",
  "union",
  "sort",
  "limit",
  "window",
  "sequence",
]);

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "" : `[${value.map(describe).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if ("span" in value && "type" in value) return renderExpr(value as Expr);
  if ("name" in value && "expr" in value) {
    const { name, expr } = value as { name: string; expr: Expr };
    const text = renderExpr(expr);
    return text === name ? name : `${name} = ${text}`;
  }
  if ("name" in value && "side" in value && "column" in value) {
    const { name, side, column } = value as { name: string; side: string; column: string };
    return `${name} = ${side}.${column}`;
  }
  if ("name" in value && "type" in value) return String(value.name);
  const parts = Object.entries(value).map(([key, part]) => `${key}: ${describe(part)}`);
  return `{${parts.join(", ")}}`;
}

/** A scalar, much as KQL writes it. */
export function renderExpr(expr: Expr): string {
  const list = (items: readonly Expr[]): string => items.map(renderExpr).join(", ");
  switch (expr.kind) {
    case "literal":
      return expr.value === null
        ? `${expr.type}(null)`
        : literalText(expr.type, String(expr.value));
    case "now":
      return "now()";
    case "column":
      return expr.name;
    case "call":
    case "aggregate":
      return `${expr.name}(${list(expr.args)})`;
    case "and":
    case "or":
      return `(${expr.items.map(renderExpr).join(` ${expr.kind} `)})`;
    case "in-list":
      return `${renderExpr(expr.operand)} ${expr.operator} (${list(expr.items)})`;
    case "in-table":
      return `${renderExpr(expr.operand)} ${expr.operator} ${subquery(expr.table, expr.column)}`;
    case "member":
      return `${renderExpr(expr.object)}[${renderExpr(expr.key)}]`;
    case "cast":
      return `cast(${renderExpr(expr.operand)} as ${expr.type})`;
    case "scalar-query":
      return `toscalar${subquery(expr.table, expr.column)}`;
    default:
      return unreachable(expr);
  }
}

function subquery(rel: Rel, column: string): string {
  return `(${column} of ${renderRel(rel, 0).replaceAll(/\n */g, " < ")})`;
}

function literalText(type: Expr["type"], value: string): string {
  switch (type) {
    case "string":
    case "guid":
      return JSON.stringify(value);
    case "datetime":
    case "timespan":
      return `${type}(${value})`;
    case "dynamic":
      return `dynamic(${value})`;
    default:
      return value;
  }
}
