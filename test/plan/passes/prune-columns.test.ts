import { expect, test } from "vitest";
import { columnsOf } from "../../../src/plan/ir/columns.ts";
import { optimise } from "../../../src/plan/passes/index.ts";
import { compile } from "../../support/engine.ts";

test.each([
  "DeviceProcessEvents | project ActionType, FileName, ProcessId | extend FileName = 1",
  "DeviceProcessEvents | extend FileName = 'x' | extend DeviceId = FileName",
  "datatable(a:int, b:long, c:string)[1, 2, 'x'] | mv-expand b = dynamic([1])",
  "let T = DeviceProcessEvents | extend FileName = 1; union T, (T | where FileName == 1)",
])("the columns stay where they are: %s", (kql) => {
  const program = compile(kql);
  expect(columnsOf(optimise(program).body)).toEqual(columnsOf(program.body));
});
