import type { ErrorExample, ErrorTable } from "./error-code.ts";

const owner = "expected/encoded-powershell";

/** A project in which one expectation is this one. */
function expectation(text: string): ErrorExample {
  return { files: { [`${owner}/T1059.001/encoded-command.yaml`]: text } };
}

/** A scenario with the cases `curl.exe` and `wget.exe`, and what the rule is expected to do with them. */
function cases(text: string): ErrorExample {
  return {
    files: {
      "scenarios/T1102/fetch.yaml":
        "version: 1\ntitle: A program runs\ntruth: benign\nmatrix: { image: [curl.exe, wget.exe] }\ntimeline:\n  - process: C:\\Tools\\${image}\n",
      [`${owner}/T1102/fetch.yaml`]: text,
    },
  };
}

/** What is wrong with what rules are expected to do. */
export const expectationErrors: ErrorTable = {
  KT0601: {
    summary: "An expectation is no YAML, or has a key that is unknown, missing or of another type.",
    fix: "docs/expectations.md lists the keys; `schemas/expectation.schema.json` gives completion in an editor.",
    example: expectation("verdict: positive\n"),
  },
  KT0602: {
    summary: "A false verdict is expected without a reason, or a true one with one.",
    fix: "Say in `known` why a `false-positive` or `false-negative` is accepted, or mend the rule.",
    example: expectation("verdict: false-negative\n"),
  },
  KT0603: {
    summary: "An expectation lists a column that its rule does not give.",
    fix: "Correct the name.",
    example: expectation("verdict: true-positive\nrows:\n  - FileNam: powershell.exe\n"),
  },
  KT0604: {
    summary: "An expectation names an event that its scenario does not have.",
    fix: "Correct the id; `kqltest show` lists a scenario's events.",
    example: expectation("verdict: true-positive\nevents:\n  include: [shel]\n"),
  },
  KT0605: {
    summary: "`when`, or `${name}`, names a variable that the cases do not have.",
    fix: "Correct the name.",
    example: cases("cases:\n  - when: { imag: curl.exe }\n    verdict: true-negative\n"),
  },
  KT0606: {
    summary: "`when` asks for a value that the variable never has.",
    fix: "Correct the value, or delete it.",
    example: cases(
      "cases:\n  - when: { image: crul.exe }\n    verdict: true-negative\n  - verdict: true-negative\n",
    ),
  },
  KT0607: {
    summary: "An entry is for no case.",
    fix: "Correct its condition, or delete it.",
    example: cases(
      "cases:\n  - when: { image: [curl.exe, wget.exe] }\n    verdict: true-negative\n  - verdict: true-negative\n",
    ),
  },
  KT0608: {
    summary: "Some cases have no entry.",
    fix: "Say what is expected of them, or write an entry without `when` for the rest.",
    example: cases("cases:\n  - when: { image: curl.exe }\n    verdict: true-negative\n"),
  },
  KT0609: {
    summary: "Two entries are for the same case; their order decides nothing.",
    fix: "Narrow one of them with another condition.",
    example: cases(
      "cases:\n  - when: { image: curl.exe }\n    verdict: true-negative\n  - when: { image: [curl.exe, wget.exe] }\n    verdict: true-negative\n",
    ),
  },
  KT0610: {
    summary: "Two entries have no `when`, and only one can be for the rest.",
    fix: "Say of one of them what it is for.",
    example: cases("cases:\n  - verdict: true-negative\n  - verdict: true-negative\n"),
  },
  KT0611: {
    summary: "`techniques` stands in another file than the rule's own.",
    fix: "Write it in `expected/<rule>.yaml`.",
    example: cases("techniques: [T1102]\ncases:\n  - verdict: true-negative\n"),
  },
  KT0612: {
    summary: "The expectation of a single scenario has `cases`.",
    fix: "Write the expectation itself.",
    example: expectation("cases:\n  - verdict: true-positive\n"),
  },
};
