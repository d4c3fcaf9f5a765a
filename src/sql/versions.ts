import type { Span } from "../base/source.ts";
import { columnsOf } from "../plan/ir/columns.ts";
import type { Expr, Program, Rel } from "../plan/ir/types.ts";
import { childrenOf, exprsOf, partsOf } from "../plan/ir/walk.ts";

/** What gives one of its decimals. */
const passes: ReadonlySet<string> = new Set(
  "arg_max arg_min case coalesce iff max max_of maxif min min_of minif take_any take_anyif".split(" "), // oxfmt-ignore
);

/** What decimals are compared by. */
const compares: ReadonlySet<string> = new Set("== != < <= > >= between !between".split(" "));

/** What reads a decimal of any size. */
const reads: ReadonlySet<string> = new Set(
  "count count_distinct count_distinctif countif dcount dcountif isnotnull isnull make_list make_list_if make_set make_set_if tostring".split(" "), // oxfmt-ignore
);

/**
 * Where a query that calls `parse_version` has decimals of another kind, or computes with them. Versions have up to 32
 * digits, more than the engine's decimals have before their point: they are whole numbers of their own, which must not
 * meet the others.
 */
export function mixedVersions(program: Program): readonly Span[] {
  const exprs: Expr[] = [];
  const others: Span[] = [];
  const visitExpr = (expr: Expr): void => {
    exprs.push(expr);
    for (const part of partsOf(expr)) visitExpr(part);
    if (expr.kind === "in-table" || expr.kind === "scalar-query") visit(expr.table);
  };
  const visit = (rel: Rel): void => {
    if (rel.kind === "scan" || rel.kind === "values" || rel.kind === "range") {
      if (columnsOf(rel).some(({ type }) => type === "decimal")) others.push(rel.span);
    }
    for (const child of childrenOf(rel)) visit(child);
    for (const expr of exprsOf(rel)) visitExpr(expr);
  };
  for (const { rel } of program.bindings) visit(rel);
  visit(program.body);
  if (!exprs.some((expr) => expr.kind === "call" && expr.name === "parse_version")) return [];
  return [...others, ...exprs.filter((expr) => !isAlone(expr)).map(({ span }) => span)];
}

/** True where `expr` is no decimal and reads none, or only as versions may be. */
function isAlone(expr: Expr): boolean {
  const decimals = partsOf(expr).filter(({ type }) => type === "decimal");
  switch (expr.kind) {
    case "call":
    case "aggregate":
      if (expr.name === "parse_version" || passes.has(expr.name)) return true;
      if (compares.has(expr.name)) {
        return decimals.length === 0 || decimals.length === expr.args.length;
      }
      return expr.type !== "decimal" && (decimals.length === 0 || reads.has(expr.name));
    case "in-list":
      return decimals.length === 0 || decimals.length === expr.items.length + 1;
    case "cast":
      return expr.type !== "decimal";
    case "literal":
      return expr.type !== "decimal";
    default:
      return true;
  }
}
