import { expect, test } from "vitest";
import { fillTest } from "../../src/atomic/fill-test.ts";
import type { SidecarEntry } from "../../src/atomic/sidecar.ts";
import type { Machine } from "../../src/lab/machine.ts";
import { preflight } from "../../src/lab/preflight.ts";
import { targetNames } from "../../src/lab/targets.ts";
import { techniqueOf } from "../atomic/atomics.ts";

const technique = `attack_technique: T1102
display_name: Web Service
atomic_tests:
- name: Fetch a paste
  auto_generated_guid: 2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01
  description: Fetches a paste.
  supported_platforms: [linux, windows]
  input_arguments:
    url:
      description: where it is
      type: url
      default: https://sinkhole.example/raw
    host:
      description: a host as a text
      type: string
      default: sinkhole.example
    file:
      description: where it goes
      type: path
      default: paste.txt
    marker:
      description: names the run
      type: string
      default: run-1
  dependencies:
  - description: a folder is there
    prereq_command: test -d PathToAtomicsFolder/T1102
    get_prereq_command: mkdir PathToAtomicsFolder/T1102
  executor:
    name: powershell
    elevation_required: false
    command: fetch "#{url}/#{marker}" "#{file}" "#{host}"
`;

const machine: Machine = {
  platform: "linux",
  elevated: false,
  host: "pc-1",
  user: "ada",
  address: "",
  temporary: "/tmp",
};

const entry: SidecarEntry = {
  guid: "",
  scenario: "",
  class: "malicious",
  mustFire: [],
  mustNotFire: [],
  marker: "marker",
  sinkhole: { host: "pastebin.com" },
};

interface Changes {
  readonly text?: (text: string) => string;
  readonly values?: Readonly<Record<string, string>>;
  readonly on?: Partial<Machine>;
  readonly project?: string;
  readonly allow?: readonly string[];
}

function requestOf({ text, values = {}, project = "/home/ada/rules", allow = [] }: Changes) {
  const [atomic] = techniqueOf(text?.(technique) ?? technique).tests;
  if (atomic === undefined) throw new Error("no test");
  return {
    test: atomic,
    filled: fillTest(atomic, { values, folder: `${project}/atomics` }),
    entry,
    given: new Set(Object.keys(values)),
    allow,
    project,
  };
}

function refused(changes: Changes) {
  const found = preflight(requestOf(changes), { ...machine, ...changes.on });
  return found.map(({ code, message }) => `${code} ${message}`);
}

// oxfmt-ignore
test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["as it is", {}, ["sinkhole.example"]],
  ["a target that the sidecar alone knows", { host: "pastebin.com" }, ["sinkhole.example", "pastebin.com"]],
  ["one name in two cases", { url: "https://PasteBin.com/x", host: "pastebin.com." }, ["pastebin.com"]],
  ["addresses and this machine", { url: "http://192.0.2.9/", host: "localhost" }, []],
  ["a host that is not certain", { url: "https://a@pastebin.com/", host: "api.localhost" }, []],
])("names of targets: %s", (_, values, names) => {
  expect(targetNames(requestOf({ values }))).toEqual(names);
});

const instead = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, () => to);
};

// oxfmt-ignore
test.each<[string, Changes]>([
  ["as it is", {}],
  ["on its other platform", { on: { platform: "windows", temporary: "C:\\Temp" }, project: "C:\\rules" }],
  ["with elevation where it is needed", { text: instead("required: false", "required: true"), on: { elevated: true } }],
  ["a marker", { values: { marker: "run-7_a.b" } }],
  ["another sinkhole", { values: { url: "http://127.0.0.1:8080/x" } }],
  ["an allowed host", { values: { url: "https://Lab.contoso.com/x" }, allow: ["lab.Contoso.com"] }],
  ["a variable in a default", { text: instead("default: paste.txt", "default: $env:TEMP/paste.txt") }],
  ["a path that goes up inside the project", { text: instead("default: paste.txt", "default: PathToAtomicsFolder/../payloads/x") }],
  ["a dependency that does", { text: instead("mkdir PathToAtomicsFolder", "mkdir PathToAtomicsFolder/../payloads") }],
  ["a path in the temporary folder", { values: { file: "/tmp/a/../b" } }],
])("%s: may run", (_, changes) => {
  expect(refused(changes)).toEqual([]);
});

