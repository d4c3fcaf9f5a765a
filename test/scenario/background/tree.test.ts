import { describe, expect, test } from "vitest";
import type { Row } from "../../../src/schema/types.ts";
import { text, textOrEmpty } from "../scenarios.ts";
import { expectBetween, nameOf, quantile, share, startsOf } from "./samples.ts";

describe("the process tree has the branches of recorded ones", () => {
  const starts = [...startsOf("desk"), ...startsOf("pipeline")];
  const pairs = new Set(
    starts.map((row) => `${nameOf(row, "InitiatingProcessFileName")} ${nameOf(row, "FileName")}`),
  );

  // The commonest pairs of recordings that no attack or agent of a lab explains.
  // oxfmt-ignore
  test.each([
    "services.exe svchost.exe", "services.exe trustedinstaller.exe", "services.exe sppsvc.exe", "services.exe searchindexer.exe",
    "svchost.exe wmiprvse.exe", "svchost.exe backgroundtaskhost.exe", "svchost.exe runtimebroker.exe", "svchost.exe taskhostw.exe",
    "svchost.exe dllhost.exe", "svchost.exe smartscreen.exe", "svchost.exe wermgr.exe", "svchost.exe consent.exe",
    "svchost.exe tiworker.exe", "svchost.exe gpupdate.exe", "svchost.exe dsregcmd.exe", "svchost.exe compattelrunner.exe",
    "svchost.exe backgroundtransferhost.exe", "svchost.exe sdxhelper.exe", "svchost.exe rundll32.exe",
    "searchindexer.exe searchfilterhost.exe", "searchindexer.exe searchprotocolhost.exe", "msedge.exe msedge.exe",
    "msedge.exe identity_helper.exe", "explorer.exe msedge.exe", "cmd.exe conhost.exe", "powershell.exe conhost.exe",
    "mpcmdrun.exe conhost.exe", "dsregcmd.exe conhost.exe", "gpupdate.exe conhost.exe", "cmd.exe powershell.exe",
    "cmd.exe whoami.exe", "net.exe net1.exe",
  ])("%s", (pair) => {
    expect(pairs.has(pair)).toBe(true);
  });

  test("and no others for what has one parent alone", () => {
    const only: Readonly<Record<string, string>> = {
      "svchost.exe": "services.exe",
      "services.exe": "wininit.exe",
      "userinit.exe": "winlogon.exe",
      "searchfilterhost.exe": "searchindexer.exe",
      "backgroundtaskhost.exe": "svchost.exe",
      "wmiprvse.exe": "svchost.exe",
      "consent.exe": "svchost.exe",
    };
    const wrong = starts.filter((row) => {
      const parent = only[nameOf(row, "FileName")];
      return parent !== undefined && nameOf(row, "InitiatingProcessFileName") !== parent;
    });
    expect(wrong).toEqual([]);
  });

  test("in their shares", () => {
    const below = (parent: string): number =>
      share(startsOf("desk"), (row) => nameOf(row, "InitiatingProcessFileName") === parent);
    // Recorded: 19, 12 and 4 %, with a third of the starts an agent's of the lab.
    expectBetween(below("svchost.exe"), 0.15, 0.4);
    expectBetween(below("services.exe"), 0.06, 0.16);
    expectBetween(below("searchindexer.exe"), 0.03, 0.08);
    // Recorded: 6 of 100 are the console of a command.
    expectBetween(
      share(starts, (row) => row["FileName"] === "conhost.exe"),
      0.03,
      0.25,
    );
  });
});

test("command lines begin as those of recorded parents' children do", () => {
  const starts = startsOf("desk");
  const childrenOf = (parent: string): readonly Row[] =>
    starts.filter((row) => nameOf(row, "InitiatingProcessFileName") === parent);
  const isQuoted = (row: Row): boolean => text(row, "ProcessCommandLine").startsWith('"');
  const isBare = (row: Row): boolean => /^"[^"]*" ?$/.test(text(row, "ProcessCommandLine"));
  const endsInBlank = (row: Row): boolean => text(row, "ProcessCommandLine").endsWith(" ");
  // Recorded: 98 % of the desktop's, 100 % of the indexer's, 23 % of svchost's and 5 % of the service manager's.
  expect(share(childrenOf("explorer.exe"), isQuoted)).toBeGreaterThan(0.97);
  expect(share(childrenOf("searchindexer.exe"), isQuoted)).toBe(1);
  expectBetween(share(childrenOf("svchost.exe"), isQuoted), 0.15, 0.4);
  expectBetween(share(childrenOf("services.exe"), isQuoted), 0.02, 0.3);
  // Recorded: 30 of 30 below the desktop end in a blank where no arguments follow, 8 of 340 elsewhere; the indexer's end in one always.
  expect(share(childrenOf("explorer.exe").filter(isBare), endsInBlank)).toBe(1);
  const others = starts.filter(
    (row) => isBare(row) && nameOf(row, "InitiatingProcessFileName") !== "explorer.exe",
  );
  expect(others.length).toBeGreaterThan(20);
  expect(share(others, endsInBlank)).toBeLessThan(0.03);
  expect(share(childrenOf("searchindexer.exe"), endsInBlank)).toBe(1);
  // Recorded: 8 % of all.
  expectBetween(share(starts, endsInBlank), 0.05, 0.12);
});

test("accounts and integrity levels have recorded shares", () => {
  const starts = startsOf("desk");
  const account = (name: string): number => share(starts, (row) => row["AccountName"] === name);
  // Recorded: 46, 3.4 and 1.5 %, the rest are people's.
  expectBetween(account("system"), 0.2, 0.5);
  expectBetween(account("network service"), 0.015, 0.06);
  expectBetween(account("local service"), 0.003, 0.03);
  // Recorded: 7 % are low, two thirds of them pages of a browser; people at desks have more pages than labs.
  const level = (name: string): number =>
    share(starts, (row) => row["ProcessIntegrityLevel"] === name);
  expectBetween(level("Low"), 0.07, 0.4);
  expectBetween(level("System"), 0.2, 0.55);
  // Recorded: 6 % of the files do not name a company, half of them tools of an attack.
  expect(
    share(starts, (row) => textOrEmpty(row, "ProcessVersionInfoCompanyName") === ""),
  ).toBeLessThan(0.06);
});

test("logons of people have ids as recorded ones, the elevated one right before the other", () => {
  // Recorded: 343 thousand, 2.8 and 54 million at 5, 50 and 95 %, 86 million at most; 31 to 580 between the two.
  const logons = new Map<string, number>();
  for (const row of startsOf("desk")) {
    if (row["AccountDomain"] === "nt authority") continue;
    const token = row["ProcessIntegrityLevel"] === "High" ? "high" : "usual";
    logons.set(`${text(row, "DeviceId")} ${token}`, Number(row["LogonId"]));
  }
  const usual = [...logons].filter(([key]) => key.endsWith("usual"));
  expect(usual.length).toBe(12);
  expectBetween(quantile(usual.map(([, id]) => id), 0.5), 500_000, 15_000_000); // oxfmt-ignore
  expectBetween(Math.max(...usual.map(([, id]) => id)), 1_000_000, 86_000_000);
  const distances = usual.flatMap(([key, id]) => {
    const high = logons.get(key.replace("usual", "high"));
    return high === undefined ? [] : [id - high];
  });
  expect(distances.length).toBeGreaterThan(0);
  for (const distance of distances) expectBetween(distance, 20, 600);
});
