import { columnsOf } from "../../plan/ir/columns.ts";
import {
  emptyValue,
  mapStateColumns,
  stateColumnsRead,
  type StateColumn,
} from "../../plan/ir/state-columns.ts";
import type { Expr, Sequence, Step } from "../../plan/ir/types.ts";
import type { Column } from "../../schema/types.ts";
import { castSql } from "../expressions/cast.ts";
import { argOf, predicateSql } from "../expressions/expression.ts";
import { columnList, columnName } from "../text/identifiers.ts";
import { identifier } from "../text/quote.ts";
import { sqlTypes, type SqlContext } from "../types.ts";
import { numberedSql } from "./window.ts";

/** A value of the row of step `of` that the state of step `at` (its index) holds. */
interface Cell extends StateColumn {
  readonly at: number;
  readonly type: Column["type"];
}

interface Machine {
  readonly sequence: Sequence;
  readonly cells: readonly Cell[];
  readonly context: SqlContext;
}

/**
 * `scan`, one row of every partition at a time: `$states` is the state behind each row, made of the one before it. A step
 * takes a row over from the step in front of it (match 1) or goes on by itself (match 2), the last step first.
 */
export function sequenceSql(sequence: Sequence, from: string, context: SqlContext): string {
  const machine: Machine = { sequence, cells: cellsOf(sequence), context };
  const group = sequence.partitionBy.map((name) => columnName(name, context)).join(", ");
  const rows = `SELECT *, ${group === "" ? "0" : `dense_rank() OVER (ORDER BY ${group})`} AS "$group" FROM (\n${numberedSql(sequence, from, context)}\n)`;
  const start = `SELECT DISTINCT "$group", CAST(0 AS BIGINT) AS "$row", ${stateList(machine, "empty")} FROM "$rows"`;
  const given = columnsOf(sequence.input).map(({ name }) => `r.${columnName(name, context)}`);
  const next = [
    `SELECT r."$group", r."$row"`,
    ...given,
    stateList(machine, "before"),
    `${sequence.steps.map((_, at) => `0 AS ${matchName(at)}`).join(", ")} FROM "$states" AS s JOIN "$rows" AS r ON r."$group" = s."$group" AND r."$row" = s."$row" + 1`,
  ].join(", ");
  const stepped = sequence.steps.reduceRight(
    (input, step, at) => stepSql({ step, at, input }, machine),
    next,
  );
  const recursion = `SELECT "$group", "$row", ${stateList(machine, "after")} FROM (${stepped})`;
  return [
    `WITH RECURSIVE "$rows" AS MATERIALIZED (\n${rows}\n),`,
    `"$states" AS (\n${start}\nUNION ALL\n${recursion}\n)`,
    outputSql(machine),
  ].join("\n");
}

/** Each state holds what is read of the rows of its own step and the ones before, and all that its own row shows. */
function cellsOf(sequence: Sequence): readonly Cell[] {
  const read = stateColumnsRead(sequence);
  return sequence.steps.flatMap((step, at) => {
    const names = sequence.steps.slice(0, at + 1).map(({ name }) => name);
    const held = new Map<string, Cell>();
    for (const { step: of, column, type } of read) {
      if (names.includes(of)) held.set(`${of} ${column}`, { at, step: of, column, type });
    }
    for (const { name, type } of sequence.declared) {
      held.set(`${step.name} ${name}`, { at, step: step.name, column: name, type });
    }
    return [...held.values()];
  });
}

const cellName = ({ at, step, column }: Cell): string =>
  identifier(`$cell ${at} ${step} ${column}`);
const activeName = (at: number): string => identifier(`$active ${at}`);
const idName = (at: number): string => identifier(`$id ${at}`);
const matchName = (at: number): string => identifier(`$match ${at}`);

/** The columns of a state: at the start, as the recursion reads them, and as it leaves them. */
function stateList(machine: Machine, when: "empty" | "before" | "after"): string {
  const { cells, sequence } = machine;
  const value = (name: string, empty: string): string =>
    when === "empty" ? `${empty} AS ${name}` : when === "before" ? `s.${name}` : name;
  return [
    ...cells.map((cell) => value(cellName(cell), emptyCell(cell, machine))),
    ...sequence.steps.flatMap((_, at) => [
      value(activeName(at), "false"),
      value(idName(at), "CAST(0 AS BIGINT)"),
    ]),
    value(`"$next"`, "CAST(0 AS BIGINT)"),
    ...(when === "before" ? [] : sequence.steps.map((_, at) => value(matchName(at), "0"))),
  ].join(", ");
}

function emptyCell(cell: Cell, { sequence, context }: Machine): string {
  const value = castSql(argOf(emptyValue(sequence, cell.column), context), cell.type);
  return `CAST(${value} AS ${sqlTypes[cell.type]})`;
}

interface Site {
  readonly step: Step;
  readonly at: number;
  readonly input: string;
}

