import { kid, pickOf, saysYes, type Choice } from "./choice.ts";
import { exprText, plainTypes } from "./expressions.ts";
import type { Grown, Scope } from "./scope.ts";

/** A table of the catalog or a `let`, or rows that the query writes itself. */
export function sourceOf(choice: Choice, scope: Scope): Grown {
  const { name, columns } = pickOf(scope.tables, choice);
  if (!saysYes(kid(choice, 0), 3)) return { text: name, columns };
  return pickOf([range, print, datatable], kid(choice, 1))(kid(choice, 2), {
    ...scope,
    columns: [],
  });
}

function range(choice: Choice): Grown {
  const [type, bounds] = pickOf(
    [
      ["long", "1 to 5 step 2"],
      ["datetime", "datetime(2025-01-15) to datetime(2025-01-16) step 7h"],
      ["real", "0.0 to 2.0 step 0.5"],
      ["timespan", "0h to 3h step 1h"],
    ] as const,
    choice,
  );
  return { text: `range r from ${bounds}`, columns: [{ name: "r", type }] };
}

function print(choice: Choice, scope: Scope): Grown {
  const type = pickOf(plainTypes, choice);
  const text = `print x = ${exprText(type, kid(choice, 0), scope)}, y = ${exprText("string", kid(choice, 1), scope)}`;
  return { text, columns: [{ name: "x", type }, { name: "y", type: "string" }] }; // oxfmt-ignore
}

function datatable(): Grown {
  return {
    text: "datatable(Name:string, n:long, ['odd name']:real) ['cmd.exe', 1, 0.5, 'a', long(null), real(null), '', 3, -1]",
    columns: [
      { name: "Name", type: "string" },
      { name: "n", type: "long" },
      { name: "odd name", type: "real" },
    ],
  };
}
