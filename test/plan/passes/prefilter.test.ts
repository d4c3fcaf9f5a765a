import { expect, test } from "vitest";
import { optimise } from "../../../src/plan/passes/index.ts";
import { prefilterOf } from "../../../src/plan/passes/prefilter.ts";
import { compile } from "../../support/engine.ts";

const p = "DeviceProcessEvents";
const n = "DeviceNetworkEvents";

/** The columns that each table's events are sifted by, one list an alternative, and the tables that must have some. */
function sifted(kql: string): {
  readonly by: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly required: readonly string[];
} {
  const { alternatives, required } = prefilterOf(optimise(compile(kql)));
  const by = Array.from(alternatives, ([table, list]): [string, string[][]] => [
    table,
    list.map((conditions) => conditions.map(({ column }) => column.name)),
  ]);
  return { by: Object.fromEntries(by), required: [...required].toSorted() };
}

test.each([
  [`${p} | where FileName has 'cmd' and ProcessId > 4`, [["ProcessId", "FileName"]]],
  [`${p} | where FileName =~ 'cmd.exe' | where not(FileName has_any ('a', 'b'))`, [["FileName"]]],
  [`${p} | where tolower(FileName) == 'cmd.exe' or FileName == ''`, [["FileName"]]],
  [`${p} | where FileName matches regex '^c' | project DeviceId`, [["FileName"]]],
  [
    `union (${p} | where FileName == 'a'), (${p} | where DeviceId == 'b')`,
    [["FileName"], ["DeviceId"]],
  ],
])("what an event is asked: %s", (kql, alternatives) => {
  expect(sifted(kql).by).toEqual({ [p]: alternatives });
});

test.each([
  [p, "no condition"],
  [`${p} | where FileName == DeviceName`, "two columns"],
  [`${p} | where Timestamp > ago(1h)`, "a time, which hardly repeats"],
  [`${p} | where FileName in (${n} | project DeviceName)`, "a table"],
  [`${p} | where strlen(FileName) > 3`, "a function that is not listed"],
  [`union (${p} | where FileName == 'a'), ${p}`, "read whole elsewhere"],
  [
    `${p} | summarize N = count() by FileName | where FileName == 'a' and N > 1 | take 1 | where N == 2`,
    "groups",
  ],
  [`${p} | take 5 | where FileName == 'a'`, "a limit before"],
])("nothing is asked: %s (%s)", (kql) => {
  expect(sifted(kql).by).toEqual({});
});

test.each([
  [p, [p]],
  [`${p} | summarize count() by DeviceId`, [p]],
  [`${p} | count`, []],
  ["print x = 1", []],
  [`${p} | join kind=inner ${n} on DeviceId`, [n, p]],
  [`${p} | join kind=leftouter ${n} on DeviceId`, [p]],
  [`${p} | join kind=rightouter ${n} on DeviceId`, [n]],
  [`${p} | join kind=fullouter ${n} on DeviceId`, []],
  [`${p} | join kind=leftanti ${n} on DeviceId`, [p]],
  [`${p} | join kind=leftsemi ${n} on DeviceId`, [n, p]],
  [`union ${p}, ${n}`, []],
  [`union ${p}, (${p} | where FileName == 'a')`, [p]],
  [
    `let A = ${p} | where ProcessId > 1; A | join kind=inner (A | project DeviceId) on DeviceId`,
    [p],
  ],
  [`${p} | where DeviceId in (${n} | project DeviceId)`, [p]],
])("no row without an event of its tables: %s", (kql, required) => {
  expect(sifted(kql).required).toEqual(required);
});
