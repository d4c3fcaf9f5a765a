import type { Column } from "../../src/schema/types.ts";
import { kid, pickOf, saysYes, type Choice } from "./choice.ts";
import { nameText, unchanged, uniqueName, type Grown, type Operator, type Scope } from "./scope.ts";

type Pipeline = (choice: Choice, scope: Scope) => Grown;

/** Operators that read a second table, which `pipeline` grows. */
export function joinOperators(pipeline: Pipeline): readonly Operator[] {
  return [
    (choice, scope) => join(choice, scope, pipeline(kid(choice, 0), scope)),
    (choice, scope) => lookup(choice, scope, pipeline(kid(choice, 0), scope)),
    (choice, scope) => union(choice, scope, pipeline(kid(choice, 0), scope)),
    (choice, scope) => join(choice, scope, pipeline(kid(choice, 0), scope)),
  ];
}

const joinKinds = [
  "inner",
  "leftouter",
  "rightouter",
  "fullouter",
  "leftsemi",
  "leftanti",
  "rightsemi",
  "rightanti",
] as const;

/** A column of each side with one type, or undefined where none fits. */
function keyPair(
  choice: Choice,
  left: readonly Column[],
  right: readonly Column[],
): readonly [Column, Column] | undefined {
  const pairs = left.flatMap((one) =>
    right
      .filter(({ type }) => type === one.type && type !== "dynamic")
      .map((other) => [one, other] as const),
  );
  const shared = pairs.filter(([one, other]) => one.name === other.name);
  const list = [...shared, ...shared, ...pairs];
  return list.length === 0 ? undefined : pickOf(list, choice);
}

function onText([left, right]: readonly [Column, Column]): string {
  return left.name === right.name
    ? nameText(left.name)
    : `$left.${nameText(left.name)} == $right.${nameText(right.name)}`;
}

/** `left` and then `right`, of which a name that is taken gets a number. */
function besides(left: readonly Column[], right: readonly Column[]): readonly Column[] {
  const clashing = new Set(left.map(({ name }) => name));
  const taken = new Set([...left, ...right].map(({ name }) => name));
  const renamed = right.map(({ name, type }): Column => {
    const unique = clashing.has(name) ? uniqueName(name, taken) : name;
    taken.add(unique);
    return { name: unique, type };
  });
  return [...left, ...renamed];
}

function join(choice: Choice, scope: Scope, right: Grown): Grown {
  const pair = keyPair(kid(choice, 1), scope.columns, right.columns);
  if (pair === undefined) return unchanged(scope);
  if (saysYes(kid(choice, 2), 7)) return joinUnique(pair, right);
  const kind = pickOf(joinKinds, choice);
  const text = `join kind=${kind} (${right.text}) on ${onText(pair)}`;
  if (kind === "leftsemi" || kind === "leftanti") return { text, columns: scope.columns };
  if (kind === "rightsemi" || kind === "rightanti") return { text, columns: right.columns };
  return { text, columns: besides(scope.columns, right.columns) };
}

/** The default kind keeps any row of each key; with the keys alone there is no choice. */
function joinUnique(pair: readonly [Column, Column], right: Grown): Grown {
  const text = `project ${nameText(pair[0].name)} | join (${right.text}) on ${onText(pair)}`;
  return { text, columns: besides([pair[0]], right.columns) };
}

function lookup(choice: Choice, scope: Scope, right: Grown): Grown {
  const pair = keyPair(kid(choice, 1), scope.columns, right.columns);
  if (pair === undefined) return unchanged(scope);
  const kind = pickOf(["leftouter", "inner"], choice);
  const rest = right.columns.filter(({ name }) => name !== pair[1].name);
  return {
    text: `lookup kind=${kind} (${right.text}) on ${onText(pair)}`,
    columns: besides(scope.columns, rest),
  };
}

/** Columns of one name and two types become two, which are called by name and type. */
function union(choice: Choice, scope: Scope, other: Grown): Grown {
  const all = [...scope.columns, ...other.columns];
  const clashes = new Set(
    scope.columns
      .filter(({ name, type }) =>
        other.columns.some((each) => each.name === name && each.type !== type),
      )
      .map(({ name }) => name),
  );
  const text = `union ${saysYes(choice, 4) ? "withsource=src " : ""}(${other.text})`;
  const columns = new Map<string, Column>();
  if (text.includes("withsource")) columns.set("src", { name: "src", type: "string" });
  for (const { name } of all) {
    for (const column of all.filter((each) => each.name === name)) {
      const own = clashes.has(name) ? `${name}_${column.type}` : name;
      columns.set(own, { name: own, type: column.type });
    }
  }
  return { text, columns: [...columns.values()] };
}
