import { unreachable } from "../../base/diagnostic.ts";
import { columnsOf } from "../columns.ts";
import { columnRef, keep } from "../items.ts";
import type {
  Aggregate,
  Expr,
  Extend,
  Filter,
  Limit,
  Program,
  Project,
  Rel,
  Scan,
} from "../types.ts";
import { exprsOf, mapExprs } from "../walk.ts";
import {
  concatLineage,
  eventColumn,
  gatherLineage,
  lineageColumn,
  lineageRef,
  scenarioColumn,
  scenarioRef,
  scenariosScan,
} from "./hidden.ts";
import { NotIsolable, scope, type Isolated, type Isolator } from "./isolated.ts";
import { isolateJoin } from "./isolate-join.ts";
import { createSubqueries, type Subqueries } from "./isolate-subqueries.ts";
import { orderOf } from "./order.ts";

/**
 * `program` over all scenarios at once: every row carries its scenario and its lineage, and rows of different scenarios
 * never meet. Undefined where that cannot be done exactly; such a program runs a scenario at a time.
 */
export function isolate(program: Program): Program | undefined {
  const scopedBindings = new Map<string, boolean>();
  const isolator = createIsolator(scopedBindings);
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

function createIsolator(scopedBindings: ReadonlyMap<string, boolean>): Isolator {
  const isolator: Isolator = {
    rel: (rel) => isolateRel(rel, { isolator, scopedBindings, subqueries }),
  };
  const subqueries = createSubqueries(isolator);
  return isolator;
}

interface Context {
  readonly isolator: Isolator;
  readonly scopedBindings: ReadonlyMap<string, boolean>;
  readonly subqueries: Subqueries;
}

function isolateRel(rel: Rel, context: Context): Isolated {
  const { isolator } = context;
  switch (rel.kind) {
    case "scan":
      return { rel: isolateScan(rel), scoped: true };
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

function isolateRowwise(rel: Filter | Extend | Project, context: Context): Isolated {
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
  }) as Filter | Extend | Project;
  if (!scoped) return { rel: own, scoped };
  return { rel: withLineage(own, lineages), scoped };
}

/** `rel` with the hidden columns carried on, the lineages of its subqueries added. */
function withLineage(rel: Filter | Extend | Project, lineages: readonly Expr[]): Rel {
  const { span } = rel;
  const lineage = concatLineage([lineageRef(span), ...lineages], span);
  const item = { name: lineageColumn.name, expr: lineage };
  switch (rel.kind) {
    case "filter":
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

const presentName = "$present";
const emptyPrefix = "$empty ";

/**
 * `summarize` without `by` gives a row from nothing too, and so it must for each scenario without rows: those take the
 * values that the same aggregates have over no rows at all.
 */
function withEmptyScenarios(grouped: Aggregate, original: Aggregate): Rel {
  const { span } = grouped;
  const columns = columnsOf(original);
  const nothing: Aggregate = {
    ...original,
    input: { kind: "values", columns: columnsOf(original.input), rows: [], span },
    items: original.items.map((item) => ({ ...item, name: emptyPrefix + item.name })),
  };
  const left = (name: string): string => name;
  const everywhere: Rel = {
    kind: "join",
    join: "leftouter",
    left: scenariosScan(span),
    right: grouped,
    on: [{ left: scenarioColumn.name, right: scenarioColumn.name, nullsMatch: false }],
    columns: [
      { ...scenarioColumn, side: "left", column: left(scenarioColumn.name) },
      { name: presentName, type: "int", side: "right", column: scenarioColumn.name },
      ...[...columns, lineageColumn].map(({ name, type }) => ({
        name,
        type,
        side: "right" as const,
        column: name,
      })),
    ],
    span,
  };
  const both: Rel = {
    kind: "join",
    join: "inner",
    left: everywhere,
    right: nothing,
    on: [],
    columns: [
      ...columnsOf(everywhere).map(({ name, type }) => ({
        name,
        type,
        side: "left" as const,
        column: name,
      })),
      ...columnsOf(nothing).map(({ name, type }) => ({
        name,
        type,
        side: "right" as const,
        column: name,
      })),
    ],
    span,
  };
  const choose = (name: string, type: Expr["type"], otherwise: Expr): Expr => ({
    kind: "call",
    name: "iff",
    args: [
      {
        kind: "call",
        name: "isnull",
        args: [columnRef({ name: presentName, type: "int" }, span)],
        type: "bool",
        span,
      },
      otherwise,
      columnRef({ name, type }, span),
    ],
    type,
    span,
  });
  const items = [
    ...columns.map(({ name, type }) => ({
      name,
      expr: choose(name, type, columnRef({ name: emptyPrefix + name, type }, span)),
    })),
    { name: scenarioColumn.name, expr: scenarioRef(span) },
    // A list and nothing give the list.
    {
      name: lineageColumn.name,
      expr: concatLineage(
        [
          lineageRef(span),
          { kind: "call", name: "$lineage-none", args: [], type: "dynamic", span },
        ],
        span,
      ),
    },
  ];
  return { kind: "project", input: both, items, span };
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
  const keys = rel.keys.length > 0 ? rel.keys : orderOf(rel.input);
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
