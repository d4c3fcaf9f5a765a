import { present } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, columnRef, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { rowCount } from "../../row-count.ts";
import type { ColumnRef, Expr, Rel, SortKey } from "../../../ir/types.ts";

/** What is behind a row in the order of its weight; no query can name them. */
const place = { name: "$place", type: "long" } as const;
const next = "$next";

/** `top-hitters`: the values with the most rows, or with the greatest sum. Kusto estimates what is counted here. */
export function planTopHitters(
  node: Kusto.Language.Syntax.TopHittersOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const row = lowering.over(input);
  const [of, weight] = boundColumns(node);
  const value = row.scalar(present(node.OfExpression));
  const by = node.ByClause?.Expression ?? null;
  const total: Expr =
    by === null
      ? { kind: "aggregate", name: "count", args: [], type: "long", span }
      : {
          kind: "aggregate",
          name: "sum",
          args: [row.scalar(by)],
          type: present(weight).type,
          span,
        };
  const grouped: Rel = {
    kind: "aggregate",
    input,
    keys: [{ name: present(of).name, expr: value }],
    items: [{ name: present(weight).name, expr: total }],
    span,
  };
  return heaviest(
    grouped,
    columnRef(present(weight), span),
    rowCount(present(node.Expression), lowering),
  );
}

/** The `count` rows with the greatest weights. Which of equal ones Kusto takes is not known: a query that asks for that is stopped. */
function heaviest(grouped: Rel, weight: ColumnRef, count: Expr): Rel {
  const { span } = grouped;
  const literal = (value: string | null, type: Expr["type"]): Expr => ({ kind: "literal", value, type, span }); // oxfmt-ignore
  const call = (name: string, args: readonly Expr[]): Expr => ({ kind: "call", name, args, type: "bool", span }); // oxfmt-ignore
  const keys: readonly SortKey[] = [{ expr: weight, descending: true, nullsFirst: false }];
  const numbered: Rel = {
    kind: "window",
    input: { kind: "sort", input: grouped, keys, span },
    items: [
      { ...place, window: "number", args: [], partitionBy: [] },
      {
        name: next,
        type: weight.type,
        window: "next",
        args: [weight, literal("1", "long"), literal(null, weight.type)],
        partitionBy: [],
      },
    ],
    orderBy: keys,
    partitionBy: [],
    span,
  };
  const tied = call("==", [weight, columnRef({ name: next, type: weight.type }, span)]);
  const isLast = call("==", [columnRef(place, span), count]);
  const where = call("$clear-cut", [
    { kind: "and", items: [isLast, tied], type: "bool", span },
    literal("which of equal values `top-hitters` takes", "string"),
  ]);
  const limited: Rel = { kind: "limit", input: numbered, count, keys, partitionBy: [], span };
  const checked: Rel = { kind: "filter", input: limited, where, span };
  return { kind: "project", input: checked, items: keep(columnsOf(grouped), span), span };
}
