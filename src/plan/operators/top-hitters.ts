import { present } from "../../kql/syntax.ts";
import { boundColumns, columnRef } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Rel, SortKey } from "../types.ts";

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
  const keys: readonly SortKey[] = [
    { expr: columnRef(present(weight), span), descending: true, nullsFirst: false },
    // Of equal ones any are right; these are the same ones every time.
    { expr: columnRef(present(of), span), descending: true, nullsFirst: false },
  ];
  const count = lowering.scalar(present(node.Expression));
  return { kind: "limit", input: grouped, count, keys, partitionBy: [], span };
}
