import type { RunResult } from "../../src/run/types.ts";
import { checkResult, runResult } from "../support/run-result.ts";

const silent = { rows: [], events: [], columns: [] } as const;

/** Runs that between them show every part of a report; each is a golden text and a golden JSON. */
export const samples: Readonly<Record<string, RunResult>> = {
  passing: runResult(
    [
      checkResult(),
      checkResult({
        scenario: "benign/browser",
        truth: "benign",
        verdict: "true-negative",
        expected: "true-negative",
        ...silent,
      }),
      checkResult({
        scenario: "benign/onedrive-and-a-start",
        truth: "benign",
        verdict: "false-positive",
        expected: "false-positive",
        known:
          "the exclusion list looks at the process that was started\nand not at the one that connects, which is OneDrive",
      }),
      checkResult({ rule: "web-service-tuned" }),
    ],
    { seed: 7 },
  ),
  errors: runResult([checkResult()], {
    errors: [
      {
        rule: "joins-everything",
        diagnostics: [
          {
            code: "KT0304",
            message: "the query took longer than 60 s",
            source: { file: "rules/joins-everything.kql", text: "" },
            hint: "filter before joining",
          },
        ],
      },
      {
        rule: "web-service",
        scenario: "one\u001b[31m",
        diagnostics: [
          {
            code: "KT0101",
            message: "unknown name",
            source: { file: "rules/web-service.kql", text: "T\n| where x" },
            span: { start: 10, end: 11 },
          },
        ],
      },
    ],
  }),
  failing: runResult([
    checkResult({
      verdict: "false-negative",
      status: "failed",
      findings: [{ message: "the rule is silent" }],
      ...silent,
    }),
    checkResult({
      scenario: "T1102/word-rundll32-discord",
      status: "failed",
      findings: [
        { message: "2 rows expected, got 3" },
        {
          message: "rows differ",
          expected: [
            { DeviceName: "ws-1", UnusualParent: true, FileName: "rundll32.exe" },
            { DeviceName: "ws-1", Hosts: ["discord.com"] },
            { DeviceName: "ws-9" },
          ],
          actual: [
            { DeviceName: "ws-1", UnusualParent: false, FileName: "rundll32.exe", ProcessId: 4 },
            {
              DeviceName: "ws-1",
              FileName: "cmd.exe",
              Hosts: ["discord.com"],
              ProcessCommandLine: "",
              MD5: null,
            },
            { DeviceName: "ws-2", FileName: "cmd.exe", MD5: null, ProcessCommandLine: "" },
          ],
        },
        {
          message: "the row lacks what is expected",
          expected: [
            { DeviceName: "ws-1", ProcessCommandLine: `powershell -enc ${"A".repeat(60)}` },
          ],
          actual: [{ DeviceName: "ws-1", ProcessCommandLine: `powershell -enc ${"A".repeat(61)}` }],
        },
      ],
    }),
    checkResult({
      rule: "web-service-tuned",
      scenario: "benign/it's odd \u001b[31m\u009b\u202e",
      truth: "benign",
      verdict: "true-negative",
      expected: "false-positive",
      status: "failed",
      known: "the list of browsers lacks Arc",
      findings: [
        {
          message:
            "the known false-positive no longer happens\nhint: run `kqltest --update` to make this a true-negative",
        },
      ],
      ...silent,
    }),
  ]),
  reference: runResult([checkResult(), checkResult({ scenario: "T1102/fan-out" })], {
    seed: 42,
    referenceDifferences: [
      {
        rule: "web-service",
        scenario: "T1102/fan-out",
        onlyRule: [{ DeviceName: "ws-1", FileName: "b.exe" }],
        onlyReference: [{ DeviceName: "ws-1", FileName: "a.exe" }],
      },
    ],
  }),
  metamorphic: runResult([checkResult()], {
    metamorphic: {
      variants: 9,
      failures: [
        {
          rule: "web-service",
          scenario: "T1102/powershell-pastebin",
          transformation: "letter-case",
          message: "with hosts in other letters, the rule is silent: \u202e `RemoteUrl`",
        },
        {
          rule: "web-service",
          scenario: null,
          transformation: "noise",
          message: "declares a change that no longer changes a verdict",
        },
      ],
    },
  }),
  stopped: runResult(
    [
      checkResult({
        verdict: "false-negative",
        status: "failed",
        findings: [{ message: "the rule is silent" }],
        ...silent,
      }),
    ],
    { stopped: true, durationMs: 12.4 },
  ),
  cached: runResult([checkResult({})], { cached: true, durationMs: 12.4 }),
  many: runResult([
    checkResult({
      status: "failed",
      findings: [
        {
          message: "rows that are not expected",
          expected: [],
          actual: Array.from({ length: 12 }, (_, index) => ({ ProcessId: index })),
        },
      ],
    }),
  ]),
};
