import { expect, test } from "vitest";
import { problemsIn, scenariosOf } from "./files.ts";

const frame = "version: 1\ntitle: t\ntruth: benign\n";
const fragment = `
variables: { program: WINWORD.EXE, file: Order.docm }
devices:
  laptop: { name: lap-1 }
timeline:
  - id: opener
    process: \${program}
    command: \${program} /n \${file}
    at: -2h
`;

test("the actors and steps of an included file come before the file's own", () => {
  const [scenario] = scenariosOf({
    "s.yaml": `${frame}
variables: { doc: Bill.xlsm }
include:
  - file: parts/_office.yaml
    with: { program: EXCEL.EXE, file: "\${doc}" }
timeline:
  - process: cmd.exe
    parent: opener
`,
    "parts/_office.yaml": fragment,
  });
  const events = scenario?.events({ now: 0n }) ?? [];
  expect(events.map(({ id }) => id)).toEqual(["opener", "process-2"]);
  expect(events[0]?.row["ProcessCommandLine"]).toContain("/n Bill.xlsm");
  expect(events[1]?.row).toMatchObject({ InitiatingProcessFileName: "EXCEL.EXE" });
  expect(events[1]?.row["DeviceName"]).toContain("lap-1");
});

test("files include files, each seen from its own folder; a whole scenario will do", () => {
  const [scenario] = scenariosOf({
    "s.yaml": `${frame}include: [parts/a.yaml]\ntimeline: []\n`,
    "parts/a.yaml": `${frame}technique: T1\ninclude: [../b.yaml]\ntimeline:\n  - process: cmd.exe\n`,
    "b.yaml": "timeline:\n  - process: curl.exe\n",
  });
  expect(scenario?.events({ now: 0n }).map(({ row }) => row["FileName"])).toEqual([
    "curl.exe",
    "cmd.exe",
  ]);
});

test("a mistake in an included file stands in that file", () => {
  expect(
    problemsIn({
      "s.yaml": `${frame}matrix: { x: [1, 2] }\ninclude: [_a.yaml]\ntimeline:\n  - process: cmd.exe\n  - process: nome.exe\n`,
      "_a.yaml": "timeline:\n  - process: curl.exe\n  - process: crul.exe\n",
    }),
  ).toMatchInlineSnapshot(`
    "_a.yaml:3:14 KT0510 no program \`crul.exe\` is known
      3 |   - process: crul.exe
        |              ^^^^^^^^
      2 cases: s[x=1], …
      hint: did you mean \`curl.exe\`?
    s.yaml:8:14 KT0510 no program \`nome.exe\` is known
      8 |   - process: nome.exe
        |              ^^^^^^^^
      2 cases: s[x=1], …
      hint: did you mean \`node.exe\`?"
  `);
});

test.each<[string, string, Readonly<Record<string, string>>]>([
  [
    "a circle",
    "KT0543 the files include each other: `a.yaml` → `b/c.yaml` → `a.yaml`",
    { "a.yaml": "include: [b/c.yaml]", "b/c.yaml": "include: [../a.yaml]" },
  ],
  [
    "itself",
    "KT0543 the files include each other: `s.yaml` → `a.yaml` → `s.yaml`",
    { "a.yaml": "include: [s.yaml]" },
  ],
  [
    "a file outside",
    "KT0543 `../../x.yaml` leads out of the project",
    { "a.yaml": "include: [../../x.yaml]" },
  ],
  [
    "an absolute path",
    "KT0543 `/etc/passwd` leads out of the project",
    { "a.yaml": "include: [/etc/passwd]" },
  ],
  [
    "a file that is not there",
    "KT0543 there is no file `x.yaml`",
    { "a.yaml": "include: [x.yaml]" },
  ],
  [
    "a file with cases",
    "KT0548 a file that describes several cases cannot be included",
    { "a.yaml": "matrix: { x: [1] }" },
  ],
  ["an unknown key", "KT0540 unknown key `timelin`", { "a.yaml": "timelin: []" }],
  [
    "a wrong step",
    "KT0501 `timeline.0.process` must be a string",
    { "a.yaml": "timeline:\n  - process: 1\n" },
  ],
  [
    "a variable that only the including file has",
    "a.yaml:2:14 KT0541 there is no variable `own`",
    { "a.yaml": "timeline:\n  - process: ${own}\n" },
  ],
  [
    "a device that both have",
    "KT0544 `pc` is declared in `a.yaml` and in `s.yaml`",
    { "a.yaml": "devices: { pc: }" },
  ],
  [
    "many times over",
    "KT0547 more than 500 files are included",
    Object.fromEntries(
      Array.from("abcdefghijk", (name, index) => {
        const next = `${"bcdefghijkz"[index]}.yaml`;
        return [`${name}.yaml`, name === "k" ? "timeline: []" : `include: [${next}, ${next}]`];
      }),
    ),
  ],
])("%s is refused", (_, message, files) => {
  const text = `${frame}variables: { own: 1 }\ninclude: [a.yaml]\ndevices: { pc: }\ntimeline:\n  - process: cmd.exe\n`;
  expect(problemsIn({ "s.yaml": text, ...files })).toContain(message);
});

test("a value for a variable that the included file does not have is refused", () => {
  expect(
    problemsIn({
      "s.yaml": `${frame}include: [{ file: a.yaml, with: { programm: x } }]\ntimeline: []\n`,
      "a.yaml": fragment,
    }),
  ).toContain("KT0541 `a.yaml` declares no variable `programm`");
});
