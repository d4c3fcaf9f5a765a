import { defined } from "../../base/defined.ts";
import type { Diagnostic } from "../../base/diagnostic.ts";
import { suggestion } from "../../base/text.ts";
import type { YamlPath } from "../../base/yaml.ts";
import { placeholders } from "../fill.ts";
import type { Sidecar, SidecarEntry, TestClass } from "../sidecar.ts";
import type { AtomicTechnique, AtomicTest } from "../types.ts";

/** What of a project a sidecar may name. */
export interface Nameable {
  /** Names of rules. */
  readonly rules: readonly string[];
  /** Ids of scenarios. */
  readonly scenarios: readonly string[];
  /** What really happens in a scenario; undefined where it cannot be read. */
  readonly truthOf: (scenario: string) => TestClass | undefined;
}

/** What is wrong with the sidecar of `technique`: tests without an entry (KT0822), entries without a test (KT0823), names that nothing has (KT0824), a class that is not the twin's (KT0825), a marker that does not show (KT0826). */
export function checkSidecar(
  technique: AtomicTechnique,
  sidecar: Sidecar | undefined,
  nameable: Nameable,
): readonly Diagnostic[] {
  const missing = technique.tests
    .filter((test) => sidecar?.entries.has(test.guid) !== true)
    .map((test): Diagnostic => ({
      code: "KT0822",
      message: `the test \`${test.name}\` has no entry in the sidecar`,
      source: technique.source,
      span: test.span,
      hint: `say in \`kqltest.yaml\` beside it, under its GUID, which scenario is its twin`,
    }));
  if (sidecar === undefined) return missing;
  const tests = new Map(technique.tests.map((test) => [test.guid, test]));
  return [
    ...missing,
    ...[...sidecar.entries.values()].flatMap((entry) => {
      const test = tests.get(entry.guid);
      const place = placeIn(sidecar, entry);
      return test === undefined
        ? [place.key([], leftOver(technique))]
        : entryProblems(entry, { test, place, nameable });
    }),
  ];
}

type Text = Omit<Diagnostic, "source" | "span">;

interface Place {
  value(below: YamlPath, text: Text): Diagnostic;
  key(below: YamlPath, text: Text): Diagnostic;
}

function placeIn({ yaml, keys }: Sidecar, { guid }: SidecarEntry): Place {
  const { source } = yaml;
  const path = (below: YamlPath): YamlPath => [keys.get(guid) ?? guid, ...below];
  return {
    value: (below, text) => ({ ...text, source, span: yaml.span(path(below)) }),
    key: (below, text) => ({ ...text, source, span: yaml.keySpan(path(below)) }),
  };
}

function leftOver(technique: AtomicTechnique): Text {
  return {
    code: "KT0823",
    message: `no test of \`${technique.id}\` has this GUID`,
    hint: "delete the entry, or write the GUID of a test",
  };
}

interface Context {
  readonly test: AtomicTest;
  readonly place: Place;
  readonly nameable: Nameable;
}

function entryProblems(entry: SidecarEntry, context: Context): readonly Diagnostic[] {
  const { test, place, nameable } = context;
  const argumentNames = test.arguments.map(({ name }) => name);
  const unknownArguments = Object.keys(entry.sinkhole)
    .filter((name) => !argumentNames.includes(name))
    .map((name) => place.key(["sinkhole", name], unknown("input argument", name, argumentNames)));
  const unknownRules = (["mustFire", "mustNotFire"] as const).flatMap((key) =>
    entry[key].flatMap((rule, index) =>
      nameable.rules.includes(rule)
        ? []
        : [place.value([key, index], unknown("rule", rule, nameable.rules))],
    ),
  );
  return [
    ...twinProblems(entry, context),
    ...unknownRules,
    ...unknownArguments,
    ...markerProblems(entry, context),
  ];
}

function twinProblems(entry: SidecarEntry, { place, nameable }: Context): readonly Diagnostic[] {
  if (!nameable.scenarios.includes(entry.scenario)) {
    const what = unknown("scenario", entry.scenario, nameable.scenarios);
    return [place.value(["scenario"], what)];
  }
  const truth = nameable.truthOf(entry.scenario);
  if (truth === undefined || truth === entry.class) return [];
  return [
    place.value(["scenario"], {
      code: "KT0825",
      message: `the test is ${entry.class}, but its twin \`${entry.scenario}\` is ${truth}`,
      hint: `write \`class: ${truth}\`, or name another scenario`,
    }),
  ];
}

function markerProblems({ marker }: SidecarEntry, { test, place }: Context): readonly Diagnostic[] {
  const names = test.arguments.map(({ name }) => name);
  if (!names.includes(marker)) {
    return [place.value(["marker"], unknown("input argument", marker, names))];
  }
  const { executor } = test;
  const text = executor.kind === "manual" ? executor.steps.text : executor.command.text;
  if (placeholders(text).some(({ name }) => name === marker)) return [];
  return [
    place.value(["marker"], {
      code: "KT0826",
      message: `the command does not use \`#{${marker}}\`, so no telemetry would show it`,
      hint: "name an argument that stands in the command",
    }),
  ];
}

function unknown(what: string, name: string, candidates: readonly string[]): Text {
  const hint = suggestion(name, candidates);
  return {
    code: "KT0824",
    message: `there is no ${what} \`${name}\``,
    ...defined({ hint }),
  };
}
