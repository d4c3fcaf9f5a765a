import { fillEmptyGroups } from "./empty-groups.ts";
import { columnRef, keep } from "./items.ts";
import { orderOf } from "../passes/isolate/row-order.ts";
import type {
  Aggregate,
  Expand,
  Expr,
  Join,
  Limit,
  Rel,
  SortKey,
  Sequence,
  Window,
} from "../ir/types.ts";
import { childrenOf, exprsOf, relationsIn, subqueriesOf } from "../ir/walk.ts";
import type { Column } from "../../schema/types.ts";

/** What a sub-plan is to be threaded with. */
export interface Threading {
  /** The relation the sub-plan reads, compared by identity. */
  readonly source: Rel;
  /** The same rows, with `key` and `arrival` beside the source's columns. */
  readonly keyed: Rel;
  /** Tells the groups of rows apart to which the sub-plan applies, each by itself. */
  readonly key: Column;
  /** Says in which order the rows of a group come. */
  readonly arrival: Column;
}

/** Thrown where an operator cannot be applied to each group by itself. */
export class NotThreadable extends Error {
  override readonly name = "NotThreadable";
}

interface Threaded {
  readonly rel: Rel;
  /** False where the rows do not come from the source: then they belong to every group. */
  readonly keyed: boolean;
  /** The columns that say in which order the rows of a group come, as far as they have one. */
  readonly arrival: readonly Column[];
}

/** What a sub-plan gives for every group. */
export interface ThreadedRel {
  /** Its rows, with the key behind its columns, and `arrival` where there is an order of arrival. */
  readonly rel: Rel;
  /** The order of the rows, the groups one after the other. */
  readonly order: readonly SortKey[];
}

/**
 * `rel` applied to each group of its source's rows by itself: the same rows as one evaluation for each group gives.
 * Groups that have no row in the source are none.
 */
export function threadKey(rel: Rel, threading: Threading): ThreadedRel {
  const { rel: threaded, keyed, arrival } = thread(rel, threading);
  if (!keyed) throw new NotThreadable("a table that is not of the row");
  const { span } = rel;
  const order = [
    ascending(threading.key, span),
    ...(orderOf(rel, unbound) ?? []),
    ...arrival.map((column) => ascending(column, span)),
  ];
  return { rel: threaded, order };
}

function unbound(): undefined {
  return undefined;
}

function ascending(column: Column, span: Rel["span"]): SortKey {
  return { expr: columnRef(column, span), descending: false, nullsFirst: true };
}

function thread(rel: Rel, threading: Threading): Threaded {
  if (rel === threading.source) {
    return { rel: threading.keyed, keyed: true, arrival: [threading.arrival] };
  }
  if (readsInside(rel, threading.source)) throw new NotThreadable("a subquery over the row");
  if (!relationsIn(rel).includes(threading.source)) return { rel, keyed: false, arrival: [] };
  switch (rel.kind) {
    case "filter":
    case "extend":
    case "sort":
    case "number": {
      const { rel: input, arrival } = thread(rel.input, threading);
      return { rel: { ...rel, input }, keyed: true, arrival };
    }
    case "expand":
      return threadExpand(rel, threading);
    case "project": {
      const { rel: input, arrival } = thread(rel.input, threading);
      const items = [...rel.items, ...keep([threading.key, ...arrival], rel.span)];
      return { rel: { ...rel, input, items }, keyed: true, arrival };
    }
    case "aggregate":
      return { rel: threadAggregate(rel, threading), keyed: true, arrival: [] };
    case "limit":
    case "window":
    case "sequence":
      return threadOrdered(rel, threading);
    case "join":
      return threadJoin(rel, threading);
    default:
      throw new NotThreadable(`\`${rel.kind}\``);
  }
}

function readsInside(rel: Rel, source: Rel): boolean {
  return exprsOf(rel).flatMap(subqueriesOf).flatMap(relationsIn).includes(source);
}

/** Elements of one row come in their own order. */
function threadExpand(rel: Expand, threading: Threading): Threaded {
  const { rel: input, arrival } = thread(rel.input, threading);
  const item: Column = { name: `$element ${arrival.length}`, type: "long" };
  const own = { keyed: true, arrival: [...arrival, item] };
  if (rel.index === undefined) return { ...own, rel: { ...rel, input, index: item.name } };
  const index = columnRef({ name: rel.index, type: "long" }, rel.span);
  const items = [{ name: item.name, expr: index }];
  return { ...own, rel: { kind: "extend", input: { ...rel, input }, items, span: rel.span } };
}

function threadAggregate(rel: Aggregate, threading: Threading): Rel {
  const { key } = threading;
  const { span } = rel;
  const { rel: input } = thread(rel.input, threading);
  const grouped: Aggregate = { ...rel, input, keys: [...rel.keys, ...keep([key], span)] };
  if (rel.keys.length > 0) return grouped;
  if (keepsEveryGroup(rel.input, threading.source)) return grouped;
  const groups: Rel = {
    kind: "aggregate",
    input: threading.keyed,
    keys: keep([key], span),
    items: [],
    span,
  };
  return fillEmptyGroups(grouped, { groups, key, original: rel });
}

/** True where `rel` has a row for every group of `source`. */
function keepsEveryGroup(rel: Rel, source: Rel): boolean {
  if (rel === source) return true;
  switch (rel.kind) {
    case "extend":
    case "project":
    case "sort":
    case "aggregate":
    case "window":
      return childrenOf(rel).every((input) => keepsEveryGroup(input, source));
    case "limit":
      return isPositive(rel.count) && keepsEveryGroup(rel.input, source);
    default:
      return false;
  }
}

function isPositive(count: Expr): boolean {
  return count.kind === "literal" && count.value !== null && BigInt(count.value) > 0n;
}

/** What goes by the order of the rows: within the group, in the order in which they came unless something else orders them. */
function threadOrdered(rel: Limit | Window | Sequence, threading: Threading): Threaded {
  const { rel: input, arrival } = thread(rel.input, threading);
  const own = rel.kind === "limit" ? rel.keys : rel.orderBy;
  const order = own.length > 0 ? own : orderOf(rel.input, unbound);
  if (order === undefined) throw new NotThreadable("rows in an order whose key is gone");
  const keys = [...order, ...arrival.map((column) => ascending(column, rel.span))];
  const partitionBy = [...rel.partitionBy, threading.key.name];
  const placed =
    rel.kind === "limit"
      ? { ...rel, input, keys, partitionBy }
      : { ...rel, input, orderBy: keys, partitionBy };
  return { rel: placed, keyed: true, arrival };
}

/** A join of the group's rows with another table, which is the same for every group. */
function threadJoin(join: Join, threading: Threading): Threaded {
  const left = thread(join.left, threading);
  const right = thread(join.right, threading);
  const shown = join.join === "rightouter" || join.join === "fullouter";
  const turned = join.join === "rightsemi" || join.join === "rightanti";
  if (right.keyed || shown || turned) throw new NotThreadable(`\`join kind=${join.join}\``);
  const columns = [
    ...join.columns,
    ...[threading.key, ...left.arrival].map((column) => ({
      ...column,
      side: "left" as const,
      column: column.name,
    })),
  ];
  const rel = { ...join, left: left.rel, right: right.rel, columns };
  return { rel, keyed: true, arrival: left.arrival };
}
