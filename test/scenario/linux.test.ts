import { expect, test } from "vitest";
import { addressesOf } from "../../src/scenario/model/address.ts";
import { isWrittenOut, now, scenarios, text } from "./scenarios.ts";

const linux = scenarios.filter(({ id }) => isWrittenOut(id));

test("there are some", () => {
  expect(linux.length).toBeGreaterThan(10);
});

test.each(linux.map((scenario) => [scenario.id, scenario] as const))(
  "%s says who did what, and agrees with itself",
  (_, scenario) => {
    expect(scenario.technique !== undefined).toBe(scenario.truth === "malicious");
    const events = scenario.events({ now });
    const start = events.find(({ table }) => table === "DeviceProcessEvents")?.row ?? {};
    const connections = events.filter(({ table }) => table === "DeviceNetworkEvents");
    expect(connections.length).toBeGreaterThan(0);
    for (const { row } of connections) {
      expect({
        ProcessId: row["InitiatingProcessId"],
        FileName: row["InitiatingProcessFileName"],
        FolderPath: row["InitiatingProcessFolderPath"],
        ProcessCommandLine: row["InitiatingProcessCommandLine"],
        SHA256: row["InitiatingProcessSHA256"],
        ProcessCreationTime: row["InitiatingProcessCreationTime"],
        AccountName: row["InitiatingProcessAccountName"],
        InitiatingProcessFileName: row["InitiatingProcessParentFileName"],
        InitiatingProcessId: row["InitiatingProcessParentId"],
      }).toEqual(Object.fromEntries(Object.entries(start).filter(([name]) => told.has(name))));
      expect(addressesOf(text(row, "RemoteUrl"))).toContain(row["RemoteIP"]);
    }
  },
);

const told = new Set([
  "ProcessId",
  "FileName",
  "FolderPath",
  "ProcessCommandLine",
  "SHA256",
  "ProcessCreationTime",
  "AccountName",
  "InitiatingProcessFileName",
  "InitiatingProcessId",
]);
