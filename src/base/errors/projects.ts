import type { ErrorTable } from "./error-code.ts";

/** What is wrong with rules, with a project as a whole, and with what it brings beside its rules. */
export const projectErrors: ErrorTable = {
  KT0401: {
    summary: "A rule file is no YAML, or has a key that is unknown, missing or of another type.",
    fix: "docs/rules.md lists the formats and their keys.",
    example: { files: { "rules/x.yaml": "name: x\nquerry: DeviceInfo\n" } },
  },
  KT0402: {
    summary: "A rule has no query.",
    fix: "Write its KQL, or delete the file: a rule that asks nothing finds nothing.",
    example: { files: { "rules/x.kql": "// nothing yet\n" } },
  },
  KT0701: {
    summary: "The project has no rules, or a folder of `rules/` holds none.",
    fix: "A rule is `rules/<name>/rule.yaml` (or `.json`, `.kql`), or `rules/<name>.yaml`; `--root` names another project.",
    example: { files: { "rules/x/detection.yaml": "name: x\nquery: DeviceInfo\n" } },
  },
  KT0702: {
    summary: "The project has no scenarios.",
    fix: "Say what happens in `scenarios/<technique>/<name>.yaml`.",
    example: { command: "kqltest --root empty", files: { "empty/rules/x.kql": "DeviceInfo" } },
  },
  KT0703: {
    summary: "A filter means no rule and no scenario, or all of them together leave no check.",
    fix: "Correct the name; a `*` is any part of it.",
    example: { command: "kqltest T9999" },
  },
  KT0704: {
    summary: "A rule has no expectation for a scenario.",
    fix: "`kqltest --update` writes what the rule does now; read it before it is committed.",
    example: { files: { "rules/x.kql": "DeviceInfo" } },
  },
  KT0705: {
    summary: "An expectation is left over: its rule or its scenario is gone.",
    fix: "Delete it, or let `kqltest --update` do so.",
    example: {
      files: { "expected/gone/T1059.001/encoded-command.yaml": "verdict: true-positive\n" },
    },
  },
  KT0706: {
    summary: "Two rules, or two scenarios, have the same name.",
    fix: "Delete or rename one of them.",
    example: {
      files: { "rules/x.kql": "DeviceInfo", "rules/x.yaml": "name: x\nquery: DeviceInfo\n" },
    },
  },
  KT0707: {
    summary:
      "A link or a path leads out of the project or nowhere, or to what is no file: a folder, a pipe, a device.",
    fix: "Put the file itself there.",
  },
  KT0708: {
    summary: "A file is too large, no UTF-8 text, or may not be read.",
    fix: "Save it as UTF-8; rows of recorded events belong into files beside a scenario.",
  },
  KT0709: {
    summary: "The `now` of a run is no instant.",
    fix: "Write it like `2025-01-15T12:00:00Z`.",
  },
  KT0711: {
    summary:
      "The reference of a rule cannot be loaded, exports no function `reference`, threw an error or gave no rows.",
    fix: "Write `export const reference: Reference = (tables, { now }) => …`.",
    example: { files: { "rules/encoded-powershell/reference.ts": "export const a = 1;\n" } },
  },
  KT0712: {
    summary:
      "A scenario or a reference in TypeScript ended its own process, took too long, or gave something other than plain data.",
    fix: "Remove `process.exit` and endless loops; `moduleTimeoutSeconds` in `kqltest.config.yaml` sets the limit.",
    example: { files: { "scenarios/T1102/x.ts": "process.exit(0);\n" } },
  },
  KT0713: {
    summary: "A scenario or a reference is in TypeScript, and modules are not allowed to run.",
    fix: "Write it as YAML. To allow modules, remove `--no-modules`, and `modules: refuse` in `kqltest.config.yaml`.",
    example: {
      command: "kqltest --no-modules",
      files: { "scenarios/T1102/x.ts": "export const a = 1;\n" },
    },
  },
  KT0720: {
    summary: "A table file is no YAML, or has a key that is unknown, missing or of another type.",
    fix: "Write `name`, and `columns` with the type of each (docs/inputs.md).",
    example: { files: { "tables/apache.yaml": "name: Apache_CL\ncolumns: { Status: integer }\n" } },
  },
  KT0721: {
    summary: "A table file declares a bundled table.",
    fix: "Delete it, or say with `dialect` where the table is another one.",
    example: { files: { "tables/x.yaml": "name: DeviceInfo\ncolumns: { Host: string }\n" } },
  },
  KT0722: {
    summary: "Two files declare a table, a function or a fixture of the same name.",
    fix: "Delete or rename one of them.",
    example: { files: { "functions/F.kql": "print 1", "functions/G.kql": "// name: F\nprint 2" } },
  },
  KT0723: {
    summary:
      "A file of `functions/` holds no function: a command that is cut short, parameters without parentheses, no name.",
    fix: "Write `.create-or-alter function Name(parameters) { body }`, the body alone, or a parser in YAML (docs/inputs.md).",
    example: { files: { "functions/F.kql": ".create-or-alter function F() { print 1" } },
  },
  KT0724: {
    summary:
      "A fixture cannot be read: no columns, too few cells, a value that is none of its column's type.",
    fix: "Correct it at the place that is named.",
    example: { files: { "fixtures/watchlists/vips.csv": "SearchKey,Owner\nsrv-1\n" } },
  },
  KT0725: {
    summary: "The text that stands in for a URL is not of the format that the query reads.",
    fix: "Correct the file, or say the query's `format`.",
    example: {
      command:
        'kqltest query \'externaldata(a:string)["https://a.example/x.json"] with (format="json")\'',
      files: {
        "fixtures/externaldata.yaml": "- { url: 'https://a.example/*', file: x.json }\n",
        "fixtures/x.json": "[1]\n",
      },
    },
  },
  KT0726: {
    summary: "A network of `fixtures/geo-ip.csv` is none.",
    fix: "Write it like `203.0.113.0/24`.",
    example: { files: { "fixtures/geo-ip.csv": "network,country\n203.0.113/24,Chile\n" } },
  },
  KT0727: {
    summary: "A rule reads a fixture that some scenarios have, and this one has not.",
    fix: "Declare it under the scenario's `fixtures`, or for all in the project's `fixtures/`.",
  },
  KT0728: {
    summary: "Nothing reads a file below `fixtures/`.",
    fix: "Move it where it is looked for, or name it in `externaldata.yaml` or `tables.yaml`.",
    example: { files: { "fixtures/watchlist/vips.csv": "SearchKey\n" } },
  },
  KT0729: {
    summary:
      "`fixtures/externaldata.yaml` or `tables.yaml` names a file that is not below `fixtures/`, or a scenario's fixtures one that is not in the project.",
    fix: "Correct the path.",
    example: { files: { "fixtures/externaldata.yaml": "- { url: '*', file: x.csv }\n" } },
  },
  KT0730: {
    summary:
      "A use of `_GetWatchlist` or `externaldata` has no translation: keys, a format, a property.",
    fix: "Filter the watchlist's rows; the hint lists the formats.",
    example: { kql: "_GetWatchlist('vips', 'srv-1')" },
  },
  KT0731: {
    summary:
      "A function behind `invoke` looks up a column that the rows do not have, or that is of another type than the fixture's.",
    fix: "Name the column, or give the fixture's its type: `Host:long`.",
    example: {
      command: "kqltest query 'print a = 1 | invoke FileProfile(SHA1)'",
      files: { "fixtures/functions/FileProfile.csv": "SHA1,Signer\n" },
    },
  },
};
