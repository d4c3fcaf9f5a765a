import { relative, resolve, sep } from "node:path";
import type { AtomicTechnique } from "../../../atomic/types.ts";
import { InputError, renderDiagnostic, type Diagnostic } from "../../../base/diagnostic.ts";
import { plural } from "../../../report/layout.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { Io } from "../../io.ts";
import { moduleOptions, noModulesOption, type ModuleFlags } from "../../options.ts";

interface ValidateFlags extends ModuleFlags {
  readonly shells: boolean;
  readonly root: string;
}

/** `kqltest atomics validate`: checks atomic tests against the format, and their scripts by parsing them. */
export const validateCommand: CliCommand = {
  name: "validate",
  define: (command, io, finish) => {
    command
      .description("check tests against the format, and their scripts by parsing them")
      .argument(
        "[path...]",
        "files or folders, of a project or not; without one, the tests of the project",
      )
      .option("--no-shells", "do not have `sh -n` and `bash -n` parse the shell scripts")
      .addOption(noModulesOption())
      .option("--root <dir>", "the project, whose sidecars are checked too", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest atomics validate": "every test of the project, with the sidecars",
          "kqltest atomics validate atomics/T1102": "one technique",
          "kqltest atomics validate ~/atomic-red-team/atomics": "tests from elsewhere",
        }),
      )
      .addHelpText(
        "after",
        `
Nothing of a test runs: \`sh -n\` and \`bash -n\` parse and stop.

Exit codes:
  0  the tests are valid
  2  they are not, or there are none`,
      )
      .action(async (paths: readonly string[], flags: ValidateFlags) => {
        await runValidate(paths, flags, io);
        finish(0);
      });
  },
};

async function runValidate(paths: readonly string[], flags: ValidateFlags, io: Io): Promise<void> {
  const root = resolve(io.cwd, flags.root);
  const { validateAtomics } = await import("../../../project/atomics/validate-atomics.ts");
  const { techniques, problems } = await validateAtomics(
    root,
    paths.map((path) => relative(root, resolve(io.cwd, path)).replaceAll(sep, "/")),
    moduleOptions(flags, io),
  );
  const scripts = await checkScripts(techniques, flags, io);
  const all = [...problems, ...scripts];
  if (all.length > 0) throw new InputError(all);
  const tests = techniques.reduce((count, technique) => count + technique.tests.length, 0);
  io.out(`${plural(tests, "test")} in ${plural(techniques.length, "file")}: no mistakes\n`);
}

async function checkScripts(
  techniques: readonly AtomicTechnique[],
  { shells }: ValidateFlags,
  io: Io,
): Promise<readonly Diagnostic[]> {
  const { checkPowershell } = await import("../../../atomic/checks/powershell.ts");
  const mistakes: Diagnostic[] = [];
  for (const technique of techniques) {
    const found = await checkPowershell(technique);
    mistakes.push(...found.mistakes);
    for (const doubt of found.doubts) io.err(`warning: ${renderDiagnostic(doubt)}\n`);
  }
  if (!shells) return mistakes;
  const { checkShellSyntax } = await import("../../../lab/scripts/shell-syntax.ts");
  const found = await checkShellSyntax(techniques, io.env["PATH"] ?? "");
  for (const shell of found.missing) {
    io.err(`warning: there is no \`${shell}\` on this machine, so its scripts were not parsed\n`);
  }
  return [...mistakes, ...found.mistakes];
}
