import { expect, test } from "vitest";
import { position } from "../../src/base/source.ts";
import { readFunctions, type DeclaredFunction } from "../../src/kql/functions/function-file.ts";

const read = (text: string, file = "functions/Errors.kql"): readonly DeclaredFunction[] =>
  readFunctions({ file, text }, "Errors");

const plain = (functions: readonly DeclaredFunction[]): unknown =>
  functions.map(({ name, parameters, body }) => [name, parameters, body.text]);

test.each([
  [".create-or-alter function Errors() { Apache_CL }", [["Errors", "()", "{ Apache_CL }"]]],
  [
    "// exported\n.create-or-alter function with (docstring = \"errors (all)\", folder = 'x') Errors(least:long = 400)\n{\n  Apache_CL\n}\n",
    [["Errors", "(least:long = 400)", "{\n  Apache_CL\n}"]],
  ],
  [
    ".create function ifnotexists with(skipvalidation='true') ['Two'](T:(*), s:string=')') { T | where a == '}' }",
    [["Two", "(T:(*), s:string=')')", "{ T | where a == '}' }"]],
  ],
  [
    ".alter function A() { print 1 }\n\n// next\n.create-or-alter function B() { A }",
    [
      ["A", "()", "{ print 1 }"],
      ["B", "()", "{ A }"],
    ],
  ],
  ["Apache_CL // all", [["Errors", "()", "{Apache_CL // all\n}"]]],
  [
    "// name: Least\n// parameters: (T:(*), least:long)\n// A note.\nT | where Status >= least\n",
    [
      [
        "Least",
        "(T:(*), least:long)",
        "{// name: Least\n// parameters: (T:(*), least:long)\n// A note.\nT | where Status >= least\n\n}",
      ],
    ],
  ],
])("%j", (text, functions) => {
  expect(plain(read(text))).toEqual(functions);
});

test("a Sentinel parser is called by its alias and by its name, an ASIM parser by both of its own", () => {
  const sentinel =
    "id: 1\nFunction:\n  Title: x\nFunctionName: CiscoSEGEvent\nFunctionAlias: CiscoSEG\nFunctionQuery: |\n  Apache_CL\n";
  expect(read(sentinel, "functions/a.yaml").map(({ name }) => name)).toEqual([
    "CiscoSEGEvent",
    "CiscoSEG",
  ]);
  const asim = `ParserName: imDns
EquivalentBuiltInParser: _Im_Dns
ParserParams:
  - Name: starttime
    Type: datetime
    Default: datetime(null)
  - Name: types
    Type: dynamic
    Default: dynamic([])
  - Name: name
    Type: string
    Default: '*'
  - Name: pack
    Type: bool
    Default: False
  - Name: T
    Type: table:(*)
ParserQuery: |
  Dns_CL
`;
  const parameters =
    '(starttime:datetime = datetime(null), types:dynamic = dynamic([]), name:string = "*", pack:bool = false, T:(*))';
  expect(plain(read(asim, "functions/imDns.yaml"))).toEqual([
    ["imDns", parameters, "{Dns_CL\n\n}"],
    ["_Im_Dns", parameters, "{Dns_CL\n\n}"],
  ]);
});

test.each([
  [".create-or-alter function Errors { 1 }", "Errors.kql:1:26 KT0723 the function has no name"],
  [".create-or-alter function Errors() Apache_CL", "1:35 KT0723 `Errors` has no body in braces"],
  [".create-or-alter function Errors() { Apache_CL", "1:36 KT0723 the bracket is not closed"],
  [".create-or-alter function A() { 1 }\n.drop function A", "2:1 KT0723 no `.create-or-alter"],
  ["// nothing but this\n", "1:1 KT0723 the function has no body"],
  ["// parameters: T:(*)\nT", "1:16 KT0723 the parameters stand in no parentheses"],
])("a mistake has its place: %j", (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("a parser without a name that a query can call is refused", () => {
  const text = "FunctionName: Cisco SEG\nFunctionQuery: Apache_CL\n";
  expect(() => read(text, "functions/a.yaml")).toThrow("KT0723 the function has no name");
});

test.each([
  ["functions/Errors.kql", ".create-or-alter function Errors()\n{\n  Apache_CL\n}"],
  ["functions/Errors.kql", "\n\n  Apache_CL"],
  ["functions/a.yaml", "FunctionName: Errors\nFunctionQuery: |\n    Apache_CL\n"],
])("the body's places are the file's: %s", (file, text) => {
  const [{ body } = fail()] = read(text, file);
  const at = body.text.indexOf("Apache_CL");
  const line = body.lines.findLast((candidate) => candidate.at <= at) ?? fail();
  const offset = line.file + (at - line.at);
  expect(position(text, offset)).toEqual(position(text, text.indexOf("Apache_CL")));
});

function fail(): never {
  throw new Error("no function was read");
}
