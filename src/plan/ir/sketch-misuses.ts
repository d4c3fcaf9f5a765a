import type { Span } from "../../base/source.ts";
import { columnsOf } from "./columns.ts";
import type { Expr, Item, Program, Rel } from "./types.ts";
import { childrenOf, exprsOf, partsOf } from "./walk.ts";

/** What `hll()` and `tdigest()` make: a value that only these functions read, as what it looks like is Kusto's own. */
const makes: ReadonlySet<string> = new Set([
  "hll",
  "hll_if",
  "hll_merge",
  "tdigest",
  "tdigest_merge",
  "merge_tdigest",
  "$hll-merge",
  "$tdigest-merge",
  "$hll-intersect",
]);

const reads: ReadonlySet<string> = new Set([
  "hll_merge",
  "tdigest_merge",
  "merge_tdigest",
  "$hll-merge",
  "$tdigest-merge",
  "$hll-intersect",
  "$unseen",
  "dcount_hll",
  "percentile_tdigest",
  "percentiles_array_tdigest",
]);

/** Where `program` does with such a value what would show how it is kept. */
export function sketchMisuses(program: Program): readonly Span[] {
  const known = new Map<string, ReadonlySet<string>>();
  const misuses: Span[] = [];
  for (const { name, rel } of program.bindings) {
    known.set(name, sketchesOf(rel, known));
    visit(rel, { known, misuses });
  }
  visit(program.body, { known, misuses });
  return misuses;
}

/** `body` with a check on each column that has such values: no answer may show one. */
export function withoutSketches(body: Rel, bindings: Program["bindings"]): Rel {
  const known = new Map<string, ReadonlySet<string>>();
  for (const { name, rel } of bindings) known.set(name, sketchesOf(rel, known));
  const sketches = sketchesOf(body, known);
  if (sketches.size === 0) return body;
  const { span } = body;
  const items = columnsOf(body)
    .filter(({ name }) => sketches.has(name))
    .map(({ name, type }): Item => {
      const column: Expr = { kind: "column", name, type, span };
      return { name, expr: { kind: "call", name: "$unseen", args: [column], type, span } };
    });
  return { kind: "extend", input: body, items, span };
}

type Known = ReadonlyMap<string, ReadonlySet<string>>;

/** The columns of `rel` that have such values. */
function sketchesOf(rel: Rel, known: Known): ReadonlySet<string> {
  const inputs = childrenOf(rel).map((child) => sketchesOf(child, known));
  const [first = new Set<string>()] = inputs;
  const made = (items: readonly Item[]): readonly string[] =>
    items.filter(({ expr }) => isSketch(expr, first)).map(({ name }) => name);
  switch (rel.kind) {
    case "reference":
      return known.get(rel.name) ?? new Set();
    case "extend": {
      const replaced = new Set(rel.items.map(({ name }) => name));
      return new Set([...[...first].filter((name) => !replaced.has(name)), ...made(rel.items)]);
    }
    case "project":
      return new Set(made(rel.items));
    case "aggregate":
      return new Set(made([...rel.keys, ...rel.items]));
    case "join":
      return new Set(
        rel.columns
          .filter(({ side, column }) => inputs[side === "left" ? 0 : 1]?.has(column) === true)
          .map(({ name }) => name),
      );
    case "union":
      return new Set(inputs.flatMap((names) => [...names]));
    case "expand":
      return new Set([...first].filter((name) => !rel.columns.some((each) => each.name === name)));
    default:
      return first;
  }
}

function isSketch(expr: Expr, columns: ReadonlySet<string>): boolean {
  if (expr.kind === "column") return columns.has(expr.name);
  return (expr.kind === "call" || expr.kind === "aggregate") && makes.has(expr.name);
}

interface Visit {
  readonly known: Known;
  readonly misuses: Span[];
}

function visit(rel: Rel, context: Visit): void {
  for (const child of childrenOf(rel)) visit(child, context);
  const columns = new Set(
    childrenOf(rel).flatMap((child) => [...sketchesOf(child, context.known)]),
  );
  const passes = rel.kind === "extend" || rel.kind === "project" || rel.kind === "aggregate";
  const keys = rel.kind === "aggregate" ? new Set(rel.keys.map(({ expr }) => expr)) : undefined;
  for (const expr of exprsOf(rel)) {
    if (!(passes && isSketch(expr, columns)) || keys?.has(expr) === true) {
      inside(expr, { columns, allowed: false }, context);
    } else {
      inside(expr, { columns, allowed: true }, context);
    }
  }
  if (rel.kind !== "join") return;
  const [left, right] = [rel.left, rel.right].map((side) => sketchesOf(side, context.known));
  if (rel.on.some((key) => left?.has(key.left) === true || right?.has(key.right) === true)) {
    context.misuses.push(rel.span);
  }
}

function inside(
  expr: Expr,
  { columns, allowed }: { columns: ReadonlySet<string>; allowed: boolean },
  context: Visit,
): void {
  if (!allowed && isSketch(expr, columns)) context.misuses.push(expr.span);
  const reader = (expr.kind === "call" || expr.kind === "aggregate") && reads.has(expr.name);
  // What a table has of such values is Kusto's own.
  if (reader && !isSketch(partsOf(expr)[0] ?? expr, columns)) context.misuses.push(expr.span);
  for (const part of partsOf(expr)) inside(part, { columns, allowed: reader }, context);
  if (expr.kind !== "in-table" && expr.kind !== "scalar-query") return;
  visit(expr.table, context);
  if (sketchesOf(expr.table, context.known).has(expr.column)) context.misuses.push(expr.span);
}
