import type { ErrorTable } from "./error-code.ts";

/** What is wrong with a recording: its folder, and what is told of it. */
export const recordingErrors: ErrorTable = {
  KT0861: {
    means: "`recording.json`, which says what is known of a recording, is not of its schema.",
    mend: "Correct it at the place that is named, or delete it: the rows alone are a recording too.",
  },
  KT0862: {
    means: "A folder holds no recording, or a file of it holds the rows of no known table.",
    mend: "Name the folder that `kqltest import` wrote, or call files of rows after their tables.",
  },
  KT0863: {
    means: "A recording cannot be written into a folder, or would replace what is in it.",
    mend: "Name a new folder. `--force` replaces a recording, and never anything else.",
  },
  KT0864: {
    means:
      "A recording tells which atomic test ran, and the project does not say what rules must do with it: it lacks the test, its entry in `kqltest.yaml`, a rule that is named there, or the twin.",
    mend: "Mend the sidecar; `--atomic` names another test, `--no-atomic` judges nothing but the rules.",
  },
};