// oxfmt-ignore
test.each<[string, Changes, string]>([
  ["another platform", { on: { platform: "macos" } }, "KT0831 T1102-1 is for linux, windows, and this is macos"],
  ["a platform without a name", { on: { platform: undefined } }, "KT0831 T1102-1 is for linux, windows, and this is none of them"],
  ["a manual test", { text: instead("name: powershell\n    elevation_required: false\n    command:", "name: manual\n    steps:") }, "KT0831 T1102-1 is done by a person, not by a shell"],
  ["manual dependencies", { text: instead("  dependencies:", "  dependency_executor_name: manual\n  dependencies:") }, "KT0831 T1102-1 is prepared by a person, not by a shell"],
  ["elevation", { text: instead("required: false", "required: true") }, "KT0832 T1102-1 needs the rights of an administrator"],
  ["a host of others", { values: { url: "https://pastebin.com/x" } }, "KT0833 `url` leads to `pastebin.com`, which is no sinkhole"],
  ["a host of others as the default", { text: instead("https://sinkhole.example", "https://pastebin.com") }, "KT0833 `url` leads to `pastebin.com`, which is no sinkhole"],
  ["a target that the sidecar names", { values: { host: "pastebin.com" } }, "KT0833 `host` leads to `pastebin.com`, which is no sinkhole"],
  ["a host below an allowed one", { values: { url: "https://x.contoso.com" }, allow: ["contoso.com"] }, "KT0833 `url` leads to `x.contoso.com`, which is no sinkhole"],
  ["a user in a URL", { values: { url: "https://sinkhole.example@pastebin.com/" } }, "KT0833 no host is certain in the value of the network target `url`: `https://sinkhole.example@pastebin.com/`"],
  ["a quote", { values: { marker: 'x" y' } }, "KT0834 the value of `marker` holds `\"`, which a shell may not take as text"],
  ["a line break", { values: { marker: "x\nid" } }, "KT0834 the value of `marker` holds a line break, which a shell may not take as text"],
  ["an escape sequence", { values: { marker: "x\u001b[31m" } }, "KT0834 the value of `marker` holds a control character, which a shell may not take as text"],
  ["a substitution", { values: { marker: "$(id)" } }, "KT0834 the value of `marker` holds `$`, which a shell may not take as text"],
  ["a substitution in a URL", { values: { url: "https://sinkhole.example/`id`" } }, "KT0834 the value of `url` holds ```, which a shell may not take as text"],
  ["a variable of cmd", { values: { marker: "%USERNAME%" } }, "KT0834 the value of `marker` holds `%`, which a shell may not take as text"],
  ["a substitution in a default", { text: instead("default: run-1", "default: x$(id)") }, "KT0834 the value of `marker` holds `$(`, which a shell may not take as text"],
  ["a line break in a default", { text: instead("default: run-1", 'default: "x\\nid"') }, "KT0834 the value of `marker` holds a line break, which a shell may not take as text"],
  ["a folder with a quote", { project: '/home/a"; id' }, 'KT0834 the test names its folder, whose path holds `"`'],
  ["a path that leaves", { values: { file: "/tmp/../etc/passwd" } }, "KT0835 the value of `file` is `/tmp/../etc/passwd`, which leaves the project and the temporary folder"],
  ["a relative one", { values: { file: "../../etc/passwd" } }, "KT0835 the value of `file` is `../../etc/passwd`, which leaves the project and the temporary folder"],
  ["one with backslashes", { values: { file: "..\\..\\etc" } }, "KT0835 the value of `file` is `..\\..\\etc`, which leaves the project and the temporary folder"],
  ["one behind a variable", { text: instead("default: paste.txt", "default: $HOME/../x") }, "KT0835 the value of `file` is `$HOME/../x`, which leaves the project and the temporary folder"],
  ["one from the folder of the tests", { text: instead("default: paste.txt", "default: PathToAtomicsFolder/../../x") }, "KT0835 the value of `file` is `PathToAtomicsFolder/../../x`, which leaves the project and the temporary folder"],
  ["a name that goes up", { values: { marker: "../x" } }, "KT0835 the value of `marker` is `../x`, which leaves the project and the temporary folder"],
  ["a dependency that leaves", { text: instead("mkdir PathToAtomicsFolder", "cp /tmp/../etc/passwd PathToAtomicsFolder") }, "KT0835 dependency 1 names `/tmp/../etc/passwd`, which leaves the project and the temporary folder"],
  ["on Windows", { values: { file: "C:\\Temp\\..\\Windows\\x" }, on: { platform: "windows", temporary: "C:\\Temp" }, project: "C:\\rules" }, "KT0835 the value of `file` is `C:\\Temp\\..\\Windows\\x`, which leaves the project and the temporary folder"],
])("%s: refused", (_, changes, message) => {
  expect(refused(changes)).toEqual([message]);
});
