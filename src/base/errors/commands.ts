import type { ErrorTable } from "./error-code.ts";

/** What is wrong with a command, and with what it was told to read. */
export const commandErrors: ErrorTable = {
  KT0901: {
    means: "The command, a flag or an argument is unknown, missing or too much.",
    mend: "`kqltest --help` and `kqltest <command> --help` list what there is.",
    example: { command: "kqltest test --bial" },
  },
  KT0902: {
    means: "A flag has a value that it does not take.",
    mend: "The hint says which it takes.",
    example: { command: "kqltest test --reporter xml2" },
  },
  KT0903: {
    means: "A file or folder that the command line names cannot be used.",
    mend: "Correct its path.",
    example: { command: "kqltest query @missing.kql" },
  },
  KT0904: {
    means: "A file of rows (JSON, JSON Lines, CSV) cannot be read.",
    mend: "Correct it at the place that is named.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceInfo.json": "[{ DeviceName: x }]" },
    },
  },
  KT0905: {
    means: "The query is empty.",
    mend: "Write it as one quoted argument: `kqltest query 'DeviceProcessEvents | count'`.",
    example: { command: "kqltest query ' '" },
  },
  KT0906: {
    means:
      "A test calls `detection` with the name of a rule, or a scenario, that the project does not have.",
    mend: "Correct the name.",
  },
};
