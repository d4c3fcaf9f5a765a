import { expect, test } from "vitest";
import { judgementReporters } from "../../src/report/judgement/index.ts";
import { judgeRecording } from "../../src/run/replay/judge-recording.ts";
import type { Judgement } from "../../src/run/replay/judgement.ts";
import { loadJudgingProject } from "../../src/run/replay/judging-project.ts";
import { straceRecording, sysmonRecording, testProject, atomic } from "../run/replay/recorded.ts";

const plain = { color: false, width: 100 };

const samples: Readonly<Record<string, () => Promise<Judgement>>> = {
  // The rule and the twin of this repository, and what curl did in a container.
  "replay-strace": async () => {
    const guid = "2a01afc7-0881-47a1-8f6f-f12d97a572fd";
    const run = { technique: "T1102", number: 2, guid, name: "curl fetches a paste" };
    const marked = { ...run, inputs: { marker: "run-7" }, marker: "run-7" };
    const recording = straceRecording({ atomic: marked });
    // Every process more is a row more for each connection.
    const tables = Object.entries(recording.tables).map(([name, rows]) => [name, rows.slice(0, 2)]);
    const own = await loadJudgingProject(".", { guid });
    return judgeRecording(own, { ...recording, tables: Object.fromEntries(tables) });
  },
  "replay-sysmon": async () => {
    const silent = testProject("mustNotFire: [encoded-powershell]");
    const hostile = sysmonRecording({ device: "pc\u001b[31m1" });
    return judgeRecording(await loadJudgingProject(silent, { guid: atomic.guid }), hostile);
  },
  "replay-nothing": async () =>
    judgeRecording(await loadJudgingProject(testProject(), {}), {
      ...sysmonRecording(),
      tables: {},
    }),
};

const endings: Readonly<Record<string, string>> = { text: "txt", json: "json" };

test.each(Object.entries(samples))("%s", async (sample, judge) => {
  const judgement = await judge();
  for (const reporter of judgementReporters) {
    const text = reporter.render(judgement, plain);
    await expect(text).toMatchFileSnapshot(`golden/${sample}.${endings[reporter.name]}`);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    const colored = reporter.render(judgement, { color: true, width: 100 });
    // oxlint-disable-next-line no-control-regex -- the escape sequences of colours
    expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(text);
  }
});
