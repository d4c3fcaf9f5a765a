import { createHash } from "node:crypto";
import type { Environment } from "../kql/bind.ts";
import { environmentOf, type Inputs } from "../kql/environment.ts";
import type { Dialect } from "../schema/tables.ts";

/** What rules of a dialect are compiled against. */
export interface RuleEnvironment {
  readonly environment: Environment;
  /** Stands for all of it: equal keys, equal plans. */
  readonly key: string;
}

/** The environment of each dialect in a project with `inputs`, made when it is first asked for. */
export function ruleEnvironments(
  inputs: Inputs,
  outside?: Environment["outside"],
): (dialect: Dialect) => RuleEnvironment {
  const known = new Map<Dialect, RuleEnvironment>();
  return (dialect) => {
    let found = known.get(dialect);
    if (found === undefined) {
      const environment = environmentOf(dialect, inputs, outside);
      found = { environment, key: environmentKey(inputs, environment) };
      known.set(dialect, found);
    }
    return found;
  };
}

function environmentKey({ tables = [], functions = [] }: Inputs, { outside }: Environment): string {
  const parts = [
    tables.map(({ name, columns, dialect }) => [name, columns, dialect]),
    functions.map(({ name, parameters, body }) => [name, parameters, body.text]),
    outside,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
