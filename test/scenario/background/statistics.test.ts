import { describe, expect, test } from "vitest";
import type { ProfileName } from "../../../src/scenario/background/profile-names.ts";
import { ticksPerSecond } from "../../../src/schema/time.ts";
import type { Row } from "../../../src/schema/types.ts";
import { text, textOrEmpty, ticks } from "../scenarios.ts";
import {
  expectBetween,
  connectionsOf,
  madeBy,
  quantile,
  samples,
  share,
  startsOf,
} from "./samples.ts";
import { rowsOf, worldOf } from "./worlds.ts";

/** Seconds from start to first connection, and the number of connections, of each process that started in the span. */
function behaviourOf(rows: readonly Row[]): {
  readonly delays: readonly number[];
  readonly counts: readonly number[];
} {
  const delays = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row["InitiatingProcessUniqueId"] === undefined) continue;
    if (text(row, "InitiatingProcessCreationTime") < "2025-01-13") continue;
    const key = `${text(row, "DeviceId")} ${text(row, "InitiatingProcessUniqueId")}`;
    const delay = ticks(row, "Timestamp") - ticks(row, "InitiatingProcessCreationTime");
    if (!delays.has(key)) delays.set(key, Number(delay) / Number(ticksPerSecond));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { delays: [...delays.values()], counts: [...counts.values()] };
}

describe("a process connects as soon after its start as recorded ones do", () => {
  // Recorded, all but pipelines: quartiles 0.44, 1.01 and 4.5 s, 64 s for 95 %.
  test("at a desk", () => {
    const { delays } = behaviourOf(connectionsOf("desk"));
    expect(delays.length).toBeGreaterThan(300);
    expectBetween(quantile(delays, 0.25), 0.2, 0.6);
    expectBetween(quantile(delays, 0.5), 0.7, 1.5);
    expectBetween(quantile(delays, 0.75), 3, 7);
    expectBetween(quantile(delays, 0.95), 30, 90);
  });

  // Recorded: quartiles 0.11, 0.24 and 0.58 s, 4.5 s for 95 %.
  test("as a tool of the console", () => {
    const tools =
      /^(git-remote-https|node|python|curl|gh|powershell|pwsh|terraform|MpCmdRun|CompatTelRunner)\.exe$/;
    const { delays } = behaviourOf(
      connectionsOf("desk").filter((row) =>
        tools.test(textOrEmpty(row, "InitiatingProcessFileName")),
      ),
    );
    expect(delays.length).toBeGreaterThan(200);
    expectBetween(quantile(delays, 0.25), 0.08, 0.15);
    expectBetween(quantile(delays, 0.5), 0.19, 0.32);
    expectBetween(quantile(delays, 0.75), 0.4, 0.9);
    expectBetween(quantile(delays, 0.95), 2.5, 10);
  });

  // Recorded: 0.31, 0.34 and 0.92 s, 11.5 s for 95 %.
  test("in a pipeline", () => {
    const { delays } = behaviourOf(connectionsOf("pipeline"));
    expect(delays.length).toBeGreaterThan(300);
    expectBetween(quantile(delays, 0.25), 0.25, 0.33);
    expectBetween(quantile(delays, 0.5), 0.3, 0.42);
    expectBetween(quantile(delays, 0.75), 0.7, 1.3);
    expectBetween(quantile(delays, 0.95), 7, 18);
  });
});

