import { test } from "vitest";
import { expectRefusal, expectRows } from "../support/engine.ts";

test("versions go through columns, groups and joins", async () => {
  const versions = "datatable(v:string)['1.2', '1.10', 'x'] | extend p = parse_version(v)";
  await expectRows(`${versions} | summarize arg_max(p, v)`, [
    ["1000000100000000000000000", "1.10"],
  ]);
  await expectRows(`${versions} | where p between (parse_version('1') .. parse_version('1.5'))`, [
    ["1.2", "1000000020000000000000000"],
  ]);
  await expectRows(`${versions} | sort by p desc | project v`, [["1.10"], ["1.2"], ["x"]]);
  await expectRows(`${versions} | join (${versions}) on p | summarize count()`, [[3]]);
});

test.each([
  "print parse_version('1') > 5",
  "print parse_version('1') + parse_version('2')",
  "print v = parse_version('1'), d = decimal(1.5)",
  "print v = iff(true, parse_version('1'), decimal(null))",
  "print d = avg(parse_version('1'))",
])("versions do not meet other decimals: %s", async (kql) => {
  await expectRefusal(kql.replace("print d = avg", "print x = 1 | summarize avg"), "KT0220");
});
