import { expect, test } from "vitest";
import { expectRows, rowsOf, sharedEngine } from "../../support/engine.ts";

// oxfmt-ignore
const cases: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  // Arrays, in their order, nulls included.
  ["print d = dynamic([1, 'a', null, [2], {'x': 1}]) | mv-expand d", [[1], ["a"], [null], [[2]], [{ x: 1 }]]],
  ["print a = 1, d = dynamic([2, 3]) | mv-expand d", [[1, 2], [1, 3]]],
  // Null is one row, nothing is none, and what is neither array nor bag is its own element.
  ["datatable(i:int, d:dynamic)[1, dynamic([]), 2, dynamic(null), 3, dynamic('x'), 4, dynamic(7), 5, dynamic({})] | mv-expand d", [[2, null], [3, "x"], [4, 7]]],
  ["print d = parse_json('no json') | mv-expand d", [["no json"]]],
  // Bags.
  ["print d = dynamic({'a': 1, 'b': null, 'c d': {'e': [1.50]}}) | mv-expand d", [[{ a: 1 }], [{ b: null }], [{ "c d": { e: [1.5] } }]]],
  ["print d = dynamic({'a': 1, 'b': null}) | mv-expand kind=array d", [[["a", 1]], [["b", null]]]],
  ["print d = dynamic({'a': 1}) | mv-expand bagexpansion=array d | project k = tostring(d[0]), v = toint(d[1])", [["a", 1]]],
  [String.raw`print d = dynamic({'a"b\\c/~': 1}) | mv-expand kind=array d | project k = tostring(d[0])`, [['a"b\\c/~']]],
  // Several side by side; the shorter ones have nulls.
  ["print a = dynamic([1, 2, 3]), b = dynamic(['x']), c = dynamic([]) | mv-expand a, b, c", [[1, "x", null], [2, null, null], [3, null, null]]],
  ["print a = dynamic([1]), b = dynamic({'p': 1, 'q': 2}) | mv-expand a, b to typeof(string)", [[1, '{"p":1}'], [null, '{"q":2}']]],
  ["print a = dynamic([1, 2]), b = dynamic([3, 4]) | mv-expand a | mv-expand b", [[1, 3], [1, 4], [2, 3], [2, 4]]],
  // Types: a value that is none of the type is null.
  ["print d = dynamic([1, '2', null, 'x']) | mv-expand d to typeof(long)", [[1], [null], [null], [null]]],
  ["print d = dynamic([1, 2.5, '3']) | mv-expand d to typeof(real)", [[1], [2.5], [null]]],
  ["print d = dynamic(['a', null]) | mv-expand d to typeof(string)", [["a"], [""]]],
  ["print d = dynamic([true, 'true']) | mv-expand d to typeof(bool)", [[true], [null]]],
  ["print d = pack_array(datetime(2024-01-02), 'no date', 5) | mv-expand d to typeof(datetime)", [["2024-01-02T00:00:00.0000000Z"], [null], [null]]],
  ["print d = pack_array(2h) | mv-expand d to typeof(timespan)", [["02:00:00.0000000"]]],
  // Names: of a new column, of an existing one, of an expression.
  ["print d = dynamic({'a': [1]}), x = 5 | mv-expand y = d.a, x = d.a", [[{ a: [1] }, 1, 1]]],
  ["print s = 'a,b' | mv-expand split(s, ',')", [["a"], ["b"]]],
  ["print s = 'a,b' | mv-expand t = split(s, ',') to typeof(string) | where t != 'a'", [["a,b", "b"]]],
  // The index, and how many.
  ["print a = 0, d = dynamic(['x', 'y', 'z']) | mv-expand with_itemindex=i d limit 2", [[0, "x", 0], [0, "y", 1]]],
  ["print d = range(1, 300, 1) | mvexpand d | count", [[128]]],
  ["print d = range(1, 300, 1) | mv-expand d | count", [[300]]],
  ["print d = range(1, 300, 1) | mvexpand d limit 200 | count", [[200]]],
  // Columns of which nothing is read still have their say in the number of rows.
  ["print a = dynamic([1, 2, 3]), b = dynamic([1]) | mv-expand a, b | project b", [[1], [null], [null]]],
  ["datatable(i:int, d:dynamic)[1, dynamic([1, 2]), 2, dynamic([3])] | mv-expand d | where i == 2 and toint(d) > 1", [[2, 3]]],
];

test.each(cases)("%s", (kql, rows) => expectRows(kql, rows as never));

// oxfmt-ignore
test.each([
  ["print a = 1, d = dynamic({'a': []}) | mv-expand d.a", "a:long d:dynamic d_a:dynamic"],
  ["print d = dynamic([]), a = 1 | mv-expand with_itemindex=i d", "d:dynamic a:long i:long"],
  ["print d = dynamic([]), a = 1 | mv-expand with_itemindex=a d to typeof(int)", "d:int a:long a1:long"],
  ["print d = dynamic([]), a = 1 | mv-expand x = d to typeof(guid), bag_keys(dynamic({})), split('', ',')", "d:dynamic a:long x:guid Column1:dynamic Column2:dynamic"],
])("columns of %s", async (kql, columns) => {
  const engine = await sharedEngine();
  const result = await engine.query(kql);
  expect(result.columns.map(({ name, type }) => `${name}:${type}`).join(" ")).toBe(columns);
});

test("a large array keeps the order of its elements", async () => {
  const rows = await rowsOf(
    "print d = range(1, 5000, 1) | mv-expand d to typeof(long) | take 3000",
  );
  expect(rows.map(([value]) => value)).toEqual(
    Array.from({ length: 3000 }, (_, index) => index + 1),
  );
});
