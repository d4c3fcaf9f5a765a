import { readFileSync } from "node:fs";
import { importEvents } from "../../../src/recording/import-events.ts";
import {
  recordingOf,
  type RecordedAtomic,
  type Recording,
} from "../../../src/recording/recording.ts";
import { importStrace } from "../../../src/recording/linux/import-strace.ts";
import { connection, processStart, query } from "../../recording/recorded.ts";
import { starterProject } from "../../support/temp-project.ts";

/** The test of `testProject`, run as `run-7`. */
export const atomic: RecordedAtomic = {
  technique: "T1059.001",
  number: 1,
  guid: "7d0f4b57-6a0c-4f0e-9f57-0b5b6d2c1e01",
  name: "An encoded command",
  inputs: { marker: "run-7" },
  marker: "run-7",
};

const technique = `attack_technique: T1059.001
display_name: PowerShell
atomic_tests:
- name: An encoded command
  auto_generated_guid: ${atomic.guid}
  description: Runs an encoded command.
  supported_platforms: [windows]
  input_arguments:
    marker: { description: names the run, type: string, default: run-1 }
  executor:
    name: command_prompt
    elevation_required: false
    command: powershell.exe -enc "#{marker}"
`;

/** The starter project, in whose sidecar the test demands what `demands` says. */
export function testProject(demands = "mustFire: [encoded-powershell]", files = {}): string {
  return starterProject({
    "atomics/T1059.001/T1059.001.yaml": technique,
    "atomics/T1059.001/kqltest.yaml": `${atomic.guid}:\n  scenario: T1059.001/encoded-command\n  marker: marker\n  ${demands}\n`,
    ...files,
  });
}

const hashes = (digit: string): string =>
  `SHA1=${digit.repeat(40)},MD5=${digit.repeat(32)},SHA256=${digit.repeat(64)}`;

/** What Sysmon would have recorded of that test: cmd starts PowerShell, which connects to a host that it asked for. */
export function sysmonRecording(changes: Partial<Recording> = {}): Recording {
  const guid = "{11111111-6260-6633-0300-000000000100}";
  const image = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
  const { tables } = importEvents([
    processStart({ Hashes: hashes("1") }),
    processStart({
      Hashes: hashes("2"),
      UtcTime: "2024-05-02 10:00:02.000",
      ProcessGuid: guid,
      ProcessId: "5120",
      Image: image,
      CommandLine: 'powershell.exe -enc "run-7"',
      OriginalFileName: "PowerShell.EXE",
      ParentProcessGuid: "{11111111-6250-6633-0100-000000000100}",
      ParentProcessId: "4004",
      ParentImage: "C:\\Windows\\System32\\cmd.exe",
      ParentCommandLine: '"C:\\Windows\\System32\\cmd.exe" /c run',
    }),
    query({
      ProcessGuid: guid,
      ProcessId: "5120",
      Image: image,
      UtcTime: "2024-05-02 10:00:02.500",
    }),
    connection({
      ProcessGuid: guid,
      ProcessId: "5120",
      Image: image,
      UtcTime: "2024-05-02 10:00:03.000",
    }),
  ]);
  return recordingOf(tables, { source: "sysmon", atomic, ...changes });
}

/** What strace wrote of curl, wget, python3 and shells in a container with two sinkholes. */
export function straceRecording(changes: Partial<Recording> = {}): Recording {
  const text = readFileSync(new URL("../../recording/lab.strace", import.meta.url), "utf8");
  const names = new Map([
    ["172.18.0.2", ["pastebin.com"]],
    ["172.18.0.3", ["paste.ee"]],
  ]);
  const { tables } = importStrace(text, { device: "lab-1", account: "root", names });
  return recordingOf(tables, { source: "strace", account: "root", ...changes });
}
