import { unreachable } from "../../base/diagnostic.ts";
import type { ShellName } from "../../atomic/types.ts";

/** How a shell is handed a script: never as an argument, where another shell would read it. */
export type Invocation =
  /** The script is the file whose path is the last argument. */
  | {
      readonly kind: "file";
      readonly program: string;
      readonly args: readonly string[];
      readonly ending: string;
    }
  /** The script comes on the standard input. */
  | { readonly kind: "input"; readonly program: string; readonly args: readonly string[] };

/** How `shell` is started; `windows` says on which system. */
export function invocation(shell: ShellName, windows: boolean): Invocation {
  switch (shell) {
    case "sh":
    case "bash":
      return { kind: "file", program: shell, args: [], ending: ".sh" };
    case "powershell":
      return {
        kind: "file",
        program: windows ? "powershell.exe" : "pwsh",
        args: ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File"],
        ending: ".ps1",
      };
    case "command_prompt":
      // In a batch file `%i` of a loop would be `%%i`; tests are written for a command line.
      return { kind: "input", program: "cmd.exe", args: ["/d", "/q"] };
    default:
      return unreachable(shell);
  }
}
