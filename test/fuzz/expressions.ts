import type { KqlType } from "../../src/schema/types.ts";
import { further, kid, pickOf, saysYes, type Choice } from "./choice.ts";
import { constants, generic, literals, productions } from "./grammar.ts";
import { nameText, type LetFunction, type NamedTable, type Scope } from "./scope.ts";

const types = Object.keys(productions) as readonly KqlType[];

/** Types of values that can be compared, grouped by and sorted. */
export const plainTypes: readonly KqlType[] = types.filter((type) => type !== "dynamic");

/** An expression of `type` over the columns of `scope`. */
export function exprText(type: KqlType, choice: Choice, scope: Scope): string {
  if (choice.kids.length === 0) return leafText(type, choice, scope);
  const functions = scope.functions.filter(({ gives }) => gives === type);
  const [head, rest] = [kid(choice, 0), further(choice)];
  if (functions.length > 0 && saysYes(head, 4))
    return callText(pickOf(functions, choice), rest, scope);
  if (saysYes(head, 9)) return nestedText(type, rest, scope);
  const template = saysYes(head, 7) ? pickOf(generic, choice) : pickOf(productions[type], choice);
  return `(${fill(template.replaceAll("<each>", `<${type}>`), rest, scope)})`;
}

/** What nests to any depth, by type: `#` is the value inside. */
const wrappers: Partial<Readonly<Record<KqlType, readonly string[]>>> = {
  long: ["(# + <long>)", "(# - 3)", "(# * <int>)", "(<long> % #)", "bin(#, 3)", "abs(#)", "(-#)", "tolong(tostring(#))"], // oxfmt-ignore
  string: ["strcat(#, 'a')", "substring(#, 1)", "coalesce(#, <string>)", "toupper(#)", "tostring(split(#, 'm')[0])"], // oxfmt-ignore
  real: ["(# + 0.5)", "round(#, 1)", "todouble(tostring(#))", "(# / <real>)"],
  datetime: ["(# + 1h)", "startofday(#)", "datetime_add('month', 1, #)", "endofweek(#)"],
  bool: ["not(#)", "(# == <bool>)", "(# or <bool>)", "isnull(#)"],
};

/** Ten to twenty expressions inside one another. */
function nestedText(type: KqlType, choice: Choice, scope: Scope): string {
  const known = wrappers[type];
  const inner = exprText(type, kid(choice, 0), scope);
  if (known === undefined) return inner;
  const outer = Array.from({ length: 10 + (choice.pick % 10) }, (_, level) => {
    const own = { pick: kid(choice, level % 3).pick + level, kids: [] };
    return fill(pickOf(known, own), own, scope);
  });
  return outer.reduce((text, wrapper) => wrapper.replace("#", () => text), inner);
}

function callText({ name, takes }: LetFunction, choice: Choice, scope: Scope): string {
  return `${name}(${takes.map((type, index) => exprText(type, kid(choice, index), scope)).join(", ")})`;
}

/** A column of `type`, a scalar that a `let` names, or a constant. */
function leafText(type: KqlType, choice: Choice, scope: Scope): string {
  const names = [...scope.columns, ...scope.scalars]
    .filter((column) => column.type === type)
    .map(({ name }) => nameText(name));
  // Columns are worth more than constants: they are named thrice.
  const text = pickOf([...names, ...names, ...names, ...literals[type]], choice);
  return scope.constants === "opaque" && literals[type].includes(text) ? opaque[type](text) : text;
}

/** A constant as an expression of the same value and type, which no rule for constants applies to. */
const opaque: Readonly<Record<KqlType, (text: string) => string>> = {
  bool: (text) => `iff(now() > ago(1d), ${text}, bool(null))`,
  int: (text) => `iff(now() > ago(1d), ${text}, int(null))`,
  long: (text) => `iff(now() > ago(1d), ${text}, long(null))`,
  real: (text) => `iff(now() > ago(1d), ${text}, real(null))`,
  decimal: (text) => `iff(now() > ago(1d), ${text}, decimal(null))`,
  datetime: (text) => `iff(now() > ago(1d), ${text}, datetime(null))`,
  timespan: (text) => `iff(now() > ago(1d), ${text}, timespan(null))`,
  guid: (text) => `iff(now() > ago(1d), ${text}, guid(null))`,
  string: (text) => `strcat(${text}, '')`,
  dynamic: (text) => `iff(now() > ago(1d), ${text}, dynamic(null))`,
};

/** Subqueries with one column, by the name of their place in a template. One that is to be a scalar has one row. */
const subqueries: Readonly<Record<string, { readonly type: KqlType; readonly one: boolean }>> = {
  texts: { type: "string", one: false },
  longs: { type: "long", one: false },
  maxtext: { type: "string", one: true },
  maxlong: { type: "long", one: true },
  maxreal: { type: "real", one: true },
  maxtime: { type: "datetime", one: true },
};

/** `template` with every place in it filled. */
export function fill(template: string, choice: Choice, scope: Scope): string {
  let place = 0;
  return template.replaceAll(
    /<([a-z]+)>|\{([a-z]+)\}/g,
    (whole, hole?: string, constant?: string) => {
      const own = kid(choice, place++);
      if (constant !== undefined) return pickOf(constants[constant as keyof typeof constants], own);
      if (hole === "any") return exprText(pickOf(plainTypes, own), kid(own, 0), scope);
      if (hole === "list") return listText(own);
      if (hole !== undefined && hole in subqueries) return subqueryText(hole, own, scope);
      if (!types.includes(hole as KqlType)) return whole;
      return exprText(hole as KqlType, own, scope);
    },
  );
}

function listText(choice: Choice): string {
  const items = [choice, ...choice.kids].map((each) => pickOf(constants.text, each));
  return `dynamic([${items.join(", ").replaceAll("'", '"')}])`;
}

function subqueryText(hole: string, choice: Choice, scope: Scope): string {
  const { type, one } = subqueries[hole] ?? { type: "string", one: true };
  const table = pickOf(scope.tables, choice);
  const inner: Scope = { ...scope, columns: table.columns };
  const value = exprText(type, kid(choice, 0), inner);
  const where = exprText("bool", kid(choice, 1), inner);
  const filter = choice.kids.length > 1 ? ` | where ${where}` : "";
  return `${table.name}${filter}${withoutText(table, choice, scope)} | ${one ? `summarize v = max(${value})` : `project v = ${value}`}`;
}

/** Leaves out of a subquery the rows that another table has, too: a join inside of what depends on the row around it. */
function withoutText(table: NamedTable, choice: Choice, scope: Scope): string {
  if (!saysYes(kid(choice, 2), 3)) return "";
  const other = pickOf(scope.tables, kid(choice, 2));
  const key = table.columns.find(({ name, type }) =>
    other.columns.some((column) => column.name === name && column.type === type),
  );
  if (key === undefined || key.type === "dynamic") return "";
  const name = nameText(key.name);
  return ` | join kind=leftanti (${other.name} | distinct ${name}) on ${name}`;
}
