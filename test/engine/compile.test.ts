import { expect, test } from "vitest";
import { InputError } from "../../src/base/diagnostic.ts";
import { expectRows, sharedEngine } from "../support/engine.ts";

async function messageOf(kql: string): Promise<string> {
  const engine = await sharedEngine();
  const answer = engine.query(kql).then(
    () => "it was answered",
    (error: unknown) => (error instanceof InputError ? error.message : String(error)),
  );
  return answer;
}

test("a function that is not known says where it stands and where the others are listed", async () => {
  expect(await messageOf("print a = 1,\n  b = hash_combine(1, 2)")).toMatchInlineSnapshot(`
    "query:2:7 KT0220 function \`hash_combine\` has no translation
      2 |   b = hash_combine(1, 2)
        |       ^^^^^^^^^^^^^^^^^^
      hint: use \`hash(strcat(…))\`: its algorithm is not published"
  `);
});

test("a call that is refused for its constants has a place too", async () => {
  expect(await messageOf("print x = split('a', '')")).toMatchInlineSnapshot(`
    "query:1:11 KT0221 this call of \`split\` has no translation: its delimiter is empty
      1 | print x = split('a', '')
        |           ^^^^^^^^^^^^^^"
  `);
});

test("behind a text that is no KQL nothing else is told", async () => {
  expect(
    await messageOf("DeviceInfo\n| where Nmae == ''\n| wehre DeviceName has 'x' | extend y = Z"),
  ).toMatchInlineSnapshot(`
    "query:2:9 KT0101 the name \`Nmae\` does not refer to any known column, table, variable or function (KS142)
      2 | | where Nmae == ''
        |         ^^^^
    query:3:3 KT0101 query operator expected (KS176)
      3 | | wehre DeviceName has 'x' | extend y = Z
        |   ^^^^^"
  `);
});

test.each([
  "print x = dynamic([1]) == dynamic([1])",
  "print x = dynamic({'a': 1}).a < dynamic(2)",
  "print x = dynamic(1.5) + 1",
  "print x = -dynamic({'a': 1}).a",
])("dynamic values are neither compared with each other nor computed with: %s", async (kql) => {
  expect(await messageOf(kql)).toContain("KT0220 operator");
});

test.each(["1e99", "1.0000000000000000001", "0.0000000000000000001", "1e-19"])(
  "a decimal that the engine cannot hold is refused: %s",
  async (text) => {
    expect(await messageOf(`print decimal(${text})`)).toContain("KT0204");
  },
);

test("zeros at the end of a decimal are no digits", async () => {
  await expectRows("print decimal(1.50000000000000000000), decimal(15e-1), decimal(7)", [
    ["1.5", "1.5", "7"],
  ]);
});

test.each([
  ["f(1, 'x')", "x1"],
  ["f(a = 1, 'x')", "x1"],
  ["f(b = 'x', a = 1)", "x1"],
  ["f(1)", "y1"],
])("arguments find their parameters by name and by place: %s", async (call, value) => {
  await expectRows(`let f = (a: long, b: string = 'y') { strcat(b, a) }; print x = ${call}`, [
    [value],
  ]);
});

test.each([
  "print x = iff(true, 1, 2.5)",
  "print x = case(false, 1.5, true, toint(2), 3)",
  "print x = iff(true, 1, decimal(2))",
])("the values of a choice have one type, as in Kusto: %s", async (kql) => {
  expect(await messageOf(kql)).toContain("KT0220 function");
});

test.each([
  "print extractjson('$Name', '{\"Name\": 1}')",
  "print hash('a', 100)",
  "print hash('World', 0)",
])("what is known of some values alone is refused for the others: %s", async (kql) => {
  expect(await messageOf(kql)).toContain("KT0249");
});

test("a branch of a union over tables without rows is compiled like any other", async () => {
  expect(
    await messageOf("union (DeviceEvents | extend x = hash(ProcessId)), DeviceInfo"),
  ).toContain("KT0221");
});
