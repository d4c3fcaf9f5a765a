import { columnsOf } from "../../ir/columns.ts";
import { columnRef } from "../../lower/items.ts";
import type {
  Correlation,
  Expr,
  InTable,
  Item,
  Rel,
  ScalarQuery,
  SortKey,
} from "../../ir/types.ts";
import { mapParts, partsOf } from "../../ir/walk.ts";
import { gatherLineage, lineageColumn, scenarioColumn, scenarioRef } from "./hidden.ts";
import type { Isolator } from "./isolated.ts";

/** What isolation makes of the subqueries in an expression. */
export interface Subqueries {
  /** True where `expr` reads a table whose rows belong to scenarios. */
  isScoped(expr: Expr): boolean;
  /** `expr` with each subquery answered for the row's own scenario, and the lineages of what they found. */
  isolate(expr: Expr): { readonly expr: Expr; readonly lineages: readonly Expr[] };
}

export function createSubqueries(isolator: Isolator): Subqueries {
  // Each subquery's columns get names of their own: SQL would take a name that both have for the inner one.
  let number = 0;
  const isolate = (expr: Expr, lineages: Expr[]): Expr => {
    const inner = mapParts(expr, (part) => isolate(part, lineages));
    if (inner.kind !== "in-table" && inner.kind !== "scalar-query") return inner;
    const { rel, scoped } = isolator.rel(inner.table);
    if (!scoped) return { ...inner, table: rel };
    number += 1;
    const site: Site = { rel, number, order: isolator.orderOf(inner.table) ?? [] };
    lineages.push(
      ...(inner.kind === "in-table" ? matchLineage(inner, site) : [rowLineage(inner, site)]),
    );
    return inner.kind === "in-table" ? membership(inner, site) : scalar(inner, site);
  };
  return {
    isScoped: (expr) => readsTables(expr, isolator),
    isolate: (expr) => {
      const lineages: Expr[] = [];
      return { expr: isolate(expr, lineages), lineages };
    },
  };
}

interface Site {
  /** The subquery's table, with the hidden columns. */
  readonly rel: Rel;
  readonly number: number;
  /** The order of the table's rows. */
  readonly order: readonly SortKey[];
}

function readsTables(expr: Expr, isolator: Isolator): boolean {
  if (expr.kind === "in-table" || expr.kind === "scalar-query") {
    if (isolator.rel(expr.table).scoped) return true;
  }
  return partsOf(expr).some((part) => readsTables(part, isolator));
}

const valueName = (site: Site): string => `$value ${site.number}`;
const scenarioName = (site: Site): string => `$scenario ${site.number}`;
const lineageName = (site: Site): string => `$lineage ${site.number}`;

function sameScenario(site: Site, span: Expr["span"]): Correlation {
  return { inner: scenarioName(site), outer: scenarioRef(span) };
}

function typeOf(rel: Rel, name: string): Expr["type"] {
  return columnsOf(rel).find((column) => column.name === name)?.type ?? "dynamic";
}

function valueAndScenario(rel: Rel, column: string, site: Site): Rel {
  const { span } = rel;
  const items: readonly Item[] = [
    { name: valueName(site), expr: columnRef({ name: column, type: typeOf(rel, column) }, span) },
    { name: scenarioName(site), expr: scenarioRef(span) },
  ];
  return { kind: "project", input: rel, items, span };
}

function membership(expr: InTable, site: Site): Expr {
  return {
    ...expr,
    table: valueAndScenario(site.rel, expr.column, site),
    column: valueName(site),
    correlations: [sameScenario(site, expr.span)],
  };
}

function scalar(expr: ScalarQuery, site: Site): Expr {
  return {
    ...expr,
    table: valueAndScenario(firstRow(site, expr), expr.column, site),
    column: valueName(site),
    correlations: [sameScenario(site, expr.span)],
  };
}

/** `toscalar` takes the first row, of each scenario. */
function firstRow({ rel, order }: Site, { span }: ScalarQuery): Rel {
  const arrival = { expr: columnRef(lineageColumn, span), descending: false, nullsFirst: true };
  return {
    kind: "limit",
    input: rel,
    count: { kind: "literal", type: "long", value: "1", span },
    keys: [...order, arrival],
    partitionBy: [scenarioColumn.name],
    span,
  };
}

/** The events behind the rows that the operand was found in; for a negated operator none, as nothing was found. */
function matchLineage(expr: InTable, site: Site): readonly Expr[] {
  if (expr.operator.startsWith("!")) return [];
  const { span } = expr;
  const value = columnRef({ name: expr.column, type: typeOf(site.rel, expr.column) }, span);
  const byValue = expr.operator === "in" || expr.operator === "in~";
  const differ = value.type !== expr.operand.type;
  const fold = (inner: Expr): Expr => {
    if (expr.operator === "in~")
      return { kind: "call", name: "tolower", args: [inner], type: "string", span };
    return differ ? { kind: "cast", operand: inner, type: "string", span } : inner;
  };
  const keys = byValue ? [{ name: valueName(site), expr: fold(value) }] : [];
  const correlations = byValue ? [{ inner: valueName(site), outer: fold(expr.operand) }] : [];
  return [lineageQuery({ input: site.rel, keys, correlations }, site)];
}

function rowLineage(expr: ScalarQuery, site: Site): Expr {
  return lineageQuery({ input: firstRow(site, expr), keys: [], correlations: [] }, site);
}

interface LineageParts {
  readonly input: Rel;
  readonly keys: readonly Item[];
  readonly correlations: readonly Correlation[];
}

/** The gathered lineage of those rows of `input` that the correlations and the row's scenario pick. */
function lineageQuery({ input, keys, correlations }: LineageParts, site: Site): Expr {
  const { span } = input;
  const table: Rel = {
    kind: "aggregate",
    input,
    keys: [...keys, { name: scenarioName(site), expr: scenarioRef(span) }],
    items: [{ name: lineageName(site), expr: gatherLineage(span) }],
    span,
  };
  return {
    kind: "scalar-query",
    table,
    column: lineageName(site),
    type: lineageColumn.type,
    correlations: [...correlations, sameScenario(site, span)],
    span,
  };
}
