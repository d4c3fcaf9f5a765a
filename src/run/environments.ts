import { createHash } from "node:crypto";
import type { Environment } from "../kql/bound-query.ts";
import { environmentOf, type Inputs } from "../kql/environment.ts";
import type { Scenario } from "../scenario/model/types.ts";
import { mergeFixtures, type Fixtures, type FixtureTable } from "../schema/fixtures.ts";
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
  missingFixtures?: Environment["missingFixtures"],
): (dialect: Dialect) => RuleEnvironment {
  const known = new Map<Dialect, RuleEnvironment>();
  return (dialect) => {
    let found = known.get(dialect);
    if (found === undefined) {
      const environment = environmentOf(dialect, inputs, missingFixtures);
      found = { environment, key: environmentKey(inputs, environment) };
      known.set(dialect, found);
    }
    return found;
  };
}

/** The project's inputs, and what its scenarios declare: a rule is compiled once, for all of them. */
export function declaredInputs(project: Inputs & { scenarios: readonly Scenario[] }): Inputs {
  const declared = project.scenarios.reduce<Fixtures | undefined>(
    (all, { fixtures }) => (fixtures === undefined ? all : mergeFixtures(fixtures, all)),
    project.fixtures,
  );
  return declared === undefined ? project : { ...project, fixtures: declared };
}

function environmentKey(
  { tables = [], functions = [], fixtures = {} }: Inputs,
  { missingFixtures }: Environment,
): string {
  const parts = [
    tables.map(({ name, columns, dialect }) => [name, columns, dialect]),
    functions.map(({ name, parameters, body }) => [name, parameters, body.text]),
    fixtureNames(fixtures),
    missingFixtures,
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** What a plan depends on of fixtures: their names and columns, and not their rows. */
function fixtureNames(fixtures: Fixtures): unknown {
  const tables = (byName: Readonly<Record<string, FixtureTable>> = {}): unknown =>
    Object.entries(byName).map(([name, { columns }]) => [name, columns]);
  return [
    tables(fixtures.watchlists),
    tables(fixtures.functions),
    tables(fixtures.places),
    (fixtures.externalData ?? []).map(({ url }) => url),
    fixtures.geoIp !== undefined,
  ];
}
