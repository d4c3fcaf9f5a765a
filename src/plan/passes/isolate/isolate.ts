import { unreachable } from "../../../base/diagnostic.ts";
import { columnsOf } from "../../ir/columns.ts";
import { fillEmptyGroups } from "../../lower/empty-groups.ts";
import { columnRef, keep } from "../../lower/items.ts";
import type {
  Aggregate,
  Expand,
  Expr,
  Extend,
  Filter,
  Limit,
  Program,
  Project,
  Rel,
  Scan,
} from "../../ir/types.ts";
import { randomFunctions } from "../../lower/expressions/random-functions.ts";
import { exprsOf, mapExprs, partsOf } from "../../ir/walk.ts";
import {
  concatLineage,
  eventColumn,
  gatherLineage,
  lineageColumn,
  lineageRef,
  noLineage,
  scenarioColumn,
  scenarioRef,
  scenariosScan,
} from "./hidden.ts";
import { NotIsolable, scope, type Isolated, type Isolator } from "./isolated.ts";
import { isolateExpand } from "./isolate-expand.ts";
import { isolateJoin } from "./isolate-join.ts";
import { createSubqueries, type Subqueries } from "./isolate-subqueries.ts";
import { isolateWindow } from "./isolate-window.ts";
import { orderOf } from "./row-order.ts";

/**
 * `program` over all scenarios at once: every row carries its scenario and its lineage, and rows of different scenarios
 * never meet. Undefined where that cannot be done exactly; such a program runs a scenario at a time.
 */
export function isolate(program: Program): Program | undefined {
  const scopedBindings = new Map<string, boolean>();
  const isolator = createIsolator(program, scopedBindings);
  try {
    const bindings = program.bindings.map((binding) => {
      const { rel, scoped } = isolator.rel(binding.rel);
      scopedBindings.set(binding.name, scoped);
      return { ...binding, rel };
    });
    return { bindings, body: scope(isolator.rel(program.body)) };
  } catch (error) {
    if (error instanceof NotIsolable) return undefined;
    throw error;
  }
}

function createIsolator(program: Program, scopedBindings: ReadonlyMap<string, boolean>): Isolator {
  const tables = new Map(program.bindings.map(({ name, rel }) => [name, rel]));
  const isolator: Isolator = {
    rel: (rel) => isolateRel(rel, { isolator, scopedBindings, subqueries }),
    orderOf: (rel) => orderOf(rel, (name) => tables.get(name)),
  };
  const subqueries = createSubqueries(isolator);
  return isolator;
}

/** True where the value depends on how many rows came before: those of all scenarios would. */
function isDrawn(expr: Expr): boolean {
  return (expr.kind === "call" && randomFunctions.has(expr.name)) || partsOf(expr).some(isDrawn);
}

interface Context {
  readonly isolator: Isolator;
  readonly scopedBindings: ReadonlyMap<string, boolean>;
  readonly subqueries: Subqueries;
}

function isolateRel(rel: Rel, context: Context): Isolated {
  const { isolator } = context;
  if (exprsOf(rel).some(isDrawn)) throw new NotIsolable("values that are drawn row by row");
  switch (rel.kind) {
    case "scan":
      return rel.fixture === undefined
        ? { rel: isolateScan(rel), scoped: true }
        : { rel, scoped: false };
    case "reference": {
      const scoped = context.scopedBindings.get(rel.name) === true;
      const columns = [...rel.columns, scenarioColumn, lineageColumn];
      return { rel: scoped ? { ...rel, columns } : rel, scoped };
    }
    case "values":
    case "range":
      return isolateSource(rel, context);
    case "filter":
    case "extend":
    case "project":
      return isolateRowwise(rel, context);
    case "expand":
      return isolateExpand(rel, (indexed) => isolateRowwise(indexed, context));
    case "number": {
      const { rel: input, scoped } = isolator.rel(rel.input);
      return { rel: { ...rel, input }, scoped };
    }
    case "aggregate":
      return isolateAggregate(rel, context);
    case "join":
      return isolateJoin(rel, isolator);
    case "union": {
      const inputs = rel.inputs.map((input) => isolator.rel(input));
      if (!inputs.some(({ scoped }) => scoped)) return { rel, scoped: false };
      return { rel: { ...rel, inputs: inputs.map(scope) }, scoped: true };
    }
    case "sort":
      return isolateSort(rel, context);
    case "limit":
      return isolateLimit(rel, context);
    case "window":
    case "sequence":
      return isolateWindow(rel, context);
    default:
      return unreachable(rel);
  }
}

function isolateScan(scan: Scan): Rel {
  const { span } = scan;
  const input: Rel = { ...scan, columns: [...scan.columns, scenarioColumn, eventColumn] };
  const lineage: Expr = {
    kind: "call",
    name: "$lineage-of",
    args: [columnRef(eventColumn, span)],
    type: "dynamic",
    span,
  };
  const items = [
    ...keep([...scan.columns, scenarioColumn], span),
    { name: lineageColumn.name, expr: lineage },
  ];
  return { kind: "project", input, items, span };
}

