import { loadProject, runSuite, scenarioFromRows } from "../../dist/index.js";
import { durations, inMs, median } from "./timing.mjs";

const now = "2025-01-15T12:00:00Z";
const scenarioCount = 10_000;
const hosts = ["www.contoso.com", "login.microsoftonline.com", "update.contoso.com", "example.org"];
const programs = ["powershell.exe", "chrome.exe", "svchost.exe", "OneDrive.exe", "notepad.exe"];

/** The T1102 rule over 10,000 scenarios of 40 events in one call: one in two has a connection that the rule wants. */
export async function batchBench() {
  const { rules } = await loadProject(".");
  const scenarios = Array.from({ length: scenarioCount }, (_, index) => scenario(index));
  // Without the reference: it is the check of the rule, and not what is measured here.
  const project = {
    rules: rules.map((rule) => ({ ...rule, reference: undefined })),
    scenarios,
    expectations: [],
  };
  const times = await durations(5, () => runSuite({ project, now }));
  const best = Math.min(...times);
  return [
    `${scenarioCount} scenarios of 40 events: median ${inMs(median(times))}, best ${inMs(best)}`,
    `${Math.round(scenarioCount / (median(times) / 1000))} scenarios/s (median)`,
  ];
}

function scenario(number) {
  const time = (minute) => `2025-01-15T11:${String(minute).padStart(2, "0")}:00.0000000Z`;
  const device = (event) => ({
    DeviceId: (number * 7 + (event % 3)).toString(16).padStart(40, "0"),
    DeviceName: `pc${number}-${event % 3}.contoso.com`,
  });
  const connections = Array.from({ length: 20 }, (_, event) => ({
    ...device(event),
    Timestamp: time(event),
    ActionType: "ConnectionSuccess",
    RemoteUrl: event === 7 && number % 2 === 1 ? "pastebin.com" : hosts[(number + event) % 4],
    RemoteIP: `203.0.113.${event}`,
    RemotePort: 443,
    RemoteIPType: "Public",
    InitiatingProcessFileName: programs[(number + event * 3) % 5],
    InitiatingProcessCommandLine: `${programs[(number + event * 3) % 5]} -n ${event}`,
  }));
  const processes = Array.from({ length: 20 }, (_, event) => ({
    ...device(event),
    Timestamp: time(event),
    ActionType: "ProcessCreated",
    FileName: programs[(number * 3 + event) % 5],
    ProcessId: 4 * (event + 100),
    ProcessCommandLine: `${programs[(number * 3 + event) % 5]} --job ${number % 50} ${event}`,
    InitiatingProcessFileName: "explorer.exe",
    AccountName: `user${number % 100}`,
    SHA256: ((number % 97) + event).toString(16).padStart(64, "0"),
  }));
  return scenarioFromRows({
    id: `bench/${number}`,
    truth: number % 2 === 1 ? "malicious" : "benign",
    rows: { DeviceNetworkEvents: connections, DeviceProcessEvents: processes },
  });
}
