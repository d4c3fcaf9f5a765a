import type { ErrorTable } from "./error-code.ts";

const head = {
  version: 1,
  source: "sysmon",
  atomic: null,
  device: null,
  account: null,
  started: null,
  ended: null,
};

/** `recording.json` that is in order but for `changes`. */
function recording(changes: object): Readonly<Record<string, string>> {
  return { "lab/recording.json": `${JSON.stringify({ ...head, ...changes }, null, 2)}\n` };
}

/** What is wrong with a recording: its folder, and what is told of it. */
export const recordingErrors: ErrorTable = {
  KT0861: {
    summary: "`recording.json`, which says what is known of a recording, is not of its schema.",
    fix: "Correct it at the place that is named, or delete it: the rows alone are a recording too.",
    example: { command: "kqltest replay lab", files: recording({ source: "sysmom" }) },
  },
  KT0862: {
    summary: "A folder holds no recording, or a file of it holds the rows of no known table.",
    fix: "Name the folder that `kqltest import` wrote, or call files of rows after their tables.",
    example: { command: "kqltest replay lab", files: { "lab/DeviceProcesEvents.jsonl": "" } },
  },
  KT0863: {
    summary: "A recording cannot be written into a folder, or would replace what is in it.",
    fix: "Name a new folder. `--force` replaces a recording, and never anything else.",
    example: {
      command: "kqltest import strace trace.txt --device lab-1 --out lab",
      files: {
        "trace.txt": '10 1.0 execve("/bin/true", ["true"], 0x1) = 0\n',
        "lab/notes.md": "What was recorded here.\n",
      },
    },
  },
  KT0864: {
    summary:
      "A recording tells which atomic test ran, and the project does not say what rules must do with it: it lacks the test, its entry in `kqltest.yaml`, a rule that is named there, or the twin.",
    fix: "Mend the sidecar; `--atomic` names another test, `--no-atomic` judges nothing but the rules.",
    example: {
      command: "kqltest replay lab",
      files: recording({
        atomic: {
          technique: "T1102",
          number: 1,
          guid: "2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01",
          name: "curl fetches a paste",
          inputs: {},
          marker: null,
        },
      }),
    },
  },
  KT0865: {
    summary:
      "A recording without rows cannot be saved as a scenario, in which something must happen.",
    fix: "Record anew, and see that the recorder runs before the test does.",
    example: {
      command: "kqltest replay lab --save scenarios/T1102/recorded.yaml",
      files: recording({}),
    },
  },
};
