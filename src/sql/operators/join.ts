import { columnsOf } from "../../plan/ir/columns.ts";
import type { Join, JoinKey, JoinKind, Rel } from "../../plan/ir/types.ts";
import { columnName } from "../text/identifiers.ts";
import type { SqlContext } from "../types.ts";

const joinWords: Readonly<Record<JoinKind, string>> = {
  inner: "JOIN",
  leftouter: "LEFT JOIN",
  rightouter: "RIGHT JOIN",
  fullouter: "FULL JOIN",
  leftsemi: "SEMI JOIN",
  leftanti: "ANTI JOIN",
  // The right side's own rows: the two sides change places.
  rightsemi: "SEMI JOIN",
  rightanti: "ANTI JOIN",
};

interface Sides {
  readonly left: string;
  readonly right: string;
  readonly context: SqlContext;
}

/** A join of the subqueries `left AS l` and `right AS r`. */
export function joinSql(join: Join, { left, right, context }: Sides): string {
  const turned = join.join === "rightsemi" || join.join === "rightanti";
  const list = join.columns.map(({ name, side, column, type }) => {
    const source = `${side === "left" ? "l" : "r"}.${columnName(column, context)}`;
    // A side without a match has nulls, and a string is never null.
    const value =
      type === "string" && mayLackMatch(join.join, side) ? `coalesce(${source}, '')` : source;
    return `${value} AS ${columnName(name, context)}`;
  });
  const [first, second] = turned ? [right, left] : [left, right];
  const select = `SELECT ${list.length === 0 ? "1" : list.join(", ")} FROM ${first}`;
  if (join.on.length === 0) {
    return join.join === "inner"
      ? `${select} CROSS JOIN ${second}`
      : `${select} ${joinWords[join.join]} ${second} ON true`;
  }
  const on = join.on.map((key) => keySql(key, join, context)).join(" AND ");
  return `${select} ${joinWords[join.join]} ${second} ON ${on}`;
}

function mayLackMatch(kind: JoinKind, side: "left" | "right"): boolean {
  if (kind === "fullouter") return true;
  return side === "right" ? kind === "leftouter" : kind === "rightouter";
}

function keySql(key: JoinKey, join: Join, context: SqlContext): string {
  const left = `l.${columnName(key.left, context)}`;
  const right = `r.${columnName(key.right, context)}`;
  const nullable = key.nullsMatch && !isString(join.left, key.left);
  return nullable ? `${left} IS NOT DISTINCT FROM ${right}` : `${left} = ${right}`;
}

function isString(rel: Rel, name: string): boolean {
  return columnsOf(rel).some((column) => column.name === name && column.type === "string");
}
