import type { Column, KqlType } from "../../src/schema/types.ts";
import { kid, pickOf, saysYes, type Choice } from "./choice.ts";
import { exprText } from "./expressions.ts";
import {
  nameText,
  newNames,
  someColumns,
  unchanged,
  withColumns,
  type Grown,
  type Operator,
  type Scope,
} from "./scope.ts";

/** Operators that look at one row at a time. */
export const rowOperators: readonly Operator[] = [
  where,
  extend,
  project,
  extend,
  projectAway,
  projectRename,
  projectReorder,
  mvExpand,
  parse,
];

function where(choice: Choice, scope: Scope): Grown {
  return { text: `where ${exprText("bool", choice, scope)}`, columns: scope.columns };
}

/** `name = expression` for each child of `choice`, names given once. */
function items(choice: Choice, scope: Scope): readonly (Column & { readonly text: string })[] {
  const list = (choice.kids.length === 0 ? [choice] : choice.kids.slice(0, 3)).map(
    (each, index) => {
      const type = pickOf(Object.keys(typeOrder) as KqlType[], each);
      const name = pickOf(newNames, { ...each, pick: each.pick + index });
      return { name, type, text: `${nameText(name)} = ${exprText(type, each, scope)}` };
    },
  );
  return [...new Map(list.map((item) => [item.name, item])).values()];
}

/** The types by how soon a shrunk query should come to them. */
const typeOrder: Readonly<Record<KqlType, true>> = {
  string: true,
  long: true,
  bool: true,
  datetime: true,
  dynamic: true,
  real: true,
  timespan: true,
  int: true,
  decimal: true,
  guid: true,
};

function extend(choice: Choice, scope: Scope): Grown {
  const added = items(choice, scope);
  return {
    text: `extend ${added.map(({ text }) => text).join(", ")}`,
    columns: withColumns(scope.columns, added),
  };
}

function project(choice: Choice, scope: Scope): Grown {
  const kept = someColumns(choice, scope.columns);
  const names = new Set(kept.map(({ name }) => name));
  const made = items(kid(choice, 0), scope).filter(({ name }) => !names.has(name));
  const texts = [...kept.map(({ name }) => nameText(name)), ...made.map(({ text }) => text)];
  return { text: `project ${texts.join(", ")}`, columns: [...kept, ...made] };
}

function projectAway(choice: Choice, scope: Scope): Grown {
  const { columns } = scope;
  const gone = someColumns(choice, columns).slice(0, 2);
  if (gone.length === columns.length) return unchanged(scope);
  return {
    text: `project-away ${gone.map(({ name }) => nameText(name)).join(", ")}`,
    columns: columns.filter((column) => !gone.includes(column)),
  };
}

function projectRename(choice: Choice, scope: Scope): Grown {
  const { columns } = scope;
  const old = pickOf(columns, choice);
  const name = pickOf(newNames, kid(choice, 0));
  if (columns.some((column) => column.name === name)) return unchanged(scope);
  return {
    text: `project-rename ${nameText(name)} = ${nameText(old.name)}`,
    columns: columns.map((column) => (column === old ? { ...old, name } : column)),
  };
}

function projectReorder(choice: Choice, { columns }: Scope): Grown {
  const first = someColumns(choice, columns);
  return {
    text: `project-reorder ${first.map(({ name }) => nameText(name)).join(", ")}`,
    columns: [...first, ...columns.filter((column) => !first.includes(column))],
  };
}

function mvExpand(choice: Choice, scope: Scope): Grown {
  const value = exprText("dynamic", kid(choice, 0), scope);
  const [to, type] = pickOf(
    [
      ["", "dynamic"],
      [" to typeof(string)", "string"],
      [" to typeof(long)", "long"],
    ] as const,
    kid(choice, 1),
  );
  const index = saysYes(choice, 3) ? "with_itemindex=at " : "";
  const added: Column[] = [
    { name: "v", type },
    ...(index === "" ? [] : [{ name: "at", type: "long" } as const]),
  ];
  return {
    text: `mv-expand ${index}v = ${value}${to}`,
    columns: withColumns(scope.columns, added),
  };
}

function parse(choice: Choice, scope: Scope): Grown {
  const taken = new Set(scope.columns.map(({ name }) => name));
  if (taken.has("p") || taken.has("q")) return unchanged(scope);
  const [pattern, types] = pickOf(
    [
      ["* '.' p", ["string"]],
      ["p 'e' q:long *", ["string", "long"]],
      ["'a' p:real 'b' q", ["real", "string"]],
      ["p ' ' q ' ' *", ["string", "string"]],
      ["* '=' p:int '&' *", ["int"]],
    ] as const,
    kid(choice, 1),
  );
  const keyword = pickOf(["parse", "parse-where"], kid(choice, 2));
  const added = types.map((type, index) => ({ name: index === 0 ? "p" : "q", type }));
  return {
    text: `${keyword} ${exprText("string", kid(choice, 0), scope)} with ${pattern}`,
    columns: withColumns(scope.columns, added),
  };
}
