import { elementsOf, kindOf, nameOf, present, type Expression } from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, columnRef, isTuple, itemExpr } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Expr, Item, Rel } from "../../../ir/types.ts";

export function planSummarize(
  node: Kusto.Language.Syntax.SummarizeOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const row = lowering.over(input);
  const columns = [...boundColumns(node)];
  const by = node.ByClause === null ? [] : elementsOf(node.ByClause.Expressions);
  const keys = by.map((expression): Item => {
    const name = columns.shift()?.name ?? "";
    return { name, expr: itemExpr(expression, row) };
  });
  const keyNames = new Set(keys.map(({ expr }) => (expr.kind === "column" ? expr.name : "")));
  const items = elementsOf(node.Aggregates).flatMap((expression) => {
    const exprs = aggregateExprs(expression, { row, input, keyNames });
    const written = covarianceName(expression, node, row);
    return exprs.map((expr): Item => {
      const name = columns.shift()?.name ?? "";
      return { name: written ?? name, expr };
    });
  });
  return { kind: "aggregate", input, keys, items, span: lowering.span(node) };
}

interface AggregateSite {
  readonly row: Lowering;
  readonly input: Rel;
  readonly keyNames: ReadonlySet<string>;
}

/** One expression for each column that `expression` gives: `arg_max(x, *)` and `take_any(a, b)` give several. */
function aggregateExprs(expression: Expression, site: AggregateSite): readonly Expr[] {
  const inner =
    kindOf(expression) === "SimpleNamedExpression"
      ? present((expression as Kusto.Language.Syntax.SimpleNamedExpression).Expression)
      : kindOf(expression) === "CompoundNamedExpression"
        ? present((expression as Kusto.Language.Syntax.CompoundNamedExpression).Expression)
        : expression;
  if (!isTuple(inner) && !hasStar(inner)) return [site.row.scalar(inner)];
  const call = inner as Kusto.Language.Syntax.FunctionCallExpression;
  if (kindOf(inner) !== "FunctionCallExpression") {
    return site.row.refuse(expression, {
      code: "KT0210",
      message: "an expression that gives several columns has no translation here",
    });
  }
  const name = nameOf(present(call.Name));
  const spread = spreaders[name];
  if (spread === undefined) {
    return site.row.refuse(expression, {
      code: "KT0212",
      message: `aggregate \`${name}\` with several results has no translation`,
    });
  }
  return spread(call, site);
}

/**
 * The name of a covariance that has none: after both arguments, where the binder takes the first alone. An operator
 * behind this one would look for the binder's name; undefined for any other aggregate.
 */
function covarianceName(
  expression: Expression,
  node: Kusto.Language.Syntax.SummarizeOperator,
  lowering: Lowering,
): string | undefined {
  if (kindOf(expression) !== "FunctionCallExpression") return undefined;
  const { Name, ArgumentList } = expression as Kusto.Language.Syntax.FunctionCallExpression;
  const aggregate = nameOf(present(Name));
  if (!aggregate.startsWith("covariance")) return undefined;
  const columns = elementsOf(present(ArgumentList).Expressions).slice(0, 2);
  const query = node.Parent?.Parent ?? null;
  const isLast = query !== null && kindOf(query) === "ExpressionStatement";
  if (isLast && columns.every((column) => kindOf(column) === "NameReference")) {
    return [aggregate, ...columns.map(nameOf)].join("_");
  }
  return lowering.refuse(expression, {
    code: "KT0210",
    message: "a covariance without a name has no translation",
    hint: "write `name = covariance(…)`",
  });
}

function hasStar(node: Expression): boolean {
  if (kindOf(node) !== "FunctionCallExpression") return false;
  const call = node as Kusto.Language.Syntax.FunctionCallExpression;
  return elementsOf(present(call.ArgumentList).Expressions).some(
    (arg) => kindOf(arg) === "StarExpression",
  );
}

type Spread = (
  call: Kusto.Language.Syntax.FunctionCallExpression,
  site: AggregateSite,
) => readonly Expr[];

/** Aggregates that give a column for each of their arguments. */
const spreaders: Readonly<Record<string, Spread>> = {
  arg_max: (call, site) => spreadExtreme("arg_max", call, site),
  arg_min: (call, site) => spreadExtreme("arg_min", call, site),
  argmax: (call, site) => spreadExtreme("arg_max", call, site),
  argmin: (call, site) => spreadExtreme("arg_min", call, site),
  take_any: spreadAny,
  any: spreadAny,
  percentiles: (call, site) => spreadPercentiles("percentile", call, site),
  percentilesw: (call, site) => spreadPercentiles("percentilew", call, site),
};

/** The extreme value, then each other argument from the row that has it. */
function spreadExtreme(
  name: "arg_max" | "arg_min",
  call: Kusto.Language.Syntax.FunctionCallExpression,
  site: AggregateSite,
): readonly Expr[] {
  const span = site.row.span(call);
  const [first, ...rest] = elementsOf(present(call.ArgumentList).Expressions);
  const extreme = site.row.scalar(present(first));
  const skip = new Set(site.keyNames);
  if (extreme.kind === "column") skip.add(extreme.name);
  const others = rest.flatMap((arg) => argumentExprs(arg, site, skip));
  return [extreme, ...others].map((value) => ({
    kind: "aggregate",
    name,
    args: [extreme, value],
    type: value.type,
    span,
  }));
}

function spreadAny(
  call: Kusto.Language.Syntax.FunctionCallExpression,
  site: AggregateSite,
): readonly Expr[] {
  const span = site.row.span(call);
  const values = elementsOf(present(call.ArgumentList).Expressions).flatMap((arg) =>
    argumentExprs(arg, site, site.keyNames),
  );
  return values.map((value) => ({
    kind: "aggregate",
    name: "take_any",
    // A second argument says that the value has to be of the same row as others.
    args: values.length === 1 ? [value] : [value, value],
    type: value.type,
    span,
  }));
}

/** `percentiles(x, 50, 95)`: a `percentile` for each rank; the weights of `percentilesw` go with each. */
function spreadPercentiles(
  name: "percentile" | "percentilew",
  call: Kusto.Language.Syntax.FunctionCallExpression,
  site: AggregateSite,
): readonly Expr[] {
  const span = site.row.span(call);
  const args = elementsOf(present(call.ArgumentList).Expressions).map((arg) =>
    site.row.scalar(arg),
  );
  const first = name === "percentile" ? 1 : 2;
  const type = args[0]?.type ?? "real";
  return args.slice(first).map((rank) => ({
    kind: "aggregate",
    name,
    args: [...args.slice(0, first), rank],
    type: type === "int" ? "long" : type,
    span,
  }));
}

/** The values of an argument; `*` is every column that is not in `skip`. */
function argumentExprs(
  arg: Expression,
  site: AggregateSite,
  skip: ReadonlySet<string>,
): readonly Expr[] {
  if (kindOf(arg) !== "StarExpression") return [site.row.scalar(arg)];
  const span = site.row.span(arg);
  return columnsOf(site.input)
    .filter((column: Column) => !skip.has(column.name))
    .map((column) => columnRef(column, span));
}
