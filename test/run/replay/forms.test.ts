import { expect, test } from "vitest";
import { columnRule, type ColumnForm } from "../../../src/run/replay/column-forms.ts";
import { formOf } from "../../../src/run/replay/forms.ts";
import { bundledCatalog } from "../../../src/schema/tables.ts";
import type { Value } from "../../../src/schema/types.ts";

// oxfmt-ignore
test.each<[ColumnForm, Value, Value, boolean]>([
  ["value", 443, 443, true],
  ["value", 443, 80, false],
  ["value", "Pastebin.com", "pastebin.com", false],
  ["instant", "2025-01-15T10:00:00Z", "2024-01-01T00:00:00.1234567Z", true],
  ["instant", "2025-01-15T10:00:00Z", "yesterday", false],
  ["number", 4, 70000, true],
  ["number", 4, "four", false],
  ["port", 50412, 52308, true],
  ["port", 50412, 80, false],
  ["hex", "a1", "b2", true],
  ["hex", "a1", "b2c3", false],
  ["guid", "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01", "00000000-0000-0000-0000-00000000000A", true],
  ["address", "10.0.0.1", "203.0.113.9", true],
  ["address", "10.0.0.1", "fe80::1", false],
  ["name", "ada", "bob", true],
  ["account", "ada", "bob", true],
  ["account", "ada", "SYSTEM", false],
  ["account", "system", "SYSTEM", true],
  ["sid", "S-1-5-21-1-2-3-1001", "S-1-5-21-9-8-7-500", true],
  ["sid", "S-1-5-21-1-2-3-1001", "S-1-12-1-1-2-3-4", false],
  ["sid", "S-1-5-18", "S-1-5-20", false],
  ["path", "C:\\Users\\ada\\a.txt", "c:\\users\\bob\\b.txt", true],
  ["path", "C:\\Users\\ada\\a.exe", "C:\\Users\\bob\\b.exe", false],
  ["path", "/usr/bin/curl", "/usr/bin/wget", false],
  ["path", "/home/ada/x", "/home/bob/x", true],
  ["command", "curl -o /tmp/a.txt https://pastebin.com/raw/1", 'curl  -o "/tmp/b.txt" "https://PASTEBIN.com/raw/2"', true],
  ["command", "curl -o /tmp/a.txt https://pastebin.com/raw/1", "curl -o /tmp/a.txt https://paste.ee/raw/1", false],
  ["command", "curl -o /tmp/a.txt", "curl -O /tmp/a.txt", false],
  ["command", "curl --max-time 20", "curl --max-time 5", false],
  ["command", `x -enc ${"QUFB".repeat(12)}`, `x -enc ${"AAAA".repeat(20)}==`, true],
  ["command", "x 2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01 1234567", "x 00000000-0000-0000-0000-000000000000 7654321", true],
  ["version", "10.0.19041.1", "10.0", true],
  ["version", "10.0.19041.1", "unknown", false],
  ["fields", '{"a":1,"b":2}', { b: 3, a: 4 }, true],
  ["fields", '{"a":1}', '{"b":1}', false],
  ["fields", '{"a":1}', "a", false],
])("as %s, %j and %j: %s", (form, a, b, isEqual) => {
  expect(formOf(form, a) === formOf(form, b)).toBe(isEqual);
});

test.each([
  ["InitiatingProcessParentCreationTime", "instant"],
  ["InitiatingProcessId", "number"],
  ["InitiatingProcessParentId", "number"],
  ["InitiatingProcessSHA256", "hex"],
  ["InitiatingProcessCommandLine", "command"],
  ["InitiatingProcessAccountSid", "sid"],
  ["InitiatingProcessFileName", "value"],
  ["InitiatingProcessVersionInfoProductVersion", "version"],
  ["RemoteUrl", "value"],
  ["ActionType", "value"],
])("%s is compared as %s", (column, form) => {
  expect(columnRule(column).form).toBe(form);
});

test("every column that is not compared by its value has a reason", () => {
  for (const table of ["DeviceProcessEvents", "DeviceNetworkEvents"]) {
    for (const { name } of bundledCatalog("defender-xdr").get(table)?.columns ?? []) {
      const { form, reason } = columnRule(name);
      expect([name, reason === ""]).toEqual([name, form === "value"]);
    }
  }
});

test("times and hashes of every table are compared by their form", () => {
  const columns = ["DeviceProcessEvents", "DeviceNetworkEvents"].flatMap(
    (table) => bundledCatalog("defender-xdr").get(table)?.columns ?? [],
  );
  const formsOf = (names: readonly { readonly name: string }[]): ReadonlySet<ColumnForm> =>
    new Set(names.map(({ name }) => columnRule(name).form));
  expect(formsOf(columns.filter(({ type }) => type === "datetime"))).toEqual(new Set(["instant"]));
  const hashes = columns.filter(({ name }) => /(?:SHA1|SHA256|MD5)$/.test(name));
  expect(formsOf(hashes)).toEqual(new Set(["hex"]));
});
