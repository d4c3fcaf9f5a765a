import type { ErrorExample, ErrorTable } from "./error-code.ts";

/** A project with one scenario more, below its `version`, `title` and `truth`. */
function scenario(rest: string): ErrorExample {
  return {
    files: { "scenarios/T1102/x.yaml": `version: 1\ntitle: An example\ntruth: benign\n${rest}` },
  };
}

/** A scenario of these steps. */
function timeline(steps: string): ErrorExample {
  return scenario(`timeline:\n${steps.replaceAll(/^/gm, "  ")}\n`);
}

/** What is wrong with what happens: scenarios, organisations, recorded rows. */
export const scenarioErrors: ErrorTable = {
  KT0500: {
    summary: "A scenario file, or one that it includes, is no YAML, or empty.",
    fix: "Correct it at the place that is named; YAML has no tabs, and a colon or `#` in a text wants quotes.",
    example: scenario("timeline: [\n"),
  },
  KT0501: {
    summary: "A scenario file has a key that is unknown, missing or of another type.",
    fix: "docs/scenarios.md lists the keys; `schemas/scenario.schema.json` gives completion in an editor.",
    example: timeline("- proces: cmd.exe"),
  },
  KT0502: {
    summary: "A step names a device that the scenario does not have.",
    fix: "Add it under `devices`, or correct the name.",
    example: timeline("- process: cmd.exe\n  on: laptop"),
  },
  KT0503: {
    summary: "A step names a user that the scenario does not have.",
    fix: "Add it under `users`, or correct the name.",
    example: timeline("- process: cmd.exe\n  as: alice"),
  },
  KT0504: {
    summary:
      "`parent` or `by` names neither an earlier step nor a known program, or a step that does not end its chain.",
    fix: "Name an earlier `process` step, a program that kqltest knows, or a whole path.",
    example: timeline("- connection: pastebin.com\n  by: shel"),
  },
  KT0505: {
    summary: "`at` is no time, or counts from a step before where there is none.",
    fix: "Write `-2h` for a time before now, `+5s` for one after the step before, `monday 09:15` or `working-hours`.",
    example: timeline("- process: cmd.exe\n  at: yesterday"),
  },
  KT0506: {
    summary: "Two steps have the same id.",
    fix: "Rename one of them.",
    example: timeline("- id: a\n  process: cmd.exe\n- id: a\n  process: cmd.exe"),
  },
  KT0507: {
    summary: "A step names a table that does not exist.",
    fix: "Correct the name.",
    example: timeline("- row: DeviceProcesEvents"),
  },
  KT0508: {
    summary: "`columns` names a column that the step's table does not have.",
    fix: "Correct the name.",
    example: timeline("- process: cmd.exe\n  columns: { FileNam: x }"),
  },
  KT0509: {
    summary: "A value under `columns` is none of its column's type.",
    fix: "The hint says how values of the type are written.",
    example: timeline("- process: cmd.exe\n  columns: { ProcessId: many }"),
  },
  KT0510: {
    summary: "A program is unknown.",
    fix: "Correct the name, or write a whole path: nothing is known of the file there, unless `copyOf` says which it is.",
    example: timeline("- process: powershel.exe"),
  },
  KT0511: {
    summary: "A step comes before the process that it belongs to starts.",
    fix: "Write a later time, or leave `at` out.",
    example: timeline(
      "- id: a\n  at: -1h\n  process: cmd.exe\n- at: -2h\n  connection: pastebin.com\n  by: a",
    ),
  },
  KT0512: {
    summary: "There are several devices, or several users, and a step does not say which it means.",
    fix: "Write `on:` or `as:`.",
    example: scenario("devices: { one: null, two: null }\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0513: {
    summary: "A host, an address or a URL is none.",
    fix: "Write it like `pastebin.com`, `10.0.0.5:8080` or `https://pastebin.com/raw/x`.",
    example: timeline("- connection: 'not a host'\n  by: cmd.exe"),
  },
  KT0514: {
    summary:
      "A connection does not say which process makes it, or says so though it was seen on the wire.",
    fix: "Write `by:`; leave it out for the actions that know no process.",
    example: timeline("- connection: pastebin.com"),
  },
  KT0515: {
    summary: "`on` or `as` of a step contradicts the process that it belongs to.",
    fix: "Leave it out: a step is where its process is, and its process's user's.",
    example: scenario(
      "devices: { one: null, two: null }\ntimeline:\n  - id: a\n    process: cmd.exe\n    on: one\n  - connection: pastebin.com\n    by: a\n    on: two\n",
    ),
  },
  KT0516: {
    summary: "The timeline, or a block of steps, is empty.",
    fix: "Write at least one step.",
    example: scenario("timeline: []\n"),
  },
  KT0517: {
    summary: "A step does not say what happens, or says two things.",
    fix: "Write the key of one kind: `process`, `connection`, `file`, `row` and so on.",
    example: timeline("- process: cmd.exe\n  connection: pastebin.com"),
  },
  KT0518: {
    summary: "`users` has an entry with the name of a built-in account.",
    fix: "Write `as: system` without an entry, or choose another name.",
    example: scenario("users: { system: null }\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0519: {
    summary: "A file is given without its folder.",
    fix: "Write the whole path.",
    example: timeline("- file: a.iso\n  by: cmd.exe"),
  },
  KT0520: {
    summary: "`from` of a `file` step and its `action` do not go together.",
    fix: "Write both for a file that is renamed, and `from` for no other.",
    example: timeline("- file: C:\\Users\\Public\\b.txt\n  action: renamed\n  by: cmd.exe"),
  },
  KT0521: {
    summary: "`registry` is no key of the registry.",
    fix: "Begin with a hive: `HKLM\\SOFTWARE\\…`, `HKCU\\…`.",
    example: timeline("- registry: SOFTWARE\\Policies\n  by: cmd.exe"),
  },
  KT0522: {
    summary: "`from` is neither an IP address nor a device of the scenario.",
    fix: "Write an address such as `203.0.113.9`, or the name of a device.",
    example: timeline("- logon: RemoteInteractive\n  from: somewhere"),
  },
  KT0523: {
    summary: "A sender or recipient is neither a user nor a mail address.",
    fix: "Correct it.",
    example: timeline("- mail: Your invoice\n  from: nobody\n  to: [user]"),
  },
  KT0524: {
    summary: "`mail` of a `click` names no earlier `mail` step.",
    fix: "Give the `mail` step an `id` and write it here.",
    example: timeline("- click: https://pastebin.com/raw/x1\n  mail: lure"),
  },
  KT0525: {
    summary: "`now` of a scenario is no instant.",
    fix: "Write it like `2025-01-15T12:00:00Z`.",
    example: scenario("now: noon\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0526: {
    summary: "Repetitions make more steps than a scenario may have.",
    fix: "Repeat less often.",
  },
  KT0527: {
    summary: "A repeated step comes after now.",
    fix: "Begin earlier, or repeat less often.",
    example: timeline("- process: cmd.exe\n  at: -1m\n  repeat: { every: 1m, times: 5 }"),
  },
  KT0528: {
    summary: "A step inside of a repeated block has a time that is the same each time.",
    fix: "Write one after the step before, such as `+5s`.",
    example: timeline(
      "- repeat: { every: 10m, times: 2 }\n  steps:\n    - at: -2h\n      process: cmd.exe\n    - at: -1h\n      process: cmd.exe",
    ),
  },
  KT0529: {
    summary: "A time zone is unknown, or working hours are none.",
    fix: "Write them like `Europe/Berlin` and `monday-friday 08:30-17:00`.",
    example: scenario("users: { alice: { zone: Mars } }\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0530: {
    summary: "The organisation that a scenario names does not exist.",
    fix: "Write `organisations/<name>.yaml`, or its keys in the scenario.",
    example: scenario("organisation: contoso\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0531: {
    summary:
      "A device of an organisation names a user, or a user a department, that it does not have.",
    fix: "Correct the name, or add what is missing.",
    example: scenario(
      "organisation:\n  name: Contoso\n  domain: contoso.example\n  devices: { laptop: { user: alice } }\ntimeline:\n  - process: cmd.exe\n",
    ),
  },
  KT0532: {
    summary:
      "A `rows` step names a file that is not there, not below the scenario's folder, of no known kind, or without rows.",
    fix: "Put the file beside the scenario: `.csv`, `.json`, `.jsonl` or `.parquet`.",
    example: timeline("- rows: events.csv\n  table: DeviceInfo"),
  },
  KT0533: {
    summary: "A row of a recorded file has a column or a value that its table cannot hold.",
    fix: "Correct it at the place that is named.",
    example: {
      files: {
        "scenarios/T1102/x.yaml":
          "version: 1\ntitle: An example\ntruth: benign\ntimeline:\n  - rows: x.csv\n    table: DeviceInfo\n",
        "scenarios/T1102/x.csv": "DeviceNam\nws-1\n",
      },
    },
  },
  KT0534: {
    summary: "A recorded file is missing, or no Parquet that can be read.",
    fix: "Correct its path, or record it anew.",
  },
  KT0540: {
    summary:
      "What a file says of its cases (`variables`, `include`, `matrix`, `vector`) is of another shape.",
    fix: "docs/cases.md says how they are written.",
    example: scenario("matrix: [a]\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0541: {
    summary: "A variable is not declared.",
    fix: "Declare it under `variables`, or correct its name; `$${name}` is the text `${name}` itself.",
    example: timeline("- process: ${image}"),
  },
  KT0542: {
    summary: "A variable is made of itself.",
    fix: "Break the circle that is shown.",
    example: scenario(
      'variables: { a: "${b}", b: "${a}" }\ntimeline:\n  - process: cmd.exe\n    command: ${a}\n',
    ),
  },
  KT0543: {
    summary:
      "A file that is included, or a list of values, is missing, includes itself, or leads out of the project.",
    fix: "Correct its path: it starts from this file's folder.",
    example: scenario("include: [_missing.yaml]\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0544: {
    summary: "Two files that make one scenario declare the same device or user.",
    fix: "Delete or rename one of them.",
    example: {
      files: {
        "scenarios/T1102/_mail.yaml": "users: { alice: null }\n",
        "scenarios/T1102/x.yaml":
          "version: 1\ntitle: An example\ntruth: benign\ninclude: [_mail.yaml]\nusers: { alice: null }\ntimeline:\n  - process: cmd.exe\n",
      },
    },
  },
  KT0545: {
    summary:
      "A variable of a matrix or a vector has no value, a name that is taken, or as many values as do not go together; or two cases are called the same.",
    fix: "Correct the values.",
    example: scenario("matrix: { image: [] }\ntimeline:\n  - process: cmd.exe\n"),
  },
  KT0546: {
    summary:
      "An entry of `exclude` or `include` means no case, or a variable that there is none of.",
    fix: "Correct or delete it.",
    example: scenario(
      "matrix:\n  image: [cmd.exe, curl.exe]\n  exclude:\n    - { image: wget.exe }\ntimeline:\n  - process: ${image}\n",
    ),
  },
  KT0547: {
    summary:
      "A file describes more cases, includes more files, or makes a longer text than there may be.",
    fix: "Divide it, or take values out.",
  },
  KT0548: {
    summary: "A file that is included describes several cases.",
    fix: "Put what both share into a file that has no cases.",
    example: {
      files: {
        "scenarios/T1102/_both.yaml": "matrix: { a: [1] }\ntimeline:\n  - process: cmd.exe\n",
        "scenarios/T1102/x.yaml":
          "version: 1\ntitle: An example\ntruth: benign\ninclude: [_both.yaml]\ntimeline:\n  - process: cmd.exe\n",
      },
    },
  },
  KT0550: {
    summary: "A scenario in TypeScript cannot be loaded.",
    fix: "The message is the compiler's or the module's own.",
    example: { files: { "scenarios/T1102/x.ts": "export const scenario = ;\n" } },
  },
  KT0551: {
    summary: "A module in `scenarios/` exports no scenario, or several.",
    fix: "Write `export const scenario = defineScenario({ … })`; a file whose name begins with `_` is none.",
    example: { files: { "scenarios/T1102/x.ts": "export const a = 1;\n" } },
  },
  KT0552: {
    summary: "A scenario in TypeScript threw an error.",
    fix: "Correct it; the clock and `Math.random` are refused inside of it.",
    example: {
      files: {
        "scenarios/T1102/x.ts":
          'import { defineScenario } from "kqltest";\nexport const scenario = defineScenario({ title: "x", truth: "benign", timeline: () => [{ process: String(Date.now()) }] });\n',
      },
    },
  },
  KT0553: {
    summary: "A scenario in TypeScript is another one each time it is made.",
    fix: "Draw from the `random` and `faker` that it is given, and keep nothing outside of the function.",
    example: {
      files: {
        "scenarios/T1102/x.ts":
          'import { defineScenario } from "kqltest";\nlet n = 0;\nexport const scenario = defineScenario({ title: "x", truth: "benign", timeline: () => [{ process: "cmd.exe", pid: (n += 4) }] });\n',
      },
    },
  },
};
