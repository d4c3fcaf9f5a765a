import { resolve } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { escapeControls, escapeName } from "../../base/text.ts";
import { plural } from "../../report/layout.ts";
import type { Listing } from "../../project/list-project.ts";
import { examples, type CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { moduleOptions, noModulesOption, type ModuleFlags } from "../options.ts";

interface ListFlags extends ModuleFlags {
  readonly root: string;
  readonly cases?: true;
  readonly json?: true;
}

/** `kqltest list`: what a project has, by name. */
export const listCommand: CliCommand = {
  name: "list",
  define: (command, io, finish) => {
    command
      .description("list the rules and scenarios of a project, and the cases of its files")
      .argument("[filter...]", "only those with one of these in their name, or a `*`")
      .option("--cases", "every case, not only how many a file has")
      .option("--json", "for a program, with every case")
      .addOption(noModulesOption())
      .option("--root <dir>", "the project", ".")
      .addHelpText(
        "after",
        examples({
          "kqltest list": "rules and scenarios",
          "kqltest list pastebin --cases": "the cases with `pastebin` in their name",
          "kqltest list --json": "all of it for a program",
        }),
      )
      .action(async (filters: readonly string[], flags: ListFlags) => {
        await list(filters, flags, io);
        finish(0);
      });
  },
};

async function list(filters: readonly string[], flags: ListFlags, io: Io): Promise<void> {
  const { listProject } = await import("../../project/list-project.ts");
  const root = resolve(io.cwd, flags.root);
  const listing = await listProject(root, filters, moduleOptions(flags, io));
  if (listing.rules.length === 0 && listing.scenarios.length === 0) {
    throw new InputError({
      code: "KT0703",
      message:
        filters.length === 0
          ? "the project has no rules and no scenarios"
          : `no rule or scenario matches ${filters.map((filter) => `\`${filter}\``).join(", ")}`,
      hint:
        filters.length === 0
          ? "name the project's folder with `--root`"
          : "`kqltest list` without a filter says what there is",
    });
  }
  io.out(
    flags.json === true
      ? `${escapeControls(JSON.stringify(listing, null, 2))}\n`
      : `${lines(listing, flags.cases === true).join("\n")}\n`,
  );
}

function lines({ rules, scenarios }: Listing, withCases: boolean): readonly string[] {
  const total = scenarios.reduce((sum, { cases }) => sum + Math.max(1, cases.length), 0);
  return [
    plural(rules.length, "rule"),
    ...rules.map(({ name }) => `  ${escapeName(name)}`),
    `${plural(total, "scenario")} in ${plural(scenarios.length, "file")}`,
    ...scenarios.flatMap(({ id, cases }) => {
      if (cases.length === 0) return [`  ${escapeName(id)}`];
      if (withCases) return cases.map((one) => `  ${escapeName(one)}`);
      return [`  ${escapeName(id)}  ${plural(cases.length, "case")}`];
    }),
  ];
}
