import { expect, test } from "vitest";
import { problemsIn, readFrom, scenariosOf } from "./files.ts";

const timeline = `
timeline:
  - process: \${image}
    command: \${image} \${host}
`;
const frame = "version: 1\ntitle: t\ntruth: benign\n";

/** The names in brackets of the cases that `header` makes. */
function names(header: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const { cases } = readFrom({ ...files, "s.yaml": `${frame}${header}${timeline}` });
  return cases.map(({ id }) => id.slice(1));
}

test.each<[string, string, readonly string[]]>([
  ["no variables", "", [""]],
  [
    "a matrix, the last variable first to change",
    "matrix: { image: [cmd.exe, curl.exe], host: [a.com, b.com] }",
    [
      "[image=cmd.exe,host=a.com]",
      "[image=cmd.exe,host=b.com]",
      "[image=curl.exe,host=a.com]",
      "[image=curl.exe,host=b.com]",
    ],
  ],
  [
    "a vector, whose values go together",
    "vector: { image: [cmd.exe, curl.exe], host: [a.com, b.com] }",
    ["[image=cmd.exe,host=a.com]", "[image=curl.exe,host=b.com]"],
  ],
  [
    "a matrix with each row of a vector",
    "matrix: { x: [1, true] }\nvector: { image: [cmd.exe, curl.exe], host: [a, b] }",
    [
      "[x=1,image=cmd.exe,host=a]",
      "[x=1,image=curl.exe,host=b]",
      "[x=true,image=cmd.exe,host=a]",
      "[x=true,image=curl.exe,host=b]",
    ],
  ],
  [
    "what is left out, and what is more",
    `matrix:
  image: [cmd.exe, curl.exe]
  host: [a, b, c]
  exclude: [{ image: cmd.exe, host: [a, b] }, { host: { not: [a, b] }, image: curl.exe }]
  include: [{ image: wget.exe, host: z }]
`,
    [
      "[image=cmd.exe,host=c]",
      "[image=curl.exe,host=a]",
      "[image=curl.exe,host=b]",
      "[image=wget.exe,host=z]",
    ],
  ],
  [
    "names that hold what ids and patterns are made of",
    `matrix: { host: ["a/b[c]", "x,y=*", "é ☃", null, 1.5] }`,
    [
      "[host=a%2Fb%5Bc%5D]",
      "[host=x%2Cy%3D%2A]",
      "[host=é%20%E2%98%83]",
      "[host=null]",
      "[host=1.5]",
    ],
  ],
  [
    "long values, told apart by a hash",
    `matrix: { host: [${"a".repeat(60)}, ${"a".repeat(61)}] }`,
    [`[host=${"a".repeat(39)}~5b8cbd0f]`, `[host=${"a".repeat(39)}~ba297d50]`],
  ],
])("%s", (_, header, expected) => {
  expect(names(`${header}\n`)).toEqual(expected);
});

test("values may stand in a file, one on each line", () => {
  const files = { "lists/hosts.txt": "# Paste sites.\npastebin.com\n\n  paste.ee  \r\n" };
  expect(names("matrix: { host: { file: lists/hosts.txt } }\n", files)).toEqual([
    "[host=pastebin.com]",
    "[host=paste.ee]",
  ]);
});

test("a case has the values of its variables, with their types", () => {
  const [one] = scenariosOf({
    "s.yaml": `${frame}variables:
  url: https://\${host}/\${path}
  path: raw/\${n}
matrix: { host: [pastebin.com], n: [7] }
timeline:
  - process: curl.exe
    command: curl.exe \${url} $\${HOME} \${env:TEMP}
    pid: \${n}
`,
  });
  expect(one?.case).toEqual({ file: "s", variables: { host: "pastebin.com", n: 7 } });
  expect(one?.events({ now: 0n })[0]?.row).toMatchObject({
    ProcessId: 7,
    ProcessCommandLine: "curl.exe  https://pastebin.com/raw/7 ${HOME} ${env:TEMP}",
  });
});

