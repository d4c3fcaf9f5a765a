import { expect, test } from "vitest";
import { detection } from "../src/vitest.ts";
import { tempFolder } from "./support/temp-project.ts";

const starts = detection({
  kql: "DeviceProcessEvents | where FileName =~ 'a.exe' | project FileName",
});

// What a user writes in TypeScript: these calls have to compile, too.
test("a query flags rows, or stays silent on them", async () => {
  await expect(starts).toFlag({ DeviceProcessEvents: [{ FileName: "A.exe" }] });
  await expect(starts).toStaySilent({ DeviceProcessEvents: [{ FileName: "b.exe" }] });
  await expect(starts).not.toFlag({ DeviceProcessEvents: [] });
});

test("rows are compared in any order, by the columns that are listed", async () => {
  const rows = await starts.rows({
    DeviceProcessEvents: [{ FileName: "a.exe" }, { FileName: "A.EXE" }],
  });
  expect(rows).toMatchRows([{ FileName: "A.EXE" }, { FileName: "a.exe" }]);
  expect(rows).not.toMatchRows([{ FileName: "a.exe" }]);
});

test("a row without a time happened a minute before `now`, one with a time when it says", async () => {
  const recent = detection(
    { kql: "DeviceProcessEvents | where Timestamp > ago(1h) | project Timestamp" },
    { now: "2025-06-01T08:00:00Z" },
  );
  const given = { DeviceProcessEvents: [{}, { Timestamp: "2025-06-01T06:00:00Z" }] };
  expect(await recent.rows(given)).toMatchRows([{ Timestamp: "2025-06-01T07:59:00Z" }]);
});

test("a mistake in the query is an InputError with its place", async () => {
  const wrong = detection({ kql: "DeviceProcessEvents | where Nope == 1" });
  await expect(wrong.rows({ DeviceProcessEvents: [] })).rejects.toThrow(
    /^query\.kql:1:29 KT\d{4} /,
  );
});

test("tables, functions and fixtures of the project are there, and its rows have a time too", async () => {
  const root = tempFolder({
    "tables/apache.yaml":
      "name: Apache_CL\ncolumns: { TimeGenerated: datetime, Status: int, Host: string }\n",
    "functions/Errors.kql": "Apache_CL | where Status >= 400 and TimeGenerated > ago(1h)",
    "fixtures/watchlists/vips.csv": "SearchKey\nsrv-1\n",
  });
  const rule = detection(
    {
      kql: "Errors | where Host in ((_GetWatchlist('vips') | project SearchKey)) | project Host",
      dialect: "sentinel",
    },
    { root },
  );
  await expect(rule).toFlag({ Apache_CL: [{ Status: 500, Host: "srv-1" }] });
  await expect(rule).toStaySilent({ Apache_CL: [{ Status: 500, Host: "srv-2" }] });
});

test("what is outside may be answered with nothing", async () => {
  const kql = "_GetWatchlist('nobody') | project SearchKey";
  const given = { DeviceInfo: [] };
  await expect(detection({ kql }).rows(given)).rejects.toThrow("KT0250");
  expect(await detection({ kql }, { missingFixtures: "empty" }).rows(given)).toMatchRows([]);
});
