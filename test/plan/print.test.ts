import { expect, test } from "vitest";
import { optimise } from "../../src/plan/passes/index.ts";
import { renderProgram } from "../../src/plan/ir/print-program.ts";
import { compile } from "../support/engine.ts";

test("a plan reads from the result down to its sources", () => {
  const kql =
    "DeviceProcessEvents | where FileName has 'cmd' and ProcessId > 4 | summarize n = count() by DeviceId";
  expect(renderProgram(optimise(compile(kql)))).toMatchInlineSnapshot(`
    "aggregate keys=[DeviceId] items=[n = count()]
      filter where=(>(ProcessId, 4) and has(FileName, "cmd"))
        scan table=DeviceProcessEvents columns=[DeviceId, FileName, ProcessId]"
  `);
});

test("a filter is moved to the side of the join that it reads", () => {
  const kql = `DeviceNetworkEvents
    | join kind=inner (DeviceProcessEvents | project DeviceId, FileName) on DeviceId
    | where FileName =~ 'cmd.exe' and RemoteUrl has 'pastebin.com'
    | project RemoteUrl, FileName`;
  expect(renderProgram(optimise(compile(kql)))).toMatchInlineSnapshot(`
    "project items=[RemoteUrl, FileName]
      join join=inner on=[{left: DeviceId, right: DeviceId, nullsMatch: true}] columns=[RemoteUrl = left.RemoteUrl, FileName = right.FileName]
        filter where=has(RemoteUrl, "pastebin.com")
          scan table=DeviceNetworkEvents columns=[DeviceId, RemoteUrl]
        project items=[DeviceId, FileName]
          filter where==~(FileName, "cmd.exe")
            scan table=DeviceProcessEvents columns=[DeviceId, FileName]"
  `);
});
