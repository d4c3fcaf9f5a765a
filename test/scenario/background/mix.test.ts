import { expect, test } from "vitest";
import { now, problemsOf, scenarioOf, text, ticks } from "../scenarios.ts";

const scenario = (background: string): string => `version: 1
title: t
truth: malicious
domain: contoso.example
devices:
  desk: { user: alice }
users:
  alice:
timeline:
  - id: shell
    at: -3h
    process: powershell.exe
  - id: call
    connection: pastebin.com
    by: shell
background: ${background}
`;

test("further devices do what their profile does, up to now", () => {
  const events = scenarioOf(scenario("{ profile: office-day, devices: 2 }")).events({ now });
  expect(events.slice(0, 2).map(({ id }) => id)).toEqual(["shell", "call"]);
  const added = events.slice(2);
  expect(added.map(({ id }) => id).slice(0, 2)).toEqual(["background-1", "background-2"]);
  const day = 24n * 3600n * 10_000_000n;
  expect(added.filter(({ row }) => ticks(row, "Timestamp") > now)).toEqual([]);
  expect(added.filter(({ row }) => ticks(row, "Timestamp") <= now - day)).toEqual([]);
  const devices = new Set(added.map(({ row }) => text(row, "DeviceName")));
  expect(devices.size).toBe(2);
  expect([...devices].every((name) => name.endsWith(".contoso.example"))).toBe(true);
  expect(devices.has(text(events[0]?.row ?? {}, "DeviceName"))).toBe(false);
});

test("a device of the scenario does it too, and its rows are numbered in order of time", () => {
  const events = scenarioOf(scenario("{ profile: office-day, devices: 0, on: [desk] }")).events({
    now,
  });
  expect(events.length).toBeGreaterThan(200);
  expect(new Set(events.map(({ row }) => row["DeviceName"])).size).toBe(1);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  const inOrder = events.toSorted((a, b) =>
    Number(ticks(a.row, "Timestamp") - ticks(b.row, "Timestamp")),
  );
  const reports = inOrder.map(({ row }) => Number(row["ReportId"]));
  expect(reports).toEqual(reports.toSorted((a, b) => a - b));
  expect(new Set(reports).size).toBe(reports.length);
  // One person, the one who sits there.
  const people = new Set(
    events.flatMap(({ row }) => row["AccountUpn"] ?? row["InitiatingProcessAccountUpn"] ?? []),
  );
  expect(people.size).toBe(1);
  const pid = events[0]?.row["ProcessId"];
  const others = events.slice(1).filter(({ row }) => row["ProcessId"] === pid);
  expect(others).toEqual([]);
});

test("the scenario itself stays as it is without its background", () => {
  const alone = scenarioOf(scenario("{ profile: server }").replace(/background:.*\n/, ""));
  const among = scenarioOf(scenario("{ profile: server }"));
  expect(among.events({ now }).slice(0, 2)).toEqual(alone.events({ now }));
});

test("the same seed gives the same background, another one another", () => {
  const one = scenarioOf(scenario("{ profile: kiosk, devices: 1 }"));
  const text = (seed: number): string => JSON.stringify(one.events({ now, seed }));
  expect(text(1) === text(1)).toBe(true);
  expect(text(1) === text(2)).toBe(false);
});

// oxfmt-ignore
test.each([
  ["{ profile: ofice-day }", "did you mean `office-day`?"],
  ["{ profile: server, on: [dsk] }", "KT0502 there is no device `dsk`"],
  ["{ profile: server, devices: 200 }", "20"],
  ["{ devices: 2 }", "profile"],
])("%s is a mistake", (background, message) => {
  expect(problemsOf(scenario(background))).toContain(message);
});
