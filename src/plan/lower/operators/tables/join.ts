import {
  elementsOf,
  kindOf,
  nameOf,
  parameterText,
  present,
  type Expression,
} from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import type { Lowering } from "../../lowering.ts";
import { withColumns } from "../../tables/missing-fixtures.ts";
import { uniqueNames } from "../../../ir/unique-names.ts";
import type { JoinColumn, JoinKey, JoinKind, Limit, Rel } from "../../../ir/types.ts";

/** Every spelling of a join's kind. `innerunique` is the default. */
const joinKinds: Readonly<Record<string, JoinKind | "innerunique">> = {
  innerunique: "innerunique",
  inner: "inner",
  leftouter: "leftouter",
  rightouter: "rightouter",
  fullouter: "fullouter",
  leftsemi: "leftsemi",
  rightsemi: "rightsemi",
  leftanti: "leftanti",
  anti: "leftanti",
  leftantisemi: "leftanti",
  rightanti: "rightanti",
  rightantisemi: "rightanti",
};

export function planJoin(
  node: Kusto.Language.Syntax.JoinOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const written = parameterText(node.Parameters, "kind") ?? "innerunique";
  const kind = joinKinds[written.toLowerCase()];
  if (kind === undefined) {
    return lowering.refuse(node, {
      code: "KT0214",
      message: `join kind \`${written}\` is unknown`,
    });
  }
  const on = planKeys(node.ConditionClause, lowering);
  const sides = withKeys({ left: input, right: lowering.rel(present(node.Expression)) }, on);
  const { right } = sides;
  const span = lowering.span(node);
  const left = kind === "innerunique" ? firstOfEachKey(sides.left, on, span) : sides.left;
  const join = kind === "innerunique" ? "inner" : kind;
  const columns = joinColumns(join, { left, right });
  return { kind: "join", join, left, right, on, columns, span };
}

/** The pairs of columns in an `on` clause. */
export function planKeys(
  clause: Kusto.Language.Syntax.JoinConditionClause | null,
  lowering: Lowering,
): readonly JoinKey[] {
  if (clause === null) return [];
  if (kindOf(clause) !== "JoinOnClause") {
    return lowering.refuse(clause, {
      code: "KT0215",
      message: "a join by `where` has no translation",
      hint: "join `on` columns and filter behind the join",
    });
  }
  const { Expressions } = clause as Kusto.Language.Syntax.JoinOnClause;
  return elementsOf(Expressions).flatMap((expression) => planKey(expression, lowering));
}

function planKey(node: Expression, lowering: Lowering): readonly JoinKey[] {
  switch (kindOf(node)) {
    case "NameReference": {
      const name = nameOf(node);
      return [{ left: name, right: name, nullsMatch: true }];
    }
    case "ParenthesizedExpression":
      return planKey(
        present((node as Kusto.Language.Syntax.ParenthesizedExpression).Expression),
        lowering,
      );
    case "AndExpression": {
      const { Left, Right } = node as Kusto.Language.Syntax.BinaryExpression;
      return [Left, Right].flatMap((side) => planKey(present(side), lowering));
    }
    case "EqualExpression": {
      const { Left, Right } = node as Kusto.Language.Syntax.BinaryExpression;
      const sides = [sideOf(present(Left), lowering), sideOf(present(Right), lowering)];
      const left = sides.find((side) => side.side === "$left");
      const right = sides.find((side) => side.side === "$right");
      if (left !== undefined && right !== undefined) {
        return [{ left: left.column, right: right.column, nullsMatch: true }];
      }
      return refuseKey(node, lowering);
    }
    default:
      return refuseKey(node, lowering);
  }
}

function refuseKey(node: Expression, lowering: Lowering): never {
  return lowering.refuse(node, {
    code: "KT0216",
    message: "a join key must be a column or `$left.a == $right.b`",
  });
}

function sideOf(node: Expression, lowering: Lowering): { side: string; column: string } {
  if (kindOf(node) !== "PathExpression") return refuseKey(node, lowering);
  const { Expression, Selector } = node as Kusto.Language.Syntax.PathExpression;
  return { side: nameOf(present(Expression)), column: nameOf(present(Selector)) };
}

/** `innerunique`: one row of the left side for each value of the key. */
function firstOfEachKey(input: Rel, on: readonly JoinKey[], span: Limit["span"]): Limit {
  return {
    kind: "limit",
    anyRows: true,
    input,
    count: { kind: "literal", type: "long", value: "1", span },
    keys: [],
    partitionBy: on.map((key) => key.left),
    span,
  };
}

/** Both sides with the keys that only an open table could have: null, of the other side's type. */
export function withKeys(
  { left, right }: { left: Rel; right: Rel },
  on: readonly JoinKey[],
): { readonly left: Rel; readonly right: Rel } {
  const typeIn = (rel: Rel, name: string): Column["type"] =>
    columnsOf(rel).find((column) => column.name === name)?.type ?? "string";
  return {
    left: withColumns(
      left,
      on.map((key) => ({ name: key.left, type: typeIn(right, key.right) })),
    ),
    right: withColumns(
      right,
      on.map((key) => ({ name: key.right, type: typeIn(left, key.left) })),
    ),
  };
}

/** Output columns of a join: the left's, then the right's, numbered where they clash. */
export function joinColumns(
  join: JoinKind,
  { left, right }: { left: Rel; right: Rel },
): readonly JoinColumn[] {
  const sides: readonly (readonly [JoinColumn["side"], Rel])[] =
    join === "leftsemi" || join === "leftanti"
      ? [["left", left]]
      : join === "rightsemi" || join === "rightanti"
        ? [["right", right]]
        : [
            ["left", left],
            ["right", right],
          ];
  const sources = sides.flatMap(([side, rel]) =>
    columnsOf(rel).map((column) => ({ side, column: column.name, type: column.type })),
  );
  const names = uniqueNames(sources.map(({ column }) => column));
  return sources.map((source, index) => ({ ...source, name: names[index] ?? source.column }));
}