describe("processes connect as often as recorded ones do", () => {
  const all = [...madeBy("desk"), ...madeBy("pipeline")];

  test("over the day", () => {
    // Recorded over hours: quartiles 1, 2 and 5, 16 for 90 % and 95 for 99 %. What runs all day is more here.
    const { counts } = behaviourOf(all);
    expect(quantile(counts, 0.25)).toBe(1);
    expectBetween(quantile(counts, 0.5), 2, 3);
    expectBetween(quantile(counts, 0.75), 4, 6);
    expectBetween(quantile(counts, 0.9), 11, 24);
    expectBetween(quantile(counts, 0.99), 80, 200);
  });

  test("within minutes", () => {
    // Recorded in recordings of minutes: quartiles 1, 2 and 4, 11 for 90 %, 20 for 95 % and 34 for 99 %, 70 at most.
    const counts = new Map<string, number>();
    for (const row of all) {
      const span = ticks(row, "Timestamp") / (20n * 60n * ticksPerSecond);
      const key = `${text(row, "DeviceId")} ${text(row, "InitiatingProcessUniqueId")} ${span}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const values = [...counts.values()];
    expect(quantile(values, 0.25)).toBe(1);
    expect(quantile(values, 0.5)).toBe(2);
    expectBetween(quantile(values, 0.75), 4, 5);
    expectBetween(quantile(values, 0.9), 7, 15);
    expectBetween(quantile(values, 0.95), 10, 25);
    expectBetween(quantile(values, 0.99), 20, 70);
  });

  test("and most never", () => {
    // Recorded: 94 % of the processes that started do not connect, in labs that run many commands of no use.
    const connecting = new Set(
      all.map((row) => `${text(row, "DeviceId")} ${text(row, "InitiatingProcessUniqueId")}`),
    );
    const starts = [...startsOf("desk"), ...startsOf("pipeline")];
    const isSilent = (row: Row): boolean =>
      !connecting.has(`${text(row, "DeviceId")} ${text(row, "ProcessUniqueId")}`);
    expectBetween(share(starts, isSilent), 0.66, 0.95);
  });
});

test("local ports are given out one after the other", () => {
  // Recorded: 88 % are the next one, 98 % one of the next 16, 99 % are above the one before.
  for (const sample of ["desk", "pipeline"] as const) {
    const last = new Map<string, number>();
    const steps = madeBy(sample).flatMap((row) => {
      const port = Number(row["LocalPort"]);
      const before = last.get(text(row, "DeviceId"));
      last.set(text(row, "DeviceId"), port);
      return before === undefined ? [] : [port - before];
    });
    const part = (holds: (step: number) => boolean): number =>
      steps.filter(holds).length / steps.length;
    expectBetween(
      part((step) => step === 1),
      0.85,
      0.91,
    );
    expectBetween(
      part((step) => step >= 1 && step <= 16),
      0.97,
      0.995,
    );
    expect(part((step) => step > 0)).toBeGreaterThan(0.99);
  }
});

test("connections go to the web, to updates and to the domain", () => {
  // Recorded on workstations, a process and port once: 443 21 %, 135 14 %, 80 13 %, 389 9 %, 88 5 %, 5985 6 %, ports of RPC 8 %.
  // Labs hold more of the domain and less of the web than an office; each port is there, none of them alone.
  const pairs = new Map(
    madeBy("desk").map((row) => [
      `${text(row, "DeviceId")} ${text(row, "InitiatingProcessUniqueId")} ${Number(row["RemotePort"])}`,
      row,
    ]),
  );
  const port = (wanted: number): number =>
    share([...pairs.values()], (row) => row["RemotePort"] === wanted);
  expectBetween(port(443), 0.7, 0.93);
  expectBetween(port(80), 0.01, 0.13);
  expectBetween(port(389), 0.02, 0.1);
  expectBetween(port(135), 0.015, 0.14);
  expectBetween(port(88), 0.004, 0.06);
  expectBetween(port(5985), 0.002, 0.07);
  expectBetween(port(49_674), 0.01, 0.08);
});

test("process ids come back once their process is gone", () => {
  // Recorded: 8 % of the ids of a recording are had by a second process, 11 to 240 starts after the first.
  const last = new Map<string, number>();
  const distances = startsOf("pipeline").flatMap((row, index) => {
    const key = `${text(row, "DeviceId")} ${Number(row["ProcessId"])}`;
    const before = last.get(key);
    last.set(key, index);
    return before === undefined ? [] : [index - before];
  });
  expectBetween(distances.length / startsOf("pipeline").length, 0.05, 0.5);
  expect(Math.min(...distances)).toBeLessThan(240);
});

test("process ids are spread as recorded ones are", () => {
  // Recorded: 804, 2516, 3968, 6056 and 9000 at 5, 25, 50, 75 and 95 %.
  const ids = samples.desk.flatMap(({ row }) =>
    row["ProcessId"] === undefined ? [] : [Number(row["ProcessId"])],
  );
  expect(ids.length).toBeGreaterThan(1000);
  expectBetween(quantile(ids, 0.05), 700, 1000);
  expectBetween(quantile(ids, 0.25), 2300, 2750);
  expectBetween(quantile(ids, 0.5), 3700, 4300);
  expectBetween(quantile(ids, 0.75), 5700, 6500);
  expectBetween(quantile(ids, 0.95), 8600, 9400);
});

test("connections name their host, show a URL or name nothing in the shares that are stated", () => {
  const made = connectionsOf("desk").filter((row) => row["InitiatingProcessId"] !== 0);
  const isBrowser = (row: Row): boolean =>
    /^(msedge|chrome)\.exe$/.test(text(row, "InitiatingProcessFileName"));
  const named = (rows: readonly Row[], form: RegExp): number =>
    share(rows, (row) => form.test(textOrEmpty(row, "RemoteUrl")));
  const programs = made.filter((row) => !isBrowser(row));
  const browsers = made.filter(isBrowser);
  expectBetween(named(programs, /^[^/]+$/), 0.62, 0.68);
  expect(named(programs, /^https:/)).toBe(0);
  expectBetween(named(browsers, /^[^/]+$/), 0.36, 0.44);
  expectBetween(named(browsers, /^https:\/\/[^/]+\/$/), 0.31, 0.39);
  expect(
    browsers
      .filter((row) => textOrEmpty(row, "RemoteUrl").startsWith("https:"))
      .every((row) => row["Protocol"] === "TcpV4" && row["RemoteIPType"] === undefined),
  ).toBe(true);
});

test("people work in their hours, services day and night", () => {
  const hourOf = (row: Row): number => Number(text(row, "Timestamp").slice(11, 13));
  const office = connectionsOf("desk").map(hourOf);
  const atWork = office.filter((hour) => hour >= 7 && hour < 19).length;
  expect(atWork / office.length).toBeGreaterThan(0.9);
  const hours = new Set(connectionsOf("pipeline").map(hourOf));
  expect(hours.size).toBe(24);
});

test("desks rest at weekends, servers do not", () => {
  const days = (profile: ProfileName): readonly number[] => {
    const rows = rowsOf(worldOf(profile, { devices: 2, days: 7 }));
    const perDay = Array.from({ length: 7 }, () => 0);
    for (const { row } of rows) {
      const day = Number(text(row, "Timestamp").slice(8, 10)) - 13;
      perDay[day] = (perDay[day] ?? 0) + 1;
    }
    return perDay;
  };
  const desk = days("office-day");
  expect((desk[5] ?? 0) + (desk[6] ?? 0)).toBeLessThan((desk[0] ?? 0) + (desk[1] ?? 0));
  expect(Math.min(...days("server"))).toBeGreaterThan(100);
});
