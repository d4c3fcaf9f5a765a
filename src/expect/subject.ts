import { wildcard } from "../base/text.ts";
import { fileIdOf } from "../scenario/expand/case-name.ts";
import { meets, type Condition } from "../scenario/expand/condition.ts";
import type { Variables } from "../scenario/expand/scope.ts";
import type { Scenario, Truth } from "../scenario/model/types.ts";

/** A scenario as far as expectations can tell it from others. */
export interface Subject {
  readonly id: string;
  readonly variables: Variables;
  /** Absent where the scenario was not read: the cases of one file are told apart by their variables alone. */
  readonly own?: { readonly truth: Truth; readonly technique?: string };
}

/** `scenario` as a subject of expectations for a folder. */
export function subjectOf(scenario: Scenario): Subject {
  const { id, truth, technique } = scenario;
  return {
    id,
    variables: new Map(Object.entries(scenario.case?.variables ?? {})),
    own: technique === undefined ? { truth } : { truth, technique },
  };
}

/** Whether `condition` means `subject`: by its variables, and for a scenario that was read by `scenario` (a pattern), `truth` and `technique`. */
export function isMeant(subject: Subject, condition: Condition): boolean {
  const { own } = subject;
  if (own === undefined) return meets(subject.variables, condition);
  const values = new Map([
    ...subject.variables,
    ["scenario", subject.id],
    ["truth", own.truth],
    ["technique", own.technique ?? null],
  ] as const);
  return meets(values, condition, (name, value, choice) => {
    if (name === "scenario") {
      const isNamed = wildcard(String(choice));
      return isNamed(subject.id) || isNamed(fileIdOf(subject.id));
    }
    return name === "technique" ? isTechnique(own.technique, String(choice)) : value === choice;
  });
}

/** Whether `technique` is `wanted` or a sub-technique of it. */
export function isTechnique(technique: string | undefined, wanted: string): boolean {
  return technique === wanted || technique?.startsWith(`${wanted}.`) === true;
}
