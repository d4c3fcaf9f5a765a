import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type {
  AtomicArgumentFile,
  AtomicFile,
  AtomicTestFile,
  DependencyFile,
  ExecutorFile,
} from "../../src/atomic/technique-file.ts";
import type { SidecarEntryFile } from "../../src/atomic/sidecar.ts";
import { argumentTypes, executorNames, platforms } from "../../src/atomic/types.ts";

interface ObjectSchema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly enum?: readonly string[];
}

type Schema = ObjectSchema & {
  readonly $defs: Readonly<
    Record<string, ObjectSchema & { readonly then: ObjectSchema; readonly else: ObjectSchema }>
  >;
};

function schemaOf(name: string): Schema {
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Schema;
}

const atomic = schemaOf("atomic");
const sidecar = schemaOf("atomic-sidecar");

type Keys<T> = Readonly<Record<keyof T, "required" | "optional">>;

// A key that the type has and the list has not, or the other way round, does not compile.
const file: Keys<AtomicFile> = {
  attack_technique: "required",
  display_name: "required",
  atomic_tests: "required",
};
const testKeys: Keys<AtomicTestFile> = {
  name: "required",
  auto_generated_guid: "required",
  description: "required",
  supported_platforms: "required",
  input_arguments: "optional",
  dependency_executor_name: "optional",
  dependencies: "optional",
  executor: "required",
};
const argument: Keys<AtomicArgumentFile> = {
  description: "required",
  type: "required",
  default: "required",
};
const dependency: Keys<DependencyFile> = {
  description: "required",
  prereq_command: "required",
  get_prereq_command: "required",
};
const entry: Keys<SidecarEntryFile> = {
  scenario: "required",
  class: "optional",
  mustFire: "optional",
  mustNotFire: "optional",
  marker: "required",
  sinkhole: "optional",
};
const executor: Keys<ExecutorFile> = {
  name: "required",
  elevation_required: "optional",
  command: "optional",
  steps: "optional",
  cleanup_command: "optional",
};

test.each<[string, ObjectSchema | undefined, Readonly<Record<string, string>>]>([
  ["technique", atomic, file],
  ["test", atomic.$defs["test"], testKeys],
  ["argument", atomic.$defs["argument"], argument],
  ["dependency", atomic.$defs["dependency"], dependency],
  ["sidecar's entry", sidecar.$defs["entry"], entry],
])("schema and type of a %s have the same keys", (_, found, keys) => {
  expect(Object.keys(found?.properties ?? {}).toSorted()).toEqual(Object.keys(keys).toSorted());
  const required = Object.keys(keys).filter((key) => keys[key] === "required");
  expect([...(found?.required ?? [])].toSorted()).toEqual(required.toSorted());
  expect(found?.additionalProperties).toBe(false);
});

test("an executor has the keys of a shell or of a person", () => {
  const branches = [atomic.$defs["executor"]?.then, atomic.$defs["executor"]?.else];
  const found = branches.flatMap((branch) => Object.keys(branch?.properties ?? {}));
  expect(new Set(found)).toEqual(new Set(Object.keys(executor)));
  expect(branches.map((branch) => branch?.required)).toEqual([["steps"], ["command"]]);
  expect(branches.map((branch) => branch?.additionalProperties)).toEqual([false, false]);
});

test("schema and types allow the same names", () => {
  expect(atomic.$defs["platform"]?.enum).toEqual(platforms);
  expect(atomic.$defs["executorName"]?.enum).toEqual(executorNames);
  const type = atomic.$defs["argument"]?.properties["type"] as { pattern: string } | undefined;
  const expression = new RegExp(type?.pattern ?? "");
  for (const type of argumentTypes) {
    expect(expression.test(type) && expression.test(type.toUpperCase())).toBe(true);
  }
  expect(expression.test("text") || expression.test("paths") || expression.test("xurl")).toBe(
    false,
  );
});
