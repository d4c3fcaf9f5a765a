import type { ErrorTable } from "./error-code.ts";

/** What is wrong with a command, and with what it was told to read. */
export const commandErrors: ErrorTable = {
  KT0901: {
    summary: "The command, a flag or an argument is unknown, missing or too much.",
    fix: "`kqltest --help` and `kqltest <command> --help` list what there is.",
    example: { command: "kqltest test --bial" },
  },
  KT0902: {
    summary: "A flag has a value that it does not take.",
    fix: "The hint says which it takes.",
    example: { command: "kqltest test --reporter xml2" },
  },
  KT0903: {
    summary: "A file or folder that the command line names cannot be used.",
    fix: "Correct its path.",
    example: { command: "kqltest query @missing.kql" },
  },
  KT0904: {
    summary: "A file of rows (JSON, JSON Lines, CSV) cannot be read.",
    fix: "Correct it at the place that is named.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceInfo.json": "[{ DeviceName: x }]" },
    },
  },
  KT0905: {
    summary: "The query is empty.",
    fix: "Write it as one quoted argument: `kqltest query 'DeviceProcessEvents | count'`.",
    example: { command: "kqltest query ' '" },
  },
  KT0906: {
    summary:
      "A test calls `detection` with the name of a rule, or a scenario, that the project does not have.",
    fix: "Correct the name.",
  },
  KT0907: {
    summary:
      "`kqltest generate` cannot write into the folder as it was asked to: something is there already, there is nothing to go on with, or what there is was made by another command or was changed.",
    fix: "Name another folder, or replace what was generated with `--force`.",
    example: { command: "kqltest generate --out world", files: { "world/notes.txt": "mine" } },
  },
  KT0908: {
    summary:
      "A scenario cannot be put into the world: it says what now is, or begins before the first day.",
    fix: "Leave out its `now`, or ask for more days or devices.",
  },
  KT0909: {
    summary: "`kqltest generate` was stopped. It ends with exit code 130.",
    fix: "The same command with `--resume` goes on from where it was.",
  },
  KT0911: {
    summary: "`kqltest generate` cannot write its files, as on a full disk.",
    fix: "Make room. What was begun and cannot be continued is removed; after finished parts `--resume` continues.",
  },
  KT0910: {
    summary: "What the command prints cannot be written, as on a full disk.",
    fix: "Make room, or send the output elsewhere.",
  },
};
