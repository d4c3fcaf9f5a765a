import { suggestion } from "../../base/text.ts";
import type { VariableValue } from "../model/types.ts";
import type { Variables } from "./scope.ts";

/** What a variable must be: one value, one of several, or none of them. */
export type Wanted = Choice | { readonly not: Choice };
type Choice = VariableValue | readonly VariableValue[];

/** What the variables of a case must be; all of it holds. */
export type Condition = Readonly<Record<string, Wanted>>;

/** Whether `value` of the variable `name` is the `choice`. */
type Same = (name: string, value: VariableValue, choice: VariableValue) => boolean;

/** Whether a case with `values` is meant. A variable that it does not have is never what is wanted. */
export function meets(
  values: Variables,
  condition: Condition,
  same: Same = (_, value, choice) => value === choice,
): boolean {
  return Object.entries(condition).every(([name, wanted]) => {
    const value = values.get(name);
    if (value === undefined) return false;
    const { choices, negated } = choicesOf(wanted);
    return choices.some((choice) => same(name, value, choice)) !== negated;
  });
}

function choicesOf(wanted: Wanted): {
  readonly choices: readonly VariableValue[];
  readonly negated: boolean;
} {
  if (wanted !== null && typeof wanted === "object" && "not" in wanted) {
    return { choices: [wanted.not].flat(), negated: true };
  }
  return { choices: [wanted].flat(), negated: false };
}

/** Something in a condition that no case could ever be. */
export interface ConditionMistake {
  readonly kind: "variable" | "value";
  /** The variable's name. */
  readonly key: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What `condition` names that `domains`, the values of each variable, does not hold: a condition that is spelled wrong would silently mean nothing. */
export function conditionMistakes(
  condition: Condition,
  domains: ReadonlyMap<string, ReadonlySet<VariableValue>>,
): readonly ConditionMistake[] {
  return Object.entries(condition).flatMap(([key, wanted]): readonly ConditionMistake[] => {
    const domain = domains.get(key);
    if (domain === undefined) {
      const message = `no case has a variable \`${key}\``;
      return [{ kind: "variable", key, message, hint: suggestion(key, [...domains.keys()]) }];
    }
    return choicesOf(wanted)
      .choices.filter((value) => !domain.has(value))
      .map((value) => ({
        kind: "value",
        key,
        message: `\`${key}\` is never ${describeValue(value)}`,
        hint: suggestion(String(value), [...domain].map(String)),
      }));
  });
}

/** A value in a message; the text `1` and the number are not the same. */
function describeValue(value: VariableValue): string {
  return typeof value === "string" ? `\`${value}\`` : `the ${typeof value} \`${value}\``;
}

/** Every value that each variable has in one of `cases`. */
export function domainsOf(
  cases: Iterable<Variables>,
): ReadonlyMap<string, ReadonlySet<VariableValue>> {
  const domains = new Map<string, Set<VariableValue>>();
  for (const values of cases) {
    for (const [name, value] of values) {
      const domain = domains.get(name);
      if (domain === undefined) domains.set(name, new Set([value]));
      else domain.add(value);
    }
  }
  return domains;
}
