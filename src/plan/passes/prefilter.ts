import type { Column, KqlType } from "../../schema/types.ts";
import { eventColumn, scenarioColumn, scenariosTable } from "./isolate/hidden.ts";
import { conjuncts } from "./push-filters.ts";
import type { Expr, JoinKind, Program, Rel, Scan } from "../ir/types.ts";
import { childrenOf, columnsIn, exprsOf, subqueriesOf } from "../ir/walk.ts";

/** What a program asks of an event by itself, so that the others need not be loaded. */
export interface Prefilter {
  /** Of each table that is nowhere read whole: an event reaches something only where it meets all of one alternative. */
  readonly alternatives: ReadonlyMap<string, readonly Alternative[]>;
  /** The tables without an event of which, among those that reach something, there is no row. */
  readonly required: ReadonlySet<string>;
}

export type Alternative = readonly ColumnCondition[];

/** A condition on one column alone. */
export interface ColumnCondition {
  readonly column: Column;
  readonly where: Expr;
}

/** What `program` asks of events. Its filters stand where `pushFilters` puts them: right above the tables. */
export function prefilterOf(program: Program): Prefilter {
  const alternatives = new Map<string, Alternative[]>();
  const whole = new Set<string>();
  const visit = (rel: Rel): void => {
    const filtered = rel.kind === "filter" && rel.input.kind === "scan" ? rel.input : undefined;
    const scan = rel.kind === "scan" ? rel : filtered;
    if (scan !== undefined) {
      const conditions = rel.kind === "filter" ? conditionsOn(scan, rel.where) : [];
      if (conditions.length === 0) whole.add(scan.table);
      alternatives.set(scan.table, [...(alternatives.get(scan.table) ?? []), conditions]);
    }
    if (filtered === undefined) childrenOf(rel).forEach(visit);
    exprsOf(rel).flatMap(subqueriesOf).forEach(visit);
  };
  for (const { rel } of program.bindings) visit(rel);
  visit(program.body);
  for (const table of whole) alternatives.delete(table);
  return { alternatives, required: requiredTables(program) };
}

/** What `where` asks of single columns of `scan`: all conditions on a column are one. */
function conditionsOn(scan: Scan, where: Expr): Alternative {
  const byColumn = new Map<Column, Expr[]>();
  for (const item of conjuncts(where)) {
    const [name, other] = columnsIn(item);
    const column = scan.columns.find((candidate) => candidate.name === name);
    if (column === undefined || other !== undefined || isHidden(column)) continue;
    if (!prefilteredTypes.has(column.type) || !isPlain(item)) continue;
    byColumn.set(column, [...(byColumn.get(column) ?? []), item]);
  }
  return Array.from(byColumn, ([column, [first, ...others]]): ColumnCondition[] => {
    if (first === undefined) return [];
    const { span } = first;
    const all: Expr = { kind: "and", items: [first, ...others], type: "bool", span };
    return [{ column, where: others.length === 0 ? first : all }];
  }).flat();
}

function isHidden({ name }: Column): boolean {
  return name === scenarioColumn.name || name === eventColumn.name;
}

/** The types whose values repeat from event to event. */
const prefilteredTypes: ReadonlySet<KqlType> = new Set(["string", "int", "long", "bool", "guid"]);

/** Functions that give the same for the same value and refuse none: asked too early, they do no harm. */
const plainFunctions: ReadonlySet<string> = new Set(
  `== != =~ !~ < <= > >= not isempty isnotempty tolower toupper has !has has_cs !has_cs hasprefix !hasprefix
  hassuffix !hassuffix contains !contains contains_cs !contains_cs startswith !startswith startswith_cs
  !startswith_cs endswith !endswith endswith_cs !endswith_cs`.split(/\s+/),
).add("matches regex");

/** True where `expr` is a plain condition of a column and constants. */
function isPlain(expr: Expr): boolean {
  switch (expr.kind) {
    case "column":
    case "literal":
      return true;
    case "and":
    case "or":
      return expr.items.every(isPlain);
    case "in-list":
      return isPlain(expr.operand) && expr.items.every(({ kind }) => kind === "literal");
    case "call": {
      const [first, ...others] = expr.args;
      if (!plainFunctions.has(expr.name) || first === undefined) return false;
      return isPlain(first) && others.every(({ kind }) => kind === "literal");
    }
    default:
      return false;
  }
}

const none: ReadonlySet<string> = new Set();

/** The tables that must have a row for the body of `program` to have one. */
function requiredTables({ bindings, body }: Program): ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  const required = (rel: Rel): ReadonlySet<string> => {
    switch (rel.kind) {
      case "scan":
        return rel.table === scenariosTable ? none : new Set([rel.table]);
      case "reference":
        return known.get(rel.name) ?? none;
      case "values":
      case "range":
        return none;
      case "aggregate":
        return rel.keys.length === 0 ? none : required(rel.input);
      case "join":
        return ofJoin[rel.join](required(rel.left), required(rel.right));
      case "union":
        return rel.inputs.map(required).reduce<Tables | undefined>(common, undefined) ?? none;
      default:
        return required(rel.input);
    }
  };
  for (const { name, rel } of bindings) known.set(name, required(rel));
  return required(body);
}

type Tables = ReadonlySet<string>;

const ofBoth = (left: Tables, right: Tables): Tables => new Set([...left, ...right]);
const ofLeft = (left: Tables): Tables => left;
const ofRight = (_left: Tables, right: Tables): Tables => right;

const ofJoin: Readonly<Record<JoinKind, (left: Tables, right: Tables) => Tables>> = {
  inner: ofBoth,
  leftouter: ofLeft,
  rightouter: ofRight,
  fullouter: (left, right) => common(left, right),
  leftsemi: ofBoth,
  rightsemi: ofBoth,
  leftanti: ofLeft,
  rightanti: ofRight,
};

function common(some: Tables | undefined, others: Tables): Tables {
  return new Set([...others].filter((table) => some?.has(table) ?? true));
}