/** One step over the rows of `input`: which match it is, then the states of it and of the step in front. */
function stepSql({ step, at, input }: Site, machine: Machine): string {
  const { context } = machine;
  const condition = (state: number): string =>
    predicateSql(within(step.condition, { at, state }, machine), context);
  const taken = at === 0 ? [] : [`WHEN ${activeName(at - 1)} AND ${condition(at - 1)} THEN 1`];
  const mayGoOn = at === 0 ? "true" : activeName(at);
  const match = `CASE ${taken.join(" ")} WHEN ${mayGoOn} AND ${condition(at)} THEN 2 ELSE 0 END`;
  const matched = `SELECT * REPLACE (${match} AS ${matchName(at)}) FROM (\n${input}\n)`;
  const m = matchName(at);
  const replaced = [
    ...machine.cells
      .filter((cell) => cell.at === at)
      .map((cell) => `${newCell(cell, step, machine)} AS ${cellName(cell)}`),
    `(${m} > 0 OR ${activeName(at)}) AS ${activeName(at)}`,
    ...(at === 0 ? firstIds(m) : laterIds(at, m, machine)),
  ];
  return `SELECT * REPLACE (${replaced.join(", ")}) FROM (\n${matched}\n)`;
}

/** The first step numbers its sequences: a row that finds it without one begins the next. */
function firstIds(m: string): readonly string[] {
  const begins = `${m} = 2 AND NOT ${activeName(0)}`;
  return [
    `CASE WHEN ${begins} THEN "$next" ELSE ${idName(0)} END AS ${idName(0)}`,
    `CASE WHEN ${begins} THEN "$next" + 1 ELSE "$next" END AS "$next"`,
  ];
}

/** A sequence that is taken over brings its number along, and leaves the step in front empty. */
function laterIds(at: number, m: string, machine: Machine): readonly string[] {
  const front = machine.cells.filter((cell) => cell.at === at - 1);
  return [
    `CASE ${m} WHEN 1 THEN ${idName(at - 1)} ELSE ${idName(at)} END AS ${idName(at)}`,
    `(${activeName(at - 1)} AND ${m} <> 1) AS ${activeName(at - 1)}`,
    ...front.map(
      (cell) =>
        `CASE ${m} WHEN 1 THEN ${emptyCell(cell, machine)} ELSE ${cellName(cell)} END AS ${cellName(cell)}`,
    ),
  ];
}

function newCell(cell: Cell, step: Step, machine: Machine): string {
  const { context, sequence } = machine;
  const m = matchName(cell.at);
  const old = cellName(cell);
  if (cell.step !== step.name) {
    return `CASE ${m} WHEN 1 THEN ${cellName({ ...cell, at: cell.at - 1 })} ELSE ${old} END`;
  }
  const value = (state: number): string => {
    const item = step.items.find(({ name }) => name === cell.column);
    const isDeclared = sequence.declared.some(({ name }) => name === cell.column);
    if (item === undefined && !isDeclared) return columnName(cell.column, context);
    const expr = item?.expr ?? emptyValue(sequence, cell.column);
    return castSql(argOf(within(expr, { at: cell.at, state }, machine), context), cell.type);
  };
  const taken = cell.at === 0 ? "" : ` WHEN 1 THEN ${value(cell.at - 1)}`;
  return `CASE ${m}${taken} WHEN 2 THEN ${value(cell.at)} ELSE ${old} END`;
}

/** `expr` of step `at` over the state of step `state`: its own, or that of the step in front, which has no row of step `at` yet. */
function within(
  expr: Expr,
  { at, state }: { readonly at: number; readonly state: number },
  { sequence }: Machine,
): Expr {
  const own = sequence.steps[at]?.name;
  return mapStateColumns(expr, ({ step, column, type }, { span }) => {
    if (state < at && step === own) return emptyValue(sequence, column);
    return { kind: "column", name: `$cell ${state} ${step} ${column}`, type, span };
  });
}

/** A row for each match of a step that shows its matches. */
function outputSql({ sequence, context }: Machine): string {
  const shown = sequence.steps.flatMap((step, at) => {
    if (!step.shows) return [];
    const values = sequence.declared.map(
      ({ name, type }) =>
        `${cellName({ at, step: step.name, column: name, type })} AS ${columnName(name, context)}`,
    );
    const id =
      sequence.matchId === undefined
        ? []
        : [`${idName(at)} AS ${columnName(sequence.matchId, context)}`];
    const list = [`"$group"`, `"$row"`, `${at} AS "$step"`, ...values, ...id].join(", ");
    return [`SELECT ${list} FROM "$states" WHERE ${matchName(at)} > 0`];
  });
  if (shown.length === 0) {
    const nulls = columnsOf(sequence).map(
      ({ name, type }) => `CAST(NULL AS ${sqlTypes[type]}) AS ${columnName(name, context)}`,
    );
    return `SELECT ${nulls.join(", ")} WHERE false`;
  }
  return [
    `SELECT ${columnList(columnsOf(sequence), context)} FROM "$rows" JOIN (`,
    shown.join("\nUNION ALL\n"),
    `) USING ("$group", "$row") ORDER BY "$row", "$step" DESC`,
  ].join("\n");
}
