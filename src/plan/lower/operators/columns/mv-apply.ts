import { elementsOf, kindOf, present, type Expression } from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns, columnRef, itemName, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import { NotThreadable, threadKey, type ThreadedRel } from "../../thread-key.ts";
import type { Expand, JoinColumn, Rel } from "../../../ir/types.ts";
import { elementsName } from "../../windows.ts";
import { expandedColumns, indexName } from "./mv-expand.ts";

/** Says which input row a row of the subquery comes from. */
const rowColumn: Column = { name: "$mv-row", type: "long" };
/** Says which of its elements. */
const itemColumn: Column = { name: "$item", type: "long" };
/** Says in which order the rows of the result come. */
const placeColumn: Column = { name: "$place", type: "long" };

/**
 * `mv-apply`: the input's rows are numbered and expanded, the subquery is applied to the elements of each row by
 * itself, and its rows are joined with those they come from. A row without elements gives none.
 */
export function planMvApply(
  node: Kusto.Language.Syntax.MvApplyOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const numbered: Rel = { kind: "number", input, column: rowColumn.name, span };
  // Read twice, by the subquery and by the join: both must see the same numbers.
  const rows = lowering.bind("$mv-apply", numbered, { materialized: true });
  const expanded = expand(node, { input, rows, lowering });
  const source: Rel = {
    kind: "reference",
    name: elementsName,
    columns: columnsOf(expanded).filter(
      ({ name }) => name !== rowColumn.name && name !== itemColumn.name,
    ),
    span,
  };
  const subquery = present(present(node.Subquery).Expression);
  const applied = applySubquery(subquery, source, lowering);
  try {
    const threaded = threadKey(applied, {
      source,
      keyed: expanded,
      key: rowColumn,
      arrival: itemColumn,
    });
    return joinBack(rows, threaded, { columns: boundColumns(node), span });
  } catch (error) {
    if (!(error instanceof NotThreadable)) throw error;
    return lowering.refuse(subquery, {
      code: "KT0231",
      message: `\`mv-apply\` over ${error.message} has no translation`,
    });
  }
}

interface ApplySite {
  readonly input: Rel;
  readonly rows: Rel;
  readonly lowering: Lowering;
}

/** The elements of every row, with the columns that say where they come from. */
function expand(
  node: Kusto.Language.Syntax.MvApplyOperator,
  { input, rows, lowering }: ApplySite,
): Rel {
  const span = lowering.span(node);
  const nodes = elementsOf(node.Expressions);
  const columns = expandedColumns(nodes, { input, lowering, names: newNames(nodes, input) });
  const limit = node.RowLimitClause?.RowLimit ?? undefined;
  const expanded: Expand = {
    kind: "expand",
    input: rows,
    columns,
    bags: "bag",
    index: itemColumn.name,
    ...(limit === undefined ? {} : { limit: lowering.scalar(limit) }),
    span,
  };
  const index = indexName(node.Parameters, [...columnsOf(input), ...columns]);
  if (index === undefined) return expanded;
  const items = [{ name: index, expr: columnRef(itemColumn, span) }];
  return { kind: "extend", input: expanded, items, span };
}

/** The names of the expanded columns that are not the input's; those of expressions without a name are numbered. */
function newNames(nodes: readonly Expression[], input: Rel): readonly string[] {
  const existing = new Set(columnsOf(input).map(({ name }) => name));
  let number = 0;
  const names = nodes.map((node) => {
    const { Expression } = node as Kusto.Language.Syntax.MvApplyExpression;
    const written = itemName(present(Expression));
    if (written !== undefined) return written;
    number += 1;
    return `Column${number}`;
  });
  return names.filter((name) => !existing.has(name));
}

/** What stands between the parentheses, over `source`. */
export function applySubquery(node: Expression, source: Rel, lowering: Lowering): Rel {
  switch (kindOf(node)) {
    case "PipeExpression": {
      const { Expression, Operator } = node as Kusto.Language.Syntax.PipeExpression;
      const input = applySubquery(present(Expression), source, lowering);
      return applyOperator(present(Operator), input, lowering);
    }
    default:
      return applyOperator(node, source, lowering);
  }
}

function applyOperator(node: Expression, input: Rel, lowering: Lowering): Rel {
  // Both would give the subquery's rows a name, under which they could be read again.
  if (kindOf(node) === "MvApplyOperator" || kindOf(node) === "AsOperator") {
    return lowering.refuse(node, {
      code: "KT0232",
      message: "this operator inside of a subquery has no translation",
    });
  }
  return lowering.apply(node, input);
}

/** The rows of the subquery with the columns of the row that each comes from, in the order of those rows. */
function joinBack(
  rows: Rel,
  threaded: ThreadedRel,
  { columns, span }: { columns: readonly Column[]; span: Rel["span"] },
): Rel {
  const right: Rel = {
    kind: "window",
    input: threaded.rel,
    items: [{ ...placeColumn, window: "number", args: [], partitionBy: [] }],
    orderBy: threaded.order,
    partitionBy: [],
    span,
  };
  const own = new Map(columnsOf(right).map((column) => [column.name, column]));
  const outer = new Map(columnsOf(rows).map((column) => [column.name, column]));
  const joined = columns.flatMap(({ name }): readonly JoinColumn[] => {
    const side = own.has(name) ? "right" : "left";
    const column = own.get(name) ?? outer.get(name);
    // The binder alone believes in the `match_id` of a `scan` that gives none.
    return column === undefined ? [] : [{ ...column, side, column: name }];
  });
  const input: Rel = {
    kind: "join",
    join: "inner",
    left: rows,
    right,
    on: [{ left: rowColumn.name, right: rowColumn.name, nullsMatch: false }],
    columns: [...joined, { ...placeColumn, side: "right", column: placeColumn.name }],
    span,
  };
  const key = { expr: columnRef(placeColumn, span), descending: false, nullsFirst: true };
  const sorted: Rel = { kind: "sort", input, keys: [key], span };
  return { kind: "project", input: sorted, items: keep(joined, span), span };
}
