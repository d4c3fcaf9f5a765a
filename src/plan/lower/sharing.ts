import { textOf, type Expression } from "../../kql/syntax.ts";
import type { Lowering, Meaning } from "./lowering.ts";
import type { Expr, Rel } from "../ir/types.ts";
import { partsOf } from "../ir/walk.ts";

/** A value of more nodes than this is computed in one place and referred to, where it can be. */
const greatestCopied = 100;

/** An expression of more nodes than this is refused: where it came from, the next step doubles it. */
const greatestSize = 50_000;

/** How much of a query a subquery counts as: it is planned wherever it is used. */
const subquerySize = 20;

/**
 * What a name that `let` or a parameter gives to a scalar stands for: the expression itself, unless it is so large that
 * copying it to each use would make the query explode (`let a1 = a0 + a0; let a2 = a1 + a1; …`). A large one becomes a
 * table of one value, or a column of the row that it depends on.
 */
export function sharedScalar(name: string, node: Expression, lowering: Lowering): Meaning {
  const expr = lowering.scalar(node);
  const { size, reads } = measureOf(expr);
  if (size <= greatestCopied) return { kind: "scalar", expr };
  if (reads === "nothing") return { kind: "scalar", expr: tableOfOne(name, expr, lowering) };
  if (reads === "row" && lowering.windows !== undefined)
    return { kind: "scalar", expr: lowering.windows.compute(expr) };
  if (size <= greatestSize) return { kind: "scalar", expr };
  return refuseSize(name, node, lowering);
}

/** The table that `node` gives, under a name where it is more than a name: the function that it is passed to may use it several times. */
export function sharedTable(name: string, node: Expression, lowering: Lowering): Rel {
  const rel = lowering.rel(node);
  return rel.kind === "scan" || rel.kind === "reference"
    ? rel
    : lowering.bind(name, rel, { materialized: false });
}

function tableOfOne(name: string, expr: Expr, lowering: Lowering): Expr {
  const { span, type } = expr;
  const row: Rel = { kind: "values", columns: [], rows: [[]], span };
  const column = "value";
  const rel: Rel = { kind: "project", input: row, items: [{ name: column, expr }], span };
  const table = lowering.bind(name, rel, { materialized: true });
  return { kind: "scalar-query", table, column, type, correlations: [], span };
}

/** `expr`, the result of a function, unless it has become too large. */
export function requireSize(expr: Expr, node: Expression, lowering: Lowering): Expr {
  return measureOf(expr).size <= greatestSize ? expr : refuseSize(textOf(node), node, lowering);
}

function refuseSize(name: string, node: Expression, lowering: Lowering): never {
  return lowering.refuse(node, {
    code: "KT0280",
    message: `\`${name}\` stands for an expression of more than ${greatestSize} parts once all names in it are written out`,
    hint: "compute it step by step with `extend`",
  });
}

interface Measure {
  readonly size: number;
  /** The most that it needs: nothing, the columns of a row, or a group of rows. */
  readonly reads: "nothing" | "row" | "group";
}

const known = new WeakMap<Expr, Measure>();

/** Remembered for each expression: names that are used several times make a tree share its branches. */
function measureOf(expr: Expr): Measure {
  const before = known.get(expr);
  if (before !== undefined) return before;
  const parts = partsOf(expr).map(measureOf);
  const isQuery = expr.kind === "scalar-query" || expr.kind === "in-table";
  const measure: Measure = {
    size: parts.reduce((sum, { size }) => sum + size, isQuery ? subquerySize : 1),
    reads: readsOf(expr, parts),
  };
  known.set(expr, measure);
  return measure;
}

function readsOf(expr: Expr, parts: readonly Measure[]): Measure["reads"] {
  if (expr.kind === "aggregate") return "group";
  if (expr.kind === "column") return "row";
  const reads = parts.map((part) => part.reads);
  return (["group", "row"] as const).find((most) => reads.includes(most)) ?? "nothing";
}
