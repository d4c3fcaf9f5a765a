import { present, scalarType, textOf, type Expression } from "../../../kql/syntax.ts";
import type { KqlType } from "../../../schema/types.ts";
import type { Lowering, Windows } from "../lowering.ts";
import type { Expr, WindowFunction } from "../../ir/types.ts";

type WindowCall = (
  node: Kusto.Language.Syntax.FunctionCallExpression,
  args: readonly Expression[],
  lowering: Lowering,
) => Expr;

/** Functions of the rows before and behind. Each becomes columns of a `window` below the operator it stands in. */
export const windowFunctions: Readonly<Record<string, WindowCall>> = {
  prev: (node, args, lowering) => planOffset("prev", node, { args, lowering }),
  next: (node, args, lowering) => planOffset("next", node, { args, lowering }),
  row_number: (node, [start, restart], lowering) => {
    const site = siteOf(node, lowering);
    const number = site.add("number", [], { type: "long", runs: runsOf(restart, site) });
    if (start === undefined) return number;
    const first = lowering.scalar(start);
    return sum(number, { ...site.literal("-1"), type: "long" }, first);
  },
  row_cumsum: (node, [term, restart], lowering) => {
    const site = siteOf(node, lowering);
    const type = scalarType(node.ResultType) ?? "real";
    return site.add("sum", [lowering.scalar(present(term))], { type, runs: runsOf(restart, site) });
  },
  row_rank_dense: (node, args, lowering) => planRank("count", node, { args, lowering }),
  row_rank_min: (node, args, lowering) => planRank("max", node, { args, lowering }),
  row_window_session: planSession,
};

/** Where a window function stands, with what makes columns there. */
interface Site {
  readonly lowering: Lowering;
  readonly add: (
    window: WindowFunction,
    args: readonly Expr[],
    of: { readonly type: KqlType; readonly runs?: readonly string[] },
  ) => Expr;
  readonly call: (name: string, args: readonly Expr[], type: KqlType) => Expr;
  readonly literal: (value: string | null) => Expr;
}

function siteOf(node: Expression, lowering: Lowering): Site {
  const windows = windowsAt(node, lowering);
  const span = lowering.span(node);
  return {
    lowering,
    add: (window, args, { type, runs = [] }) =>
      windows.add({ window, args, type, partitionBy: runs }, span),
    call: (name, args, type) => ({ kind: "call", name, args, type, span }),
    literal: (value) => ({ kind: "literal", value, type: "long", span }),
  };
}

function windowsAt(node: Expression, lowering: Lowering): Windows {
  const name = textOf(node).split("(", 1)[0] ?? "";
  if (lowering.windows === undefined) {
    return lowering.refuse(node, {
      code: "KT0240",
      message: `\`${name}\` has no translation in this operator`,
      hint: "make it a column with `extend` first",
    });
  }
  if (!lowering.windows.serialized) {
    return lowering.refuse(node, {
      code: "KT0241",
      message: `\`${name}\` needs rows in an order`,
      hint: "put `sort by` or `serialize` in front",
    });
  }
  return lowering.windows;
}

function sum(...terms: readonly [Expr, ...Expr[]]): Expr {
  return terms.reduce((left, right) => ({
    kind: "call",
    name: "+",
    args: [left, right],
    type: "long",
    span: left.span,
  }));
}

interface CallArgs {
  readonly args: readonly Expression[];
  readonly lowering: Lowering;
}

function planOffset(
  window: "prev" | "next",
  node: Expression,
  { args: [value, offset, fallback], lowering }: CallArgs,
): Expr {
  const site = siteOf(node, lowering);
  const operand = lowering.scalar(present(value));
  const { type, span } = operand;
  const rows = offset === undefined ? site.literal("1") : lowering.scalar(offset);
  const otherwise: Expr =
    fallback === undefined
      ? { kind: "literal", value: type === "string" ? "" : null, type, span }
      : lowering.scalar(fallback);
  return site.add(window, [operand, rows, otherwise], { type });
}

/** The column that numbers the runs that `restart` begins; none where it is not given. */
function runsOf(restart: Expression | undefined, site: Site): readonly string[] {
  return restart === undefined ? [] : countWhere(site.lowering.scalar(restart), site);
}

function countWhere(condition: Expr, site: Site): readonly string[] {
  const marks = site.call("iff", [condition, site.literal("1"), site.literal(null)], "long");
  const count = site.add("count", [marks], { type: "long" });
  return count.kind === "column" ? [count.name] : [];
}

/** A rank goes on where the term differs from the row's before: by one, or to the row's number. */
function planRank(
  window: "count" | "max",
  node: Expression,
  { args: [term, restart], lowering }: CallArgs,
): Expr {
  const site = siteOf(node, lowering);
  const runs = runsOf(restart, site);
  const starts = site.add("run-start", [lowering.scalar(present(term))], { type: "long", runs });
  return site.add(window, [starts], { type: "long", runs });
}

/**
 * The first value of the row's session. A new one begins by `restart`, by a value so far from the one before, around
 * nulls, and else where a value is too far from the session's first.
 */
function planSession(
  node: Expression,
  [value, fromFirst, between, restart]: readonly Expression[],
  lowering: Lowering,
): Expr {
  const site = siteOf(node, lowering);
  const at = lowering.scalar(present(value));
  const { type, span } = at;
  const nothing: Expr = { kind: "literal", value: null, type, span };
  const before = site.add("prev", [at, site.literal("1"), nothing], { type });
  const furthest = site.call("+", [before, lowering.scalar(present(between))], type);
  const items: readonly Expr[] = [
    site.call("isnull", [at], "bool"),
    site.call("isnull", [before], "bool"),
    site.call(">=", [at, furthest], "bool"),
    ...(restart === undefined ? [] : [lowering.scalar(restart)]),
  ];
  const runs = countWhere({ kind: "or", items, type: "bool", span }, site);
  return site.add("cut", [at, lowering.scalar(present(fromFirst))], { type, runs });
}
