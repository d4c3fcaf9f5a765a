import { columnsOf } from "../../ir/columns.ts";
import { columnRef, keep } from "../../lower/items.ts";
import type { Expr, Item, Join, JoinColumn, JoinKey, Rel } from "../../ir/types.ts";
import {
  concatLineage,
  gatherLineage,
  lineageColumn,
  scenarioColumn,
  scenarioRef,
} from "./hidden.ts";
import { scope, type Isolated, type Isolator } from "./isolated.ts";

/** The names of the right side's hidden columns in a join's result. */
const rightScenario = "$scenario right";
const rightLineage = "$lineage right";

/** Sides whose unmatched rows show: they must belong to a scenario before the join, not after it. */
const keepsUnmatched: Readonly<Record<Join["join"], { left: boolean; right: boolean }>> = {
  inner: { left: false, right: false },
  leftouter: { left: true, right: false },
  rightouter: { left: false, right: true },
  fullouter: { left: true, right: true },
  leftsemi: { left: true, right: false },
  leftanti: { left: true, right: false },
  rightsemi: { left: false, right: true },
  rightanti: { left: false, right: true },
};

/** A join within each scenario. A side that belongs to none joins with all, once it cannot be left over. */
export function isolateJoin(join: Join, isolator: Isolator): Isolated {
  const left = isolator.rel(join.left);
  const right = isolator.rel(join.right);
  if (!left.scoped && !right.scoped) {
    return { rel: { ...join, left: left.rel, right: right.rel }, scoped: false };
  }
  const keeps = keepsUnmatched[join.join];
  const leftSide = keeps.left ? { rel: scope(left), scoped: true } : left;
  const rightSide = keeps.right ? { rel: scope(right), scoped: true } : right;
  switch (join.join) {
    case "leftsemi":
      return { rel: semi(join, leftSide, rightSide), scoped: true };
    case "rightsemi":
      return { rel: semi(mirror(join), rightSide, leftSide), scoped: true };
    case "leftanti":
    case "rightanti":
      return { rel: anti(join, leftSide, rightSide), scoped: true };
    default:
      return { rel: matching(join, leftSide, rightSide), scoped: true };
  }
}

function hiddenColumns(side: JoinColumn["side"]): readonly JoinColumn[] {
  return side === "left"
    ? [
        { ...scenarioColumn, side, column: scenarioColumn.name },
        { ...lineageColumn, side, column: lineageColumn.name },
      ]
    : [
        { ...scenarioColumn, name: rightScenario, side, column: scenarioColumn.name },
        { ...lineageColumn, name: rightLineage, side, column: lineageColumn.name },
      ];
}

const scenarioKey: JoinKey = {
  left: scenarioColumn.name,
  right: scenarioColumn.name,
  nullsMatch: false,
};

/** Inner and outer joins: the lineage is both sides'. */
function matching(join: Join, left: Isolated, right: Isolated): Rel {
  const { span } = join;
  const both = left.scoped && right.scoped;
  const joined: Join = {
    ...join,
    left: left.rel,
    right: right.rel,
    on: both ? [...join.on, scenarioKey] : join.on,
    columns: [
      ...join.columns,
      ...(left.scoped ? hiddenColumns("left") : []),
      ...(right.scoped ? hiddenColumns("right") : []),
    ],
  };
  const leftRefs = left.scoped
    ? { scenario: scenarioRef(span), lineage: columnRef(lineageColumn, span) }
    : undefined;
  const rightRefs = right.scoped
    ? {
        scenario: columnRef({ name: rightScenario, type: "int" }, span),
        lineage: columnRef({ name: rightLineage, type: "dynamic" }, span),
      }
    : undefined;
  const sides = [leftRefs, rightRefs].filter((side) => side !== undefined);
  return withHidden(joined, join.columns, {
    scenario: presentScenario(
      join.join,
      sides.map((side) => side.scenario),
    ),
    lineage: concatLineage(
      sides.map((side) => side.lineage),
      span,
    ),
  });
}

/** The scenario of a side that has a row in every row of the join. */
function presentScenario(kind: Join["join"], candidates: readonly Expr[]): Expr {
  const [first, second] = candidates;
  if (first === undefined) throw new Error("a join in no scenario");
  if (second === undefined || kind === "inner" || kind === "leftouter") return first;
  if (kind === "rightouter") return second;
  return { kind: "call", name: "coalesce", args: [first, second], type: "int", span: first.span };
}

function withHidden(
  rel: Rel,
  columns: readonly JoinColumn[],
  hidden: { scenario: Expr; lineage: Expr },
): Rel {
  const { span } = rel;
  const items: readonly Item[] = [
    ...keep(columns, span),
    { name: scenarioColumn.name, expr: hidden.scenario },
    { name: lineageColumn.name, expr: hidden.lineage },
  ];
  return { kind: "project", input: rel, items, span };
}

/** `leftsemi`: an inner join with the right side's keys, each once, which brings the lineage of what matched. */
function semi(join: Join, left: Isolated, right: Isolated): Rel {
  const { span } = join;
  if (!right.scoped) {
    return {
      ...join,
      left: left.rel,
      right: right.rel,
      columns: [...join.columns, ...hiddenColumns("left")],
    };
  }
  const types = new Map(columnsOf(right.rel).map(({ name, type }) => [name, type]));
  const names = [...new Set(join.on.map((key) => key.right))];
  const keys = [...names, scenarioColumn.name].map((name): Item => ({
    name,
    expr: columnRef({ name, type: types.get(name) ?? "dynamic" }, span),
  }));
  const matches: Rel = {
    kind: "aggregate",
    input: right.rel,
    keys,
    items: [{ name: lineageColumn.name, expr: gatherLineage(span) }],
    span,
  };
  return matching({ ...join, join: "inner" }, left, { rel: matches, scoped: true });
}

/** `leftanti` and `rightanti`: nothing matched, so the lineage is the row's own. */
function anti(join: Join, left: Isolated, right: Isolated): Rel {
  const both = left.scoped && right.scoped;
  const side = join.join === "leftanti" ? "left" : "right";
  return {
    ...join,
    left: left.rel,
    right: right.rel,
    on: both ? [...join.on, scenarioKey] : join.on,
    columns: [
      ...join.columns,
      { ...scenarioColumn, side, column: scenarioColumn.name },
      { ...lineageColumn, side, column: lineageColumn.name },
    ],
  };
}

/** `join` with its sides exchanged: `rightsemi` is then `leftsemi`. */
function mirror(join: Join): Join {
  return {
    ...join,
    join: "leftsemi",
    left: join.right,
    right: join.left,
    on: join.on.map(({ left, right, nullsMatch }) => ({ left: right, right: left, nullsMatch })),
    columns: join.columns.map((column) => ({
      ...column,
      side: column.side === "left" ? "right" : "left",
    })),
  };
}
