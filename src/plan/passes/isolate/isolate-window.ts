import type { Sequence, Window } from "../../ir/types.ts";
import { exprsOf } from "../../ir/walk.ts";
import { lineageRef, scenarioColumn } from "./hidden.ts";
import { NotIsolable, type Isolated, type Isolator } from "./isolated.ts";
import type { Subqueries } from "./isolate-subqueries.ts";

/** The rows before and behind a row are those of its scenario. Where nothing else orders them, they come as their events did. */
export function isolateWindow(
  rel: Window | Sequence,
  { isolator, subqueries }: { readonly isolator: Isolator; readonly subqueries: Subqueries },
): Isolated {
  if (exprsOf(rel).some((expr) => subqueries.isScoped(expr))) {
    throw new NotIsolable(`a ${rel.kind} over values that come from other tables`);
  }
  const input = isolator.rel(rel.input);
  if (!input.scoped) return { rel: { ...rel, input: input.rel }, scoped: false };
  const orderBy = rel.orderBy.length > 0 ? rel.orderBy : isolator.orderOf(rel.input);
  if (orderBy === undefined) throw new NotIsolable("rows in an order whose key is gone");
  const arrival = { expr: lineageRef(rel.span), descending: false, nullsFirst: true };
  return {
    rel: {
      ...rel,
      input: input.rel,
      orderBy: [...orderBy, arrival],
      partitionBy: [...rel.partitionBy, scenarioColumn.name],
    },
    scoped: true,
  };
}
