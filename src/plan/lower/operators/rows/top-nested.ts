import { elementsOf, kindOf, present, type Expression } from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, columnRef } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { rowCount } from "../../row-count.ts";
import type { Aggregate, Expr, Item, Join, JoinColumn, Rel, SortKey } from "../../../ir/types.ts";
import { planSortKey } from "./sort.ts";

/** One level of `top-nested`: which values it shows, and by what the first ones are chosen. */
interface Level {
  readonly node: Kusto.Language.Syntax.TopNestedClause;
  /** The column of the values in the result, and its name among the input's columns. */
  readonly value: Column;
  readonly key: string;
  readonly total: Column;
  readonly by: SortKey;
}

/**
 * `top-nested`: each level groups the rows that the levels in front of it chose, by their values and its own, and chooses
 * the first values of each group of the level in front.
 */
export function planTopNested(
  node: Kusto.Language.Syntax.TopNestedOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const row = lowering.over(input);
  const clauses = elementsOf<Kusto.Language.Syntax.TopNestedClause>(node.Clauses);
  const columns = boundColumns(node);
  const values: Item[] = [];
  const levels = clauses.map((clause, at): Level => {
    const [value, total] = [present(columns[2 * at]), present(columns[2 * at + 1])];
    if (value.name === "") refuseUnnamed(clause, row);
    const key = `$nested ${at + 1}`;
    values.push({ name: key, expr: row.scalar(present(clause.OfExpression)) });
    return { node: clause, value, key, total, by: planBy(present(clause.ByExpression), row) };
  });
  const rows: Rel = { kind: "extend", input, items: values, span };
  let chosen: Rel | undefined;
  for (const [at, level] of levels.entries()) {
    refuseOthers(level, { isOnly: levels.length === 1, lowering });
    chosen = choose(level, { rows, outer: levels.slice(0, at), chosen, lowering });
  }
  const shown = levels.flatMap(({ value, key, total }): readonly Item[] => [
    { name: value.name, expr: columnRef({ name: key, type: value.type }, span) },
    { name: total.name, expr: columnRef(inner(total), span) },
  ]);
  return { kind: "project", input: present(chosen), items: shown, span };
}

function refuseUnnamed(clause: Kusto.Language.Syntax.TopNestedClause, lowering: Lowering): never {
  return lowering.refuse(clause, {
    code: "KT0243",
    message: "an expression without a name in `top-nested` has no translation",
    hint: "write `top-nested of name = …`",
  });
}

/** The column of a total before the result gets its names. */
function inner(total: Column): Column {
  return { name: `$total ${total.name}`, type: total.type };
}

/** `by sum(x) asc`, its name taken off. */
function planBy(node: Expression, row: Lowering): SortKey {
  if (kindOf(node) !== "SimpleNamedExpression") return planSortKey(node, row);
  return planBy(present((node as Kusto.Language.Syntax.SimpleNamedExpression).Expression), row);
}

function refuseOthers(
  { node }: Level,
  { isOnly, lowering }: { isOnly: boolean; lowering: Lowering },
): void {
  if (node.WithOthersClause === null || isOnly) return;
  lowering.refuse(node.WithOthersClause, {
    code: "KT0243",
    message: "`with others` in a `top-nested` of several levels has no translation",
  });
}

interface Site {
  readonly rows: Rel;
  readonly outer: readonly Level[];
  readonly chosen: Rel | undefined;
  readonly lowering: Lowering;
}

/** The values of one level with their totals, beside those of the levels in front. */
function choose(level: Level, { rows, outer, chosen, lowering }: Site): Rel {
  const span = lowering.span(level.node);
  const total = inner(level.total);
  const kept = outer.flatMap(({ key, value, total: before }): readonly Column[] => [
    { name: key, type: value.type },
    inner(before),
  ]);
  const keys = [...kept, { name: level.key, type: level.value.type }];
  const grouped: Aggregate = {
    kind: "aggregate",
    input: chosen === undefined ? rows : within(rows, chosen, outer),
    keys: keys.map((column) => ({ name: column.name, expr: columnRef(column, span) })),
    items: [{ name: total.name, expr: level.by.expr }],
    span,
  };
  if (level.node.Expression === null) return grouped;
  const value: SortKey = {
    // Of equal totals any are right; these are the same ones every time.
    expr: columnRef({ name: level.key, type: level.value.type }, span),
    descending: true,
    nullsFirst: false,
  };
  const best: Rel = {
    kind: "limit",
    input: grouped,
    count: rowCount(level.node.Expression, lowering),
    keys: [{ ...level.by, expr: columnRef(total, span) }, value],
    partitionBy: outer.map(({ key }) => key),
    span,
  };
  const others = level.node.WithOthersClause;
  return others === null ? best : withOthers(best, level, { rows, label: others, lowering });
}

/** The rows that fall into a group that was chosen, with its totals. */
function within(rows: Rel, chosen: Rel, levels: readonly Level[]): Join {
  const keys = new Set(levels.map(({ key }) => key));
  const side = (which: JoinColumn["side"], columns: readonly Column[]): readonly JoinColumn[] =>
    columns.map(({ name, type }) => ({ name, type, side: which, column: name }));
  return {
    kind: "join",
    join: "inner",
    left: rows,
    right: chosen,
    on: levels.map(({ key }) => ({ left: key, right: key, nullsMatch: true })),
    columns: [
      ...side("left", columnsOf(rows)),
      ...side(
        "right",
        columnsOf(chosen).filter(({ name }) => !keys.has(name)),
      ),
    ],
    span: rows.span,
  };
}

interface Others {
  readonly rows: Rel;
  readonly label: Kusto.Language.Syntax.TopNestedWithOthersClause;
  readonly lowering: Lowering;
}

/** `best`, and a row for all values that are not among them. */
function withOthers(best: Rel, level: Level, { rows, label, lowering }: Others): Rel {
  const span = lowering.span(label);
  const rest: Join = {
    kind: "join",
    join: "leftanti",
    left: rows,
    right: best,
    on: [{ left: level.key, right: level.key, nullsMatch: true }],
    columns: columnsOf(rows).map(({ name, type }) => ({ name, type, side: "left", column: name })),
    span,
  };
  const expr: Expr = {
    kind: "cast",
    operand: lowering.scalar(present(label.Expression)),
    type: level.value.type,
    span,
  };
  const total: Item = { name: inner(level.total).name, expr: level.by.expr };
  const others: Rel = {
    kind: "aggregate",
    input: rest,
    keys: [{ name: level.key, expr }],
    items: [total],
    span,
  };
  return { kind: "union", inputs: [best, others], span };
}
