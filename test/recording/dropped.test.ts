import { expect, test } from "vitest";
import { importEvents } from "../../src/recording/import-events.ts";
import type { WindowsEvent } from "../../src/recording/windows/windows-event.ts";
import { connection, filtered, processStart, security, sysmon, system } from "./recorded.ts";

const dropped: readonly (readonly [
  what: string,
  events: readonly WindowsEvent[],
  reason: string,
])[] = [
  ["UDP", [connection({ Protocol: "udp" })], "Defender reports TCP alone"],
  ["the end of a process", [sysmon(5, {})], "Defender has no row for the end of a process"],
  ["an event nobody knows", [sysmon(255, {})], "no row is known for this event"],
  ["no time", [sysmon(22, { UtcTime: "yesterday" })], "no time"],
  [
    "a connection that both logs saw",
    [connection({ SourcePort: "50002" }), security(5156, filtered)],
    "Sysmon saw the connection too",
  ],
  [
    "a start that both logs saw",
    [
      processStart(),
      security(4688, {
        ...system,
        NewProcessId: "0xfa4",
        NewProcessName: "C:\\Windows\\System32\\cmd.exe",
      }),
    ],
    "Sysmon saw the process too",
  ],
];

test.each(dropped)("dropped: %s", (_, events, reason) => {
  expect(importEvents(events).counts.flatMap((count) => Object.keys(count.dropped))).toEqual([
    reason,
  ]);
});

test("the same event twice is one", () => {
  const event = processStart();
  expect(importEvents([event, event]).counts).toEqual([
    { log: "sysmon", id: 1, read: 2, rows: 1, dropped: { "recorded twice": 1 } },
  ]);
});
