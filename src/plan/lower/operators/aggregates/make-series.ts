import {
  elementsOf,
  kindOf,
  parameterText,
  present,
  type Expression,
} from "../../../../kql/syntax.ts";
import type { KqlType } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, columnRef, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Aggregate, Expr, Item, Rel } from "../../../ir/types.ts";

/** Which element of its series a row falls into. */
const index = { name: "$index", type: "long" } as const;

/** The axis of the series: elements lie at `origin` plus multiples of `step`. Their first and last number, where the query says them. */
interface Axis {
  readonly value: Expr;
  readonly origin: Expr;
  readonly step: Expr;
  readonly first: Expr | undefined;
  readonly last: Expr | undefined;
}

/**
 * `make-series`: the aggregates of each group and element, then for each group an array of them, with defaults where an
 * element has no rows.
 */
export function planMakeSeries(
  node: Kusto.Language.Syntax.MakeSeriesOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const row = lowering.over(input);
  const columns = [...boundColumns(node)];
  const by = node.ByClause === null ? [] : elementsOf(node.ByClause.Expressions);
  const keys = by.map((key): Item => ({
    name: columns.shift()?.name ?? "",
    expr: row.scalar(key),
  }));
  const axis = planAxis(node, row);
  const nodes = elementsOf<Kusto.Language.Syntax.MakeSeriesExpression>(node.Aggregates);
  const items = nodes.map((each): SeriesItem => {
    const expr = row.scalar(present(each.Expression));
    const written = each.DefaultExpression?.Expression ?? null;
    const zero: Expr = { kind: "literal", value: "0", type: "long", span };
    const fallback = written === null ? zero : row.scalar(written);
    return { name: columns.shift()?.name ?? "", expr, fallback: cast(fallback, expr.type) };
  });
  const elements = groupElements({ input, keys, items, axis, span });
  const nonEmpty = parameterText(node.Parameters, "kind")?.toLowerCase() === "nonempty";
  if (nonEmpty && (keys.length > 0 || axis.first === undefined || axis.last === undefined)) {
    return lowering.refuse(node, {
      code: "KT0246",
      message:
        "`make-series kind=nonempty` has a translation without `by` and with both ends alone",
    });
  }
  const arrays = collect(elements, { keys, items, axis, name: columns.shift()?.name ?? "", span });
  return nonEmpty || keys.length > 0 ? arrays : whereAny(arrays);
}

interface SeriesItem extends Item {
  /** The value of an element without rows. */
  readonly fallback: Expr;
}

function cast(expr: Expr, type: KqlType): Expr {
  return expr.type === type ? expr : { kind: "cast", operand: expr, type, span: expr.span };
}

function call(name: string, args: readonly Expr[], span: Expr["span"]): Expr {
  return { kind: "call", name, args, type: "long", span };
}

/** `from … to … step …`, whose end is not included, or `in range(…)`, whose elements are multiples of the step. */
function planAxis(node: Kusto.Language.Syntax.MakeSeriesOperator, row: Lowering): Axis {
  const value = wide(row.scalar(unnamed(present(present(node.OnClause).Expression))));
  const { type } = value;
  const clause = present(node.RangeClause);
  const at = (expression: Expression | null | undefined): Expr | undefined =>
    expression === null || expression === undefined
      ? undefined
      : cast(row.scalar(expression), type);
  const stepType = type === "datetime" ? "timespan" : type;
  const span = row.span(clause);
  const zero = cast({ kind: "literal", value: "0", type: "long", span }, type);
  if (kindOf(clause) === "MakeSeriesInRangeClause") {
    const { Arguments } = clause as Kusto.Language.Syntax.MakeSeriesInRangeClause;
    const [from, to, by] = elementsOf(present(Arguments).Expressions);
    const step = cast(row.scalar(present(by)), stepType);
    const first = call("$series-index", [present(at(from)), zero, step], span);
    const last = call("$series-index", [present(at(to)), zero, step], span);
    return { value, origin: zero, step, first, last };
  }
  const { MakeSeriesFromClause, MakeSeriesToClause, MakeSeriesStepClause } =
    clause as Kusto.Language.Syntax.MakeSeriesFromToStepClause;
  const [from, to] = [at(MakeSeriesFromClause?.Expression), at(MakeSeriesToClause?.Expression)];
  const step = cast(row.scalar(present(present(MakeSeriesStepClause).Expression)), stepType);
  const origin = from ?? zero;
  return {
    value,
    origin,
    step,
    first: from && { kind: "literal", value: "0", type: "long", span },
    last: to && call("$series-last", [to, origin, step], span),
  };
}

