import { describe, expect, test } from "vitest";
import { addressesOf, addressType } from "../../../src/scenario/model/address.ts";
import { profileNames } from "../../../src/scenario/background/profile-names.ts";
import { bundledCatalog } from "../../../src/schema/tables.ts";
import type { KqlType, Row } from "../../../src/schema/types.ts";
import { fits } from "../column-types.ts";
import { asInitiating, onlyProcess } from "../initiating.ts";
import { text, textOrEmpty } from "../scenarios.ts";
import { rowsOf, worldOf, type TableRow } from "./worlds.ts";

const cases = profileNames.map((profile) => ({
  profile,
  rows: rowsOf(worldOf(profile, { devices: 2 })),
}));
const ofTable = (rows: readonly TableRow[], table: string): readonly Row[] =>
  rows.filter((one) => one.table === table).map(({ row }) => row);
const hasProcess = (row: Row): boolean => row["InitiatingProcessUniqueId"] !== undefined;

describe.each(cases)("$profile", ({ rows }) => {
  const starts = ofTable(rows, "DeviceProcessEvents");
  const connections = ofTable(rows, "DeviceNetworkEvents");

  test("gives rows of both tables", () => {
    expect(starts.length).toBeGreaterThan(100);
    expect(connections.length).toBeGreaterThan(300);
  });

  test("uses columns that exist, with values of their types", () => {
    const tables = new Map(rows.map(({ table }) => [table, typesOf(table)]));
    const wrong = rows.flatMap(({ table, row }) => {
      const types = tables.get(table) ?? new Map<string, KqlType>();
      return Object.entries(row).filter(([name, value]) => {
        const type = types.get(name);
        return type === undefined || !fits[type](value);
      });
    });
    expect(wrong).toEqual([]);
  });

  test("fills in every placeholder", () => {
    const texts = rows.flatMap(({ row }) =>
      Object.values(row).filter((value) => typeof value === "string"),
    );
    expect(texts.filter((value) => /\{(user|domain|word|guid|hex|digits)\b/.test(value))).toEqual(
      [],
    );
  });

  test("goes on in time on each device, and numbers its reports so", () => {
    const last = new Map<string, { time: string; report: number }>();
    const wrong = rows.filter(({ row }) => {
      const device = text(row, "DeviceId");
      const before = last.get(device) ?? { time: "", report: 0 };
      const own = { time: text(row, "Timestamp"), report: Number(row["ReportId"]) };
      last.set(device, own);
      return own.time < before.time || own.report <= before.report;
    });
    expect(wrong).toEqual([]);
  });

  test("has every process after its parent, and what it does after its start", () => {
    const wrong = rows.filter(({ row }) => {
      const chain = times.map((name) => row[name]).filter((value) => typeof value === "string");
      return chain.some((time, index) => index > 0 && time > (chain[index - 1] ?? ""));
    });
    expect(wrong).toEqual([]);
  });

  test("tells the same of a process wherever it appears", () => {
    const known = new Map<string, string>();
    const told = [...starts.map(asInitiating), ...rows.map(({ row }) => row).filter(hasProcess)];
    const wrong = told.filter((row) => {
      const key = processKey(row);
      const own = JSON.stringify(onlyProcess(row));
      const seen = known.get(key) ?? own;
      known.set(key, seen);
      return own !== seen;
    });
    expect(wrong).toEqual([]);
    expect(known.size).toBeGreaterThan(50);
  });

  test("gives a process id to one process at a time", () => {
    const seen: readonly Row[] = [
      ...starts.map((row) => ({
        ...asInitiating(row),
        Timestamp: text(row, "ProcessCreationTime"),
      })),
      ...rows.map(({ row }) => row).filter(hasProcess),
    ].toSorted((a, b) => (text(a, "Timestamp") < text(b, "Timestamp") ? -1 : 1));
    const owners = new Map<string, string>();
    const gone = new Set<string>();
    const wrong = seen.filter((row) => {
      const key = `${text(row, "DeviceId")} ${Number(row["InitiatingProcessId"])}`;
      const owner = processKey(row);
      const before = owners.get(key);
      if (before !== undefined && before !== owner) gone.add(before);
      owners.set(key, owner);
      return gone.has(owner);
    });
    expect(wrong).toEqual([]);
  });

  test("has a row of its own for each process that started in the span", () => {
    const known = new Set(starts.map((row) => processKey(asInitiating(row))));
    const first = rows[0] === undefined ? "" : text(rows[0].row, "Timestamp").slice(0, 10);
    const wrong = rows.filter(({ row }) => {
      if (!hasProcess(row) || text(row, "InitiatingProcessCreationTime") < first) return false;
      return !known.has(processKey(row));
    });
    expect(wrong).toEqual([]);
  });

  test("writes names, paths and command lines as the sensor does", () => {
    const wrong = rows.filter(({ row }) => {
      const lower = ["AccountName", "AccountDomain", "InitiatingProcessFolderPath"].map((name) =>
        textOrEmpty(row, name),
      );
      return (
        !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text(row, "DeviceName")) ||
        !/^[0-9a-f]{40}$/.test(text(row, "DeviceId")) ||
        lower.some((value) => value !== value.toLowerCase())
      );
    });
    expect(wrong).toEqual([]);
    const commands = starts.map((row) => text(row, "ProcessCommandLine"));
    expect(commands.filter((one) => !/^("[^"\\/]+"|[^\s"\\/]+)( |$)/.test(one))).toEqual([]);
    expect(
      starts.filter((row) => !text(row, "FolderPath").endsWith(text(row, "FileName"))),
    ).toEqual([]);
  });

  test("follows a command typed to cmd.exe by two blanks", () => {
    const typed = starts
      .filter((row) => row["InitiatingProcessFileName"] === "cmd.exe")
      .filter((row) => row["FileName"] !== "conhost.exe")
      .map((row) => text(row, "ProcessCommandLine"))
      .filter((command) => /^("[^"]*"|\S+) +\S/.test(command));
    expect(typed.filter((command) => !/^("[^"]*"|\S+) {2}\S/.test(command))).toEqual([]);
  });

  test("has process ids divisible by 4 and ports of the ephemeral range", () => {
    const ids = ["ProcessId", "InitiatingProcessId", "InitiatingProcessParentId"];
    expect(rows.filter(({ row }) => ids.some((name) => Number(row[name] ?? 0) % 4 !== 0))).toEqual(
      [],
    );
    const ports = connections.map((row) => Number(row["LocalPort"]));
    expect(ports.filter((port) => !(port >= 49_152 && port <= 65_535))).toEqual([]);
  });

  test("resolves a host to one address of its service, and types both ends", () => {
    const addresses = new Map<string, string>();
    const typed = connections.filter((row) => row["RemoteIPType"] !== undefined);
    const wrong = typed.filter((row) => {
      const address = text(row, "RemoteIP");
      const isTyped =
        row["RemoteIPType"] === addressType(address) && row["LocalIPType"] === "Private";
      if (typeof row["RemoteUrl"] !== "string") return !isTyped;
      const key = `${text(row, "DeviceId")} ${row["RemoteUrl"]}`;
      const known = addresses.get(key) ?? address;
      addresses.set(key, known);
      const isOwn =
        row["RemoteIPType"] !== "Public" || addressesOf(row["RemoteUrl"]).includes(address);
      return !isTyped || !isOwn || known !== address;
    });
    expect(wrong).toEqual([]);
    expect(addresses.size).toBeGreaterThan(10);
  });

  test("keeps accounts, integrity and elevation together", () => {
    const wrong = starts.filter((row) => {
      const isService = row["AccountDomain"] === "nt authority";
      const sid = isService ? /^S-1-5-(18|19|20)$/ : /^S-1-5-21-\d+-\d+-\d+-\d+$/;
      const elevation = row["ProcessTokenElevation"];
      // It reads what others wrote, with less than its account has.
      const isMedium = row["FileName"] === "SearchFilterHost.exe";
      return (
        !sid.test(text(row, "AccountSid")) ||
        (row["ProcessIntegrityLevel"] === "System") !== (isService && !isMedium) ||
        (row["LogonId"] === 999) !== (row["AccountName"] === "system") ||
        (isService && elevation !== "TokenElevationTypeDefault") ||
        (elevation === "TokenElevationTypeFull" && row["ProcessIntegrityLevel"] !== "High")
      );
    });
    expect(wrong).toEqual([]);
  });

  test("tells of no process in a row from the wire", () => {
    const wire = connections.filter((row) => row["ActionType"] === "SslConnectionInspected");
    const ports = new Set(
      connections
        .filter((row) => row["ActionType"] === "ConnectionSuccess")
        .map((row) => row["LocalPort"]),
    );
    expect(wire.length).toBeGreaterThan(0);
    const wrong = wire.filter((row) => {
      const seen = JSON.parse(text(row, "AdditionalFields")) as Readonly<Record<string, string>>;
      return (
        row["InitiatingProcessId"] !== 0 ||
        hasProcess(row) ||
        row["RemoteUrl"] !== undefined ||
        !(seen["server_name"] ?? "").includes(".") ||
        !ports.has(row["LocalPort"])
      );
    });
    expect(wrong).toEqual([]);
  });
});

const times = [
  "Timestamp",
  "ProcessCreationTime",
  "InitiatingProcessCreationTime",
  "InitiatingProcessParentCreationTime",
];

function processKey(row: Row): string {
  return `${text(row, "DeviceId")} ${text(row, "InitiatingProcessUniqueId")}`;
}

function typesOf(table: string): ReadonlyMap<string, KqlType> {
  const columns = bundledCatalog("defender-xdr").get(table)?.columns ?? [];
  return new Map(columns.map(({ name, type }) => [name, type]));
}

test("one person has one SID, and no two share it", () => {
  const rows = rowsOf(worldOf("office-day", { devices: 12, days: 1 }));
  const sids = new Map<string, string>();
  for (const row of ofTable(rows, "DeviceProcessEvents")) {
    if (typeof row["AccountUpn"] !== "string") continue;
    const sid = text(row, "AccountSid");
    expect(sids.get(row["AccountUpn"]) ?? sid).toBe(sid);
    sids.set(row["AccountUpn"], sid);
  }
  expect(sids.size).toBe(12);
  expect(new Set(sids.values()).size).toBe(12);
});
