import { expect, test } from "vitest";
import { processTrees, type ProcessNode } from "../../src/report/process-tree.ts";
import { readScenario } from "../../src/scenario/read-scenarios.ts";
import type { ScenarioEvent } from "../../src/scenario/model/types.ts";
import type { Row } from "../../src/schema/types.ts";

/** A node and what is below it in one text: `name[event] {actions} (children)`. */
function textOf({ fileName, start, actions, children }: ProcessNode): string {
  const own = start === undefined ? fileName : `${fileName}[${start.id}]`;
  const did = actions.length === 0 ? "" : ` {${actions.map(({ id }) => id).join(" ")}}`;
  const below = children.length === 0 ? "" : ` (${children.map(textOf).join(", ")})`;
  return `${own}${did}${below}`;
}

const started = (id: string, row: Row): ScenarioEvent => ({
  id,
  table: "DeviceProcessEvents",
  row: { ActionType: "ProcessCreated", DeviceName: "pc", ...row },
});

const connected = (id: string, row: Row): ScenarioEvent => ({
  id,
  table: "DeviceNetworkEvents",
  row: { DeviceName: "pc", ...row },
});

const parent = (name: string, pid: number, created = ""): Row => ({
  InitiatingProcessFileName: name,
  InitiatingProcessId: pid,
  InitiatingProcessCreationTime: created,
});

const trees: readonly (readonly [what: string, events: readonly ScenarioEvent[], text: string])[] =
  [
    ["nothing", [], ""],
    [
      "a child below the parent that its row names",
      [started("p1", { FileName: "a.exe", ProcessId: 4, ...parent("cmd.exe", 8) })],
      "pc: cmd.exe (a.exe[p1])",
    ],
    [
      "a connection at the process that made it, whatever the case of its name",
      [
        started("p1", { FileName: "a.exe", ProcessId: 4, ProcessCreationTime: "t" }),
        connected("c1", parent("A.EXE", 4, "t")),
      ],
      "pc: a.exe[p1] {c1}",
    ],
    [
      "one id used twice",
      [
        started("p1", { FileName: "a.exe", ProcessId: 4, ProcessCreationTime: "1" }),
        started("p2", { FileName: "a.exe", ProcessId: 4, ProcessCreationTime: "2" }),
      ],
      "pc: a.exe[p1], a.exe[p2]",
    ],
    ["an event without a process", [connected("c1", { InitiatingProcessId: 0 })], "pc: ; c1"],
    [
      "rows that contradict each other",
      [
        started("p1", { FileName: "a.exe", ProcessId: 4, ...parent("b.exe", 8) }),
        started("p2", { FileName: "b.exe", ProcessId: 8, ...parent("a.exe", 4) }),
      ],
      "pc: b.exe[p2] (a.exe[p1])",
    ],
  ];

test.each(trees)("%s", (_, events, text) => {
  const texts = processTrees(events).map(({ device, roots, others }) => {
    const alone = others.length === 0 ? "" : `; ${others.map(({ id }) => id).join(" ")}`;
    return `${device}: ${roots.map(textOf).join(", ")}${alone}`;
  });
  // `processCreationTime` is missing in the short rows above, as it is for a parent of which no more is known.
  expect(texts.join("\n")).toBe(text);
});

test("the tree of a scenario is the one that its timeline says", () => {
  const text = `version: 1
title: x
truth: benign
timeline:
  - { id: word, process: WINWORD.EXE }
  - { id: shell, process: powershell.exe, parent: cmd.exe < word }
  - { id: call, connection: pastebin.com, by: shell }
`;
  const events = readScenario({ file: "x.yaml", text }, "x").events({
    now: 638_725_392_000_000_000n,
  });
  const [tree] = processTrees(events);
  expect(tree?.roots.map(textOf)).toEqual([
    "userinit.exe (explorer.exe (WINWORD.EXE[word] (cmd.exe (powershell.exe[shell] {call}))))",
  ]);
});
