import type { Column, KqlType } from "../../src/schema/types.ts";
import { kid, pickOf, type Choice } from "./choice.ts";
import { exprText, fill } from "./expressions.ts";
import {
  nameText,
  totalOrder,
  unchanged,
  withColumns,
  type Grown,
  type Operator,
  type Scope,
} from "./scope.ts";

/** Operators that look at more than one row, each behind an order that says which row comes before which. */
export const sequenceOperators: readonly Operator[] = [windows, partition, topNested, mvApply];

/** What a window function gives, and its text; `[column]` stands for a column of that type. */
// oxfmt-ignore
const windowFunctions: readonly (readonly [KqlType, string])[] = [
  ["long", "row_number()"],
  ["string", "prev([column])"],
  ["long", "next([column], 1, -1)"],
  ["long", "row_cumsum(<long>)"],
  ["long", "row_number(1, <bool>)"],
  ["datetime", "prev([column], 2)"],
  ["real", "row_cumsum(<real>, <bool>)"],
  ["long", "row_rank_dense([column])"],
  ["bool", "prev([column])"],
];

function windows(choice: Choice, scope: Scope): Grown {
  const [type, template] = pickOf(windowFunctions, choice);
  const columns = scope.columns.filter((column) => column.type === type);
  if (columns.length === 0 && template.includes("[column]")) return unchanged(scope);
  const text = template.includes("[column]")
    ? template.replace("[column]", nameText(pickOf(columns, kid(choice, 0)).name))
    : fill(template, choice, scope);
  return {
    text: `sort by ${totalOrder(scope)} | extend w = ${text}`,
    columns: withColumns(scope.columns, [{ name: "w", type }]),
  };
}

function partition(choice: Choice, scope: Scope): Grown {
  const keys = scope.columns.filter(({ type }) => type === "string" || type === "long");
  if (keys.length === 0) return unchanged(scope);
  const key = nameText(pickOf(keys, choice).name);
  const body = pickOf(
    [
      `sort by ${totalOrder(scope)} | take 1`,
      `where ${exprText("bool", kid(choice, 0), scope)}`,
      `extend w = ${exprText("string", kid(choice, 0), scope)}`,
    ],
    kid(choice, 1),
  );
  const added: readonly Column[] = body.startsWith("extend") ? [{ name: "w", type: "string" }] : [];
  return {
    text: `partition hint.strategy=native by ${key} (${body})`,
    columns: withColumns(scope.columns, added),
  };
}

/** All values of a level, as which of them are the first is not sure where they tie. */
function topNested(choice: Choice, scope: Scope): Grown {
  const keys = scope.columns.filter(({ type }) => type === "string" || type === "long");
  if (keys.length === 0) return unchanged(scope);
  const key = pickOf(keys, choice);
  return {
    text: `top-nested of ${nameText(key.name)} by b = sum(${exprText("long", kid(choice, 0), scope)})`,
    columns: [key, { name: "b", type: "real" }],
  };
}

function mvApply(choice: Choice, scope: Scope): Grown {
  const value = exprText("dynamic", kid(choice, 0), scope);
  const inner = { ...scope, columns: withColumns(scope.columns, [{ name: "e", type: "string" }]) };
  const [body, type] = pickOf(
    [
      [`where ${exprText("bool", kid(choice, 1), inner)}`, "string"],
      ["summarize e = count()", "long"],
      ["summarize e = make_list(e)", "dynamic"],
      [`extend e = ${exprText("long", kid(choice, 1), inner)}`, "long"],
      ["where e != 'a' | summarize e = max(e), m = dcount(e)", "string"],
    ] as const,
    choice,
  );
  const added: Column[] = [
    { name: "e", type },
    ...(body.includes("m = ") ? [{ name: "m", type: "long" } as const] : []),
  ];
  return {
    text: `mv-apply e = ${value} to typeof(string) on (${body})`,
    columns: withColumns(scope.columns, added),
  };
}
