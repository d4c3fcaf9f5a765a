import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  processActions,
  wireActions,
  type ConnectionStepFile,
  type DeviceFile,
  type Integrity,
  type ProcessStepFile,
  type RowStepFile,
  type ScenarioFile,
  type UrlForm,
  type UserFile,
} from "../../src/scenario/file.ts";

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly unknown[] }>>;
  readonly required?: readonly string[];
  readonly additionalProperties: boolean;
}

type Keys<T> = Readonly<Record<keyof T, "required" | "optional">>;

const schemaUrl = new URL("../../schemas/scenario.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(schemaUrl, "utf8")) as ObjectSchema & {
  readonly $defs: Readonly<Record<string, ObjectSchema>>;
};

// A key that the type has and the list has not, or the other way round, does not compile.
const scenario: Keys<ScenarioFile> = {
  version: "required",
  title: "required",
  description: "optional",
  truth: "required",
  technique: "optional",
  seed: "optional",
  domain: "optional",
  devices: "optional",
  users: "optional",
  timeline: "required",
};
const device: Keys<DeviceFile> = { name: "optional", id: "optional", ip: "optional" };
const user: Keys<UserFile> = {
  name: "optional",
  domain: "optional",
  sid: "optional",
  upn: "optional",
  admin: "optional",
};
const step = { id: "optional", at: "optional", on: "optional", columns: "optional" } as const;
const process: Keys<ProcessStepFile> = {
  ...step,
  process: "required",
  parent: "optional",
  command: "optional",
  as: "optional",
  integrity: "optional",
  pid: "optional",
  copyOf: "optional",
};
const connection: Keys<ConnectionStepFile> = {
  ...step,
  connection: "required",
  by: "optional",
  as: "optional",
  action: "optional",
  port: "optional",
  address: "optional",
  url: "optional",
};
const row: Keys<RowStepFile> = { ...step, row: "required" };

test.each<[string, ObjectSchema | undefined, Readonly<Record<string, string>>]>([
  ["scenario", schema, scenario],
  ["device", schema.$defs["device"], device],
  ["user", schema.$defs["user"], user],
  ["process", schema.$defs["process"], process],
  ["connection", schema.$defs["connection"], connection],
  ["row", schema.$defs["row"], row],
])("schema and type of a %s have the same keys", (_, found, keys) => {
  expect(Object.keys(found?.properties ?? {}).toSorted()).toEqual(Object.keys(keys).toSorted());
  const required = Object.keys(keys).filter((key) => keys[key] === "required");
  expect([...(found?.required ?? [])].toSorted()).toEqual(required.toSorted());
  expect(found?.additionalProperties).toBe(false);
});

const integrity: Readonly<Record<Integrity, true>> = {
  Low: true,
  Medium: true,
  High: true,
  System: true,
};
const url: Readonly<Record<UrlForm, true>> = { host: true, full: true, none: true };
const truth: Readonly<Record<ScenarioFile["truth"], true>> = { malicious: true, benign: true };

test.each<[string, readonly unknown[] | undefined, readonly string[]]>([
  ["truth", schema.properties["truth"]?.enum, Object.keys(truth)],
  ["integrity", schema.$defs["process"]?.properties["integrity"]?.enum, Object.keys(integrity)],
  ["url", schema.$defs["connection"]?.properties["url"]?.enum, Object.keys(url)],
  [
    "action",
    schema.$defs["connection"]?.properties["action"]?.enum,
    [...processActions, ...wireActions],
  ],
])("schema and type allow the same values of `%s`", (_, found, values) => {
  expect(new Set(found)).toEqual(new Set(values));
});
