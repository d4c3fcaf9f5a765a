import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { InputError, renderDiagnostic } from "../../src/base/diagnostic.ts";
import { readExpectation, unknownNames } from "../../src/expect/read-expectation.ts";
import type { Expectation, ExpectationFile } from "../../src/expect/types.ts";

const read = (text: string): ExpectationFile =>
  readExpectation({ file: "expected/r/s.yaml", text }, "r", "s");

function messageOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error("no error was thrown");
}

test("an expectation is read as it stands", () => {
  const file = read(`
verdict: true-positive
count: 2
rows:
  - { FileName: cmd.exe, UnusualParent: false, RemotePort: 443, SHA256: null }
events:
  include: [process-1]
  exclude: [network-2]
`);
  expect(file).toMatchObject({ rule: "r", scenario: "s" });
  expect(file.expectation).toEqual({
    verdict: "true-positive",
    count: 2,
    rows: [{ FileName: "cmd.exe", UnusualParent: false, RemotePort: 443, SHA256: null }],
    events: { include: ["process-1"], exclude: ["network-2"] },
  });
});

test("mistakes are told with their place", () => {
  expect(messageOf("verdict: true-positiv\ncuont: 1\n")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:2:1 KT0601 unknown key \`cuont\`
      2 | cuont: 1
        | ^^^^^
      hint: did you mean \`count\`?
    expected/r/s.yaml:1:10 KT0601 \`verdict\` is \`true-positiv\`, which is none of \`true-positive\`, \`false-negative\`, \`true-negative\`, \`false-positive\`
      1 | verdict: true-positiv
        |          ^^^^^^^^^^^^
      hint: did you mean \`true-positive\`?"
  `);
  expect(messageOf("count: -1\nrows: [{}]\n")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:1:1 KT0601 the file lacks the key \`verdict\`
      1 | count: -1
        | ^^^^^^^^^
      hint: write \`verdict:\`: ground truth of the scenario and whether the rule fires on it
    expected/r/s.yaml:1:8 KT0601 \`count\` must be at least 0, found -1
      1 | count: -1
        |        ^^
      hint: how many rows the rule gives
    expected/r/s.yaml:2:8 KT0601 \`rows.0\` is empty
      2 | rows: [{}]
        |        ^^
      hint: a map of column names and their values, at least one"
  `);
  expect(messageOf("verdict: false-negative\n")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:1:10 KT0602 a \`false-negative\` needs the key \`known\`
      1 | verdict: false-negative
        |          ^^^^^^^^^^^^^^
      hint: say in a sentence why it is accepted, or mend the rule: \`known: …\`"
  `);
  expect(messageOf("verdict: true-negative\nknown: it happens\n")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:2:1 KT0602 a \`true-negative\` is no mistake of the rule, so there is nothing \`known\`
      2 | known: it happens
        | ^^^^^
      hint: delete the key, or say \`false-positive\` or \`false-negative\`"
  `);
  expect(messageOf("verdict: false-positive\nknown: ' '\n")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:2:8 KT0601 \`known\` is empty
      2 | known: ' '
        |        ^^^
      hint: a sentence that says why a \`false-positive\` or \`false-negative\` is accepted; it must keep happening"
  `);
  expect(messageOf("")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:1:1 KT0601 the file is empty
      1 | 
        | ^
      hint: write it or delete it"
  `);
});

test("names that nothing answers to are told with the nearest that there is", () => {
  const file = read(`
verdict: true-positive
rows:
  - FileNam: cmd.exe
contains:
  - FileName: cmd.exe
    Colour: red
events:
  include: [process-1, proces-2]
  exclude: [dns-1]
`);
  const nameable = { columns: ["FileName", "RemoteUrl"], events: ["process-1", "process-2"] };
  expect(unknownNames(file, nameable).map(renderDiagnostic).join("\n")).toMatchInlineSnapshot(`
    "expected/r/s.yaml:4:5 KT0603 the rule gives no column \`FileNam\`
      4 |   - FileNam: cmd.exe
        |     ^^^^^^^
      hint: did you mean \`FileName\`?
    expected/r/s.yaml:7:5 KT0603 the rule gives no column \`Colour\`
      7 |     Colour: red
        |     ^^^^^^
      hint: possible: \`FileName\`, \`RemoteUrl\`
    expected/r/s.yaml:9:24 KT0604 the scenario has no event \`proces-2\`
      9 |   include: [process-1, proces-2]
        |                        ^^^^^^^^
      hint: did you mean \`process-2\`?
    expected/r/s.yaml:10:13 KT0604 the scenario has no event \`dns-1\`
      10 |   exclude: [dns-1]
         |             ^^^^^
      hint: possible: \`process-1\`, \`process-2\`"
  `);
  expect(unknownNames(read("verdict: true-positive\nrows: [{ FileName: a }]\n"), nameable)).toEqual(
    [],
  );
});

test("the schema and the type have the same keys", () => {
  const keys = {
    verdict: true,
    known: true,
    count: true,
    rows: true,
    contains: true,
    events: true,
  } satisfies Record<keyof Expectation, true>;
  const schema = JSON.parse(readFileSync("schemas/expectation.schema.json", "utf8")) as {
    readonly properties: object;
  };
  expect(Object.keys(schema.properties)).toEqual(Object.keys(keys));
});
