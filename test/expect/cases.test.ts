import { describe, expect, test } from "vitest";
import { InputError, renderDiagnostic } from "../../src/base/diagnostic.ts";
import { assignCases } from "../../src/expect/assign.ts";
import { expectationOf, readCases } from "../../src/expect/cases-file.ts";
import type { Subject } from "../../src/expect/subject.ts";

/** Two programs × two hosts. */
const cases: readonly Subject[] = ["cmd.exe", "curl.exe"].flatMap((image) =>
  ["a.com", "b.com"].map((host) => ({
    id: `m[image=${image},host=${host}]`,
    variables: new Map([
      ["image", image],
      ["host", host],
    ]),
  })),
);

/** Scenarios of a folder. */
const folder: readonly Subject[] = [
  { id: "T1/one", variables: new Map(), own: { truth: "malicious", technique: "T1001.002" } },
  { id: "T1/two", variables: new Map(), own: { truth: "benign" } },
  {
    id: "T1/m[n=1]",
    variables: new Map([["n", 1]]),
    own: { truth: "malicious", technique: "T1002" },
  },
];

/** The number of the entry that is for each subject, from 1; 0 for none. */
function assigned(text: string, subjects: readonly Subject[]): readonly number[] {
  const file = readCases({ file: "e.yaml", text });
  const { entries, problems } = assignCases(file, subjects, { whole: true });
  expect(problems.map(renderDiagnostic)).toEqual([]);
  return subjects.map(({ id }) => Number(entries.get(id)?.path[1] ?? -1) + 1);
}

const yes = "verdict: true-positive";
const no = "verdict: true-negative";

test.each<[string, readonly Subject[], readonly number[]]>([
  [`cases:\n- ${yes}`, cases, [1, 1, 1, 1]],
  [`cases:\n- ${no}\n- when: { image: curl.exe }\n  ${yes}`, cases, [1, 1, 2, 2]],
  [
    `cases:\n- when: { image: curl.exe, host: [a.com] }\n  ${yes}\n- when: { image: cmd.exe }\n  ${no}`,
    cases,
    [2, 2, 1, 0],
  ],
  [
    `cases:\n- when: { host: { not: a.com } }\n  ${yes}\n- when: { host: { not: [b.com] } }\n  ${no}`,
    cases,
    [2, 1, 2, 1],
  ],
  [
    `cases:\n- when: { truth: malicious, technique: T1001 }\n  ${yes}\n- when: { truth: benign }\n  ${no}\n- ${no}`,
    folder,
    [1, 2, 3],
  ],
  [
    `cases:\n- when: { scenario: [T1/o*, T1/two] }\n  ${yes}\n- when: { scenario: T1/m }\n  ${no}`,
    folder,
    [1, 1, 2],
  ],
  [`cases:\n- when: { n: 1 }\n  ${yes}\n- ${no}`, folder, [2, 2, 1]],
])("%j", (text, subjects, expected) => {
  expect(assigned(text, subjects)).toEqual(expected);
});

test("a file with a single expectation has it for all", () => {
  const file = readCases({ file: "e.yaml", text: yes });
  const { entries } = assignCases(file, cases, { whole: true });
  expect([...entries.values()].map(({ path }) => path)).toEqual([[], [], [], []]);
});

describe("a mistake", () => {
  const mistakes = (text: string, subjects = cases): string => {
    try {
      const file = readCases({ file: "e.yaml", text });
      const { problems } = assignCases(file, subjects, { whole: true });
      return problems.map(renderDiagnostic).join("\n");
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
  };

  test("two entries for one case", () => {
    expect(
      mistakes(
        `cases:\n- when: { image: curl.exe }\n  ${yes}\n- when: { host: a.com }\n  ${yes}\n- ${no}`,
      ),
    ).toMatchInlineSnapshot(`
      "e.yaml:4:3 KT0609 the entries 1 and 2 are for the same case
        4 | - when: { host: a.com }
          |   ^^^^
        case: m[image=curl.exe,host=a.com]
        hint: narrow one of them with another condition; their order decides nothing"
    `);
  });

  test.each<[string, string]>([
    [`cases:\n- ${yes}\n- ${no}`, "e.yaml:3:3 KT0610 two entries have no `when`"],
    [`cases:\n- when: { imag: curl.exe }\n  ${yes}`, "KT0605 no case has a variable `imag`"],
    [`cases:\n- when: { host: [a.con] }\n  ${yes}`, "KT0606 `host` is never `a.con`"],
    [`cases:\n- when: { truth: benign }\n  ${yes}`, "KT0605 no case has a variable `truth`"],
    [
      `cases:\n- when: { image: { not: [cmd.exe, curl.exe] } }\n  ${yes}\n- ${no}`,
      "e.yaml:2:3 KT0607 the condition means no case",
    ],
    [
      `cases:\n- when: { image: [cmd.exe, curl.exe] }\n  ${yes}\n- ${no}`,
      "e.yaml:4:3 KT0607 no case is left for the entry",
    ],
    [`cases:\n- verdict: false-positive`, "e.yaml:2:12 KT0602 a `false-positive` needs the key"],
    [`cases:\n- ${yes}\n  cuont: 1`, "KT0601 unknown key `cuont`"],
    [`cases: []`, "KT0601 `cases`"],
    [`cases:\n- count: 1`, "KT0601 `cases.0` lacks the key `verdict`"],
    [`cases:\n- when: {}\n  ${yes}`, "KT0601 `cases.0.when`"],
  ])("%j", (text, message) => {
    expect(mistakes(text)).toContain(message);
  });
});

test("an expectation has the values of its case, with their types", () => {
  const subject: Subject = {
    id: "m[n=7,x=a]",
    variables: new Map<string, string | number>([
      ["n", 7],
      ["x", "a"],
    ]),
  };
  const text =
    "verdict: true-positive\nrows:\n  - { N: '${n}', Text: 'is ${x}', Literal: '$${x}' }\n";
  const file = readCases({ file: "e.yaml", text });
  const [entry] = file.entries;
  if (entry === undefined) throw new Error("no entry");
  expect(expectationOf(entry, subject, file).expectation.rows).toEqual([
    { N: 7, Text: "is a", Literal: "${x}" },
  ]);
  const { problems } = expectationOf(entry, { ...subject, variables: new Map() }, file);
  expect(problems.map(({ code, cases: ids }) => [code, ids])).toEqual([
    ["KT0605", ["m[n=7,x=a]"]],
    ["KT0605", ["m[n=7,x=a]"]],
  ]);
});
