import { test } from "vitest";
import { expectRefusal, expectRows } from "../support/engine.ts";

test.each([
  ["declare query_parameters(days:long = 7, name:string = 'a'); print days + 1, name", [[8, "a"]]],
  ["set notruncation; print 1", [[1]]],
  ["set query_bin_auto_size = 10; print bin_auto(37), bin_auto(-1)", [[30, -10]]],
  ["set query_bin_auto_size = 10; set query_bin_auto_at = 3; print bin_auto(37)", [[33]]],
  [
    "let f = (n:long) { print a = n, b = 'x' }; print column_names_of(f(1)), column_names_of(f(2))[1]",
    [[["a", "b"], "b"]],
  ],
  ["let f = (n:long, m:long = 2) { n * m }; print f(3), f(3, 5), f(m = 1, n = 4)", [[6, 15, 4]]],
  [
    "let f = (T:(x:long), least:long = 2) { T | where x >= least }; range x from 1 to 3 step 1 | invoke f() | count",
    [[2]],
  ],
  ["let v = view () { print x = 1 }; v | count", [[1]]],
  [
    "declare pattern p = (a:string)[b:string] { ('x').['y z'] = { print c = 1 }; ('x').['w'] = { let d = 2; print c = d }; }; union p('x').['y z'], p('x').w",
    [[1], [2]],
  ],
  [
    "declare pattern p = (a:string, b:string) { ('x', 'y') = { print 1 }; ('x', 'z') = { print 2 }; }; p('x', 'z')",
    [[2]],
  ],
  [
    "let n = 1; declare pattern p = (a:string) { ('x') = { print n + 1 }; }; print toscalar(p('x')) + 1",
    [[3]],
  ],
  ["let t = 'AlertInfo'; table(t) | count", [[0]]],
  ["let f = (t:string) { table(t) | count }; f('AlertInfo')", [[0]]],
  ["print (a, b) = series_stats(dynamic([3, 5])), c = 7", [[3, 0, 7]]],
  ["print 1 | render timechart with (title = 'x')", [[1]]],
  ["range x from 1 to 3 step 1 | consume", []],
] as const)("%s", async (kql, rows) => {
  await expectRows(kql, rows);
});

test.each([
  ["declare query_parameters(days:long); print days", "KT0262"],
  ["let t = 'Alert'; table(strcat(t, 'Info')) | count", "KT0263"],
  ["print bin_auto(1)", "KT0264"],
  ["restrict access to (DeviceInfo); DeviceInfo", "KT0203"],
  ["declare pattern p = (a:string) { ('x') = { print 1 }; }; p('y')", "KT0101"],
])("refuses %s", async (kql, code) => {
  await expectRefusal(kql, code);
});
