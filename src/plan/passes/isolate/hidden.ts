import type { Span } from "../../../base/source.ts";
import type { Column } from "../../../schema/types.ts";
import { columnRef } from "../../lower/items.ts";
import type { Expr, Rel, Scan } from "../../ir/types.ts";

/** The columns that isolation adds. No query can name them: KQL has no bare name with a `$`. */
export const scenarioColumn: Column = { name: "$scenario", type: "int" };
/** A list of event numbers, which only the functions that begin with `$lineage` touch. */
export const lineageColumn: Column = { name: "$lineage", type: "dynamic" };
/** The number of an event, stored with its row. */
export const eventColumn: Column = { name: "$event", type: "int" };
/** The table of all scenarios of a run, whose one column is `scenarioColumn`. */
export const scenariosTable = "$scenarios";

export function scenariosScan(span: Span): Scan {
  return { kind: "scan", table: scenariosTable, columns: [scenarioColumn], span };
}

export function scenarioRef(span: Span): Expr {
  return columnRef(scenarioColumn, span);
}

export function lineageRef(span: Span): Expr {
  return columnRef(lineageColumn, span);
}

/** Lineages one after the other. */
export function concatLineage(parts: readonly Expr[], span: Span): Expr {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return { kind: "call", name: "$lineage-concat", args: parts, type: "dynamic", span };
}

export function noLineage(span: Span): Expr {
  return { kind: "call", name: "$lineage-none", args: [], type: "dynamic", span };
}

/** The lineage of a group: those of its rows. */
export function gatherLineage(span: Span): Expr {
  return {
    kind: "aggregate",
    name: "$lineage-gather",
    args: [lineageRef(span)],
    type: "dynamic",
    span,
  };
}

/** `rel`, whose rows belong to no scenario, once for each scenario. */
export function forEachScenario(rel: Rel, columns: readonly Column[]): Rel {
  const { span } = rel;
  const crossed: Rel = {
    kind: "join",
    join: "inner",
    left: rel,
    right: scenariosScan(span),
    on: [],
    columns: [
      ...columns.map(({ name, type }) => ({ name, type, side: "left" as const, column: name })),
      { ...scenarioColumn, side: "right", column: scenarioColumn.name },
    ],
    span,
  };
  const items = [{ name: lineageColumn.name, expr: noLineage(span) }];
  return { kind: "extend", input: crossed, items, span };
}
