import type { Column } from "../../src/schema/types.ts";
import { kid, pickOf, saysYes, type Choice } from "./choice.ts";
import { exprText, fill, plainTypes } from "./expressions.ts";
import { aggregates } from "./grammar.ts";
import {
  nameText,
  someColumns,
  totalOrder,
  unchanged,
  uniqueName,
  type Grown,
  type Operator,
  type Scope,
} from "./scope.ts";

/** Operators that group rows, or choose among them. */
export const groupOperators: readonly Operator[] = [
  count,
  distinct,
  take,
  summarize,
  summarize,
  makeSeries,
];

/** The columns of `scope` that can be compared; not all of them. */
function keys(choice: Choice, scope: Scope): readonly Column[] {
  const plain = scope.columns.filter(({ type }) => type !== "dynamic");
  return plain.length === 0 ? [] : someColumns(choice, plain).slice(0, 3);
}

function distinct(choice: Choice, scope: Scope): Grown {
  const columns = keys(choice, scope);
  if (columns.length === 0) return unchanged(scope);
  return { text: `distinct ${columns.map(({ name }) => nameText(name)).join(", ")}`, columns };
}

function count(): Grown {
  return { text: "count", columns: [{ name: "Count", type: "long" }] };
}

function take(choice: Choice, scope: Scope): Grown {
  const text = pickOf(
    [
      `sort by ${totalOrder(scope)} | take 3`,
      `top 2 by strcat_delim('|', '', ${scope.columns.map(({ name }) => nameText(name)).join(", ")})`,
      `sort by ${totalOrder(scope)}`,
    ],
    choice,
  );
  return { text, columns: scope.columns };
}

function summarize(choice: Choice, scope: Scope): Grown {
  const by = saysYes(choice, 3) ? [] : groupKeys(choice, scope);
  const taken = new Set(by.map(({ name }) => name));
  const made = choice.kids.slice(0, 3).map((each, index) => {
    const [type, template] = pickOf(aggregates, each);
    const name = uniqueName(`a${index}_`, taken);
    return { name, type, text: `${name} = ${fill(template, each, scope)}` };
  });
  if (made.length === 0 && by.length === 0) return count();
  const keyText = by.length === 0 ? "" : ` by ${by.map(({ text }) => text).join(", ")}`;
  return {
    text: `summarize ${made.map(({ text }) => text).join(", ")}${keyText}`,
    columns: [...by, ...made],
  };
}

function groupKeys(choice: Choice, scope: Scope): readonly (Column & { readonly text: string })[] {
  const plain = keys(choice, scope).map((column) => ({ ...column, text: nameText(column.name) }));
  if (!saysYes(kid(choice, 3), 3)) return plain;
  const type = pickOf(plainTypes, kid(choice, 3));
  const binned = { name: "k", type, text: `k = ${exprText(type, kid(choice, 4), scope)}` };
  return [...plain.slice(0, 1), binned];
}

function makeSeries(choice: Choice, scope: Scope): Grown {
  const by = keys(choice, scope).slice(0, 1);
  const on = exprText("datetime", kid(choice, 0), scope);
  const value = exprText("long", kid(choice, 1), scope);
  const byText = by.length === 0 ? "" : ` by ${by.map(({ name }) => nameText(name)).join(", ")}`;
  return {
    text: `make-series n = count(), s = sum(${value}) default = 0 on t = ${on} from datetime(2025-01-15) to datetime(2025-01-16) step 6h${byText}`,
    columns: [
      ...by,
      { name: "n", type: "dynamic" },
      { name: "s", type: "dynamic" },
      { name: "t", type: "dynamic" },
    ],
  };
}