/** The axis may be any number; elements are counted in the widest of its kind. */
function wide(value: Expr): Expr {
  return value.type === "int" ? cast(value, "long") : value;
}

function unnamed(node: Expression): Expression {
  return kindOf(node) === "SimpleNamedExpression"
    ? present((node as Kusto.Language.Syntax.SimpleNamedExpression).Expression)
    : node;
}

interface Groups {
  readonly input: Rel;
  readonly keys: readonly Item[];
  readonly items: readonly SeriesItem[];
  readonly axis: Axis;
  readonly span: Rel["span"];
}

/** One row for each group and element that has rows. */
function groupElements({ input, keys, items, axis, span }: Groups): Aggregate {
  const { value, origin, step } = axis;
  const element = call("$series-index", [value, origin, step], span);
  const bounds = boundsOf(axis, element, span);
  const [first] = bounds;
  const where: Expr =
    bounds.length === 1 && first !== undefined
      ? first
      : { kind: "and", items: bounds, type: "bool", span };
  return {
    kind: "aggregate",
    input: { kind: "filter", input, where, span },
    keys: [...keys, { name: index.name, expr: element }],
    items: items.map(({ name, expr }) => ({ name, expr })),
    span,
  };
}

/** Which rows are in an element between the ends. Where whole steps are counted up, their values themselves tell, which is cheaper. */
function boundsOf(axis: Axis, element: Expr, span: Expr["span"]): readonly Expr[] {
  const { value, origin, step, first, last } = axis;
  const counts =
    value.type !== "real" && value.type !== "decimal" && step.kind === "literal" && Number(step.value) > 0; // oxfmt-ignore
  const low =
    first &&
    (counts && first.kind === "literal"
      ? compare(">=", value, origin)
      : compare(">=", element, first));
  const high =
    last &&
    (counts
      ? compare("<=", value, { ...call("$series-end", [last, origin, step], span), type: value.type }) // oxfmt-ignore
      : compare("<=", element, last));
  const known: Expr = { kind: "call", name: "isnotnull", args: [element], type: "bool", span };
  const bounds = [low, high].filter((bound) => bound !== undefined);
  return bounds.length === 0 ? [known] : bounds;
}

function compare(name: string, left: Expr, right: Expr): Expr {
  return { kind: "call", name, args: [left, right], type: "bool", span: left.span };
}

interface Arrays extends Omit<Groups, "input"> {
  /** The name of the axis in the result. */
  readonly name: string;
}

/** The elements of each group as arrays. */
function collect(elements: Aggregate, { keys, items, axis, name, span }: Arrays): Aggregate {
  const nothing: Expr = { kind: "literal", value: null, type: "long", span };
  const ends = [axis.first ?? nothing, axis.last ?? nothing];
  const at = columnRef(index, span);
  const types = new Map(columnsOf(elements).map((column) => [column.name, column]));
  const aggregate = (which: string, args: readonly Expr[]): Expr => ({
    kind: "aggregate",
    name: which,
    args,
    type: "dynamic",
    span,
  });
  const arrays = items.map((item): Item => {
    const value = columnRef({ name: item.name, type: item.expr.type }, span);
    return { name: item.name, expr: aggregate("$series", [at, value, item.fallback, ...ends]) };
  });
  const positions = aggregate("$series-axis", [at, axis.origin, axis.step, ...ends]);
  return {
    kind: "aggregate",
    input: elements,
    keys: keys.map((key) => {
      const column = types.get(key.name) ?? { name: key.name, type: key.expr.type };
      return { name: key.name, expr: columnRef(column, span) };
    }),
    items: [...arrays, { name, expr: positions }],
    span,
  };
}

/** `arrays` without keys, if there is a row behind them at all. */
function whereAny(arrays: Aggregate): Rel {
  const { span } = arrays;
  const all = { name: "$all", expr: { kind: "literal", value: "0", type: "long", span } } as const;
  const columns = columnsOf(arrays);
  return {
    kind: "project",
    input: { ...arrays, keys: [all] },
    items: keep(columns, span),
    span,
  };
}