test("a case has a seed of its own, from its name or with the file's", () => {
  const devices = (seed: string): readonly unknown[] =>
    scenariosOf({
      "s.yaml": `${frame}${seed}matrix: { x: [1, 2, 3] }\ntimeline:\n  - process: cmd.exe\n`,
    }).map((scenario) => scenario.events({ now: 0n })[0]?.row["DeviceId"]);
  expect(new Set(devices("")).size).toBe(3);
  expect(new Set([...devices("seed: 5\n"), ...devices("")]).size).toBe(6);
});

test.each<[string, string]>([
  ["variables: { a: [1] }", "KT0540 `variables.a` must be a string"],
  ["variables: { __proto__x: 1 }", "KT0540"],
  ["variables: { a: '${b}', b: '${a}' }", "KT0542 the variable is made of itself: `a` → `b` → `a`"],
  ["variables: { hots: a.com }", "KT0541 there is no variable `host`"],
  ["matrix: { host: [] }", "KT0545 `host` has no value"],
  ["matrix: { host: a.com }", "KT0540"],
  ["matrix: { host: [a, a] }", "s.yaml:4:21 KT0545 `host` has the value `a` twice"],
  ["matrix: { host: [1, '1'] }", "KT0545 two cases are called `[host=1]`"],
  ["matrix: { host: ['${image}'] }", "KT0545 the value `${image}` has a variable in it"],
  ["matrix: { truth: [benign] }", "KT0545 `truth` cannot be a variable"],
  ["variables: { host: a }\nmatrix: { host: [b] }", "KT0545 the variable `host` is declared twice"],
  ["vector: { image: [a, b], host: [c] }", "KT0545 `host` has 1 values, and `image` 2"],
  [
    "matrix: { host: [a.com, b.com], exclude: [{ host: a.con }] }",
    "KT0546 `host` is never `a.con`",
  ],
  ["matrix: { host: [a], exclude: [{ hots: a }] }", "KT0546 no case has a variable `hots`"],
  [
    "matrix: { host: [a], image: [b], include: [{ host: c }] }",
    "KT0546 the case does not say `image`",
  ],
  [
    "matrix: { host: [a], include: [{ host: c, x: 1 }] }",
    "KT0546 neither the matrix nor the vector has a variable `x`",
  ],
  ["matrix: { host: { file: ../hosts.txt } }", "KT0543 `../hosts.txt` leads out of the project"],
  ["matrix: { host: { file: none.txt } }", "KT0543 there is no file `none.txt`"],
  [
    `matrix: { ${"abcdef"
      .split("")
      .map((name) => `${name}: [1, 2, 3, 4, 5, 6, 7]`)
      .join(", ")} }`,
    "KT0547 the file describes 117649 cases",
  ],
])("%s is refused", (header, message) => {
  expect(problemsIn({ "s.yaml": `${frame}${header}${timeline}` })).toContain(message);
});

test("a mistake in a case says which, and stands where the file has it", () => {
  const file = `${frame}matrix:
  program: [cmd.exe, crul.exe]
  host: [a.com, b.com]
timeline:
  - process: \${program}
  - connection: \${host}
    by: \${program}
`;
  expect(problemsIn({ "s.yaml": file })).toMatchInlineSnapshot(`
    "s.yaml:8:14 KT0510 no program \`crul.exe\` is known
      8 |   - process: \${program}
        |              ^^^^^^^^^^
      2 cases: s[program=crul.exe,host=a.com], …
      hint: did you mean \`curl.exe\`?
    s.yaml:10:9 KT0504 \`crul.exe\` is neither an earlier process step nor a known program
      10 |     by: \${program}
         |         ^^^^^^^^^^
      2 cases: s[program=crul.exe,host=a.com], …
      hint: did you mean \`curl.exe\`?"
  `);
});

test("thousands of cases are named and made without reading the file again", () => {
  const values = (count: number): string => Array.from({ length: count }, (_, n) => n).join(", ");
  const set = readFrom({
    "s.yaml": `${frame}matrix: { a: [${values(20)}], b: [${values(100)}] }\ntimeline:\n  - process: cmd.exe\n    pid: \${b}\n`,
  });
  expect(set.cases).toHaveLength(2000);
  expect(new Set(set.cases.map(({ id }) => id)).size).toBe(2000);
  expect(set.cases.map(set.read)[1321]?.case?.variables).toEqual({ a: 13, b: 21 });
});