/** Rows of the query itself. A value in them that comes from a table would differ from scenario to scenario. */
function isolateSource(rel: Rel, { subqueries }: Context): Isolated {
  if (exprsOf(rel).some((expr) => subqueries.isScoped(expr))) {
    throw new NotIsolable(`a ${rel.kind} whose values come from tables`);
  }
  return { rel, scoped: false };
}

type Rowwise = Filter | Extend | Project | Expand;

function isolateRowwise(rel: Rowwise, context: Context): Isolated {
  const { isolator, subqueries } = context;
  const reads = exprsOf(rel).some((expr) => subqueries.isScoped(expr));
  const isolated = isolator.rel(rel.input);
  const scoped = isolated.scoped || reads;
  const input = scoped ? scope(isolated) : isolated.rel;
  const lineages: Expr[] = [];
  const own = mapExprs({ ...rel, input }, (expr) => {
    const result = subqueries.isolate(expr);
    lineages.push(...result.lineages);
    return result.expr;
  }) as Rowwise;
  if (!scoped) return { rel: own, scoped };
  return { rel: withLineage(own, lineages), scoped };
}

/** `rel` with the hidden columns carried on, the lineages of its subqueries added. */
function withLineage(rel: Rowwise, lineages: readonly Expr[]): Rel {
  const { span } = rel;
  const lineage = concatLineage([lineageRef(span), ...lineages], span);
  const item = { name: lineageColumn.name, expr: lineage };
  switch (rel.kind) {
    case "filter":
    case "expand":
      return lineages.length === 0 ? rel : { kind: "extend", input: rel, items: [item], span };
    case "extend":
      return lineages.length === 0 ? rel : { ...rel, items: [...rel.items, item] };
    case "project": {
      const items = [...rel.items, { name: scenarioColumn.name, expr: scenarioRef(span) }, item];
      return { ...rel, items };
    }
    default:
      return unreachable(rel);
  }
}

function isolateAggregate(rel: Aggregate, { isolator, subqueries }: Context): Isolated {
  if (exprsOf(rel).some((expr) => subqueries.isScoped(expr))) {
    throw new NotIsolable("an aggregate over values that come from other tables");
  }
  const input = isolator.rel(rel.input);
  if (!input.scoped) return { rel: { ...rel, input: input.rel }, scoped: false };
  const { span } = rel;
  const grouped: Aggregate = {
    ...rel,
    input: input.rel,
    keys: [...rel.keys, { name: scenarioColumn.name, expr: scenarioRef(span) }],
    items: [...rel.items, { name: lineageColumn.name, expr: gatherLineage(span) }],
  };
  return {
    rel: rel.keys.length > 0 ? inOrder(grouped, rel) : withEmptyScenarios(grouped, rel),
    scoped: true,
  };
}

/** `rel` with the columns of `original` first and in its order, the hidden ones behind them. */
function inOrder(rel: Rel, original: Rel): Rel {
  const { span } = rel;
  const columns = [...columnsOf(original), scenarioColumn, lineageColumn];
  return { kind: "project", input: rel, items: keep(columns, span), span };
}

/** `summarize` without `by` gives a row from nothing too, and so it must for each scenario without rows. */
function withEmptyScenarios(grouped: Aggregate, original: Aggregate): Rel {
  const { span } = grouped;
  const filled = fillEmptyGroups(grouped, {
    groups: scenariosScan(span),
    key: scenarioColumn,
    original,
    carried: lineageColumn,
  });
  // A list and nothing give the list.
  const lineage = concatLineage([lineageRef(span), noLineage(span)], span);
  const items = [{ name: lineageColumn.name, expr: lineage }];
  return { kind: "extend", input: filled, items, span };
}

function isolateSort(
  rel: Extract<Rel, { kind: "sort" }>,
  { isolator, subqueries }: Context,
): Isolated {
  if (exprsOf(rel).some((expr) => subqueries.isScoped(expr))) {
    throw new NotIsolable("a sort by values that come from other tables");
  }
  const input = isolator.rel(rel.input);
  return { rel: { ...rel, input: input.rel }, scoped: input.scoped };
}

/** Rows are counted for each scenario. Where nothing else orders them, they come as their events did. */
function isolateLimit(rel: Limit, { isolator, subqueries }: Context): Isolated {
  if (exprsOf(rel).some((expr) => subqueries.isScoped(expr))) {
    throw new NotIsolable("a limit by values that come from other tables");
  }
  const input = isolator.rel(rel.input);
  if (!input.scoped) return { rel: { ...rel, input: input.rel }, scoped: false };
  const keys = rel.keys.length > 0 ? rel.keys : isolator.orderOf(rel.input);
  if (keys === undefined) throw new NotIsolable("a limit over an order whose key is gone");
  const { span } = rel;
  const arrival = { expr: lineageRef(span), descending: false, nullsFirst: true };
  return {
    rel: {
      ...rel,
      input: input.rel,
      keys: [...keys, arrival],
      partitionBy: [...rel.partitionBy, scenarioColumn.name],
    },
    scoped: true,
  };
}
