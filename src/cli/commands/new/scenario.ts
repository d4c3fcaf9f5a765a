import { defined } from "../../../base/defined.ts";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../../base/diagnostic.ts";
import { escapeName, suggestion } from "../../../base/text.ts";
import type { Draft } from "../../../scenario/format/scenario-template.ts";
import { examples, type CliCommand } from "../../command.ts";
import type { Io } from "../../io.ts";
import { collect, parseChoice } from "../../options.ts";
import { badPath } from "../../usage.ts";
import { writeFileWhole } from "../../output/write-file.ts";

const truths = ["malicious", "benign"] as const;

interface NewFlags {
  readonly root: string;
  readonly title?: string;
  readonly truth?: (typeof truths)[number];
  readonly technique?: string;
  readonly process?: string;
  readonly parent?: string;
  readonly command?: string;
  readonly connection?: readonly string[];
  readonly force?: true;
}

/** `kqltest new scenario`: writes the file of a scenario, from flags or from what it is told. */
export const newScenarioCommand: CliCommand = {
  name: "scenario",
  define: (command, io, finish) => {
    withFlags(command)
      .addHelpText(
        "after",
        examples({
          "kqltest new scenario": "asks for everything",
          "kqltest new scenario T1102/curl-paste --truth malicious --process curl.exe --connection https://pastebin.com/raw/x":
            "asks for nothing where nobody can answer",
        }),
      )
      .action(async (id: string | undefined, flags: NewFlags) => {
        await run(id, flags, io);
        finish(0);
      });
  },
};

function withFlags(command: Command): Command {
  return command
    .description("write a scenario: a program that starts and connects, to be gone on with")
    .argument("[id]", "where it is put below `scenarios/`, without an ending: `T1102/word-discord`")
    .option("--title <text>", "what happens, in one line")
    .option(
      "--truth <truth>",
      `what it really is: ${truths.join(", ")}`,
      parseChoice("--truth", truths),
    )
    .option(
      "--technique <id>",
      "the ATT&CK technique; by default the id's folder, where that is one",
    )
    .option("--process <program>", "the program that starts")
    .option("--parent <programs>", "what started it, from the parent upwards, parted by ` < `")
    .option("--command <line>", "its command line")
    .option(
      "--connection <target>",
      "what it connects to: a host, an address or a URL; may be given several times",
      collect,
    )
    .option("--force", "replace the file that is there")
    .option("--root <dir>", "the project", ".");
}

async function run(given: string | undefined, flags: NewFlags, io: Io): Promise<void> {
  const id = given ?? (await asked(io, "Id, such as T1102/word-discord", "an id"));
  const root = resolve(io.cwd, flags.root);
  const draft = await draftOf(id, flags, io);
  const { newScenario } = await import("../../../project/scenarios/new-scenario.ts");
  const { file, text } = newScenario(root, id, draft);
  if (flags.force !== true && existsSync(resolve(root, file))) {
    throw badPath({ message: `\`${file}\` is there already`, hint: "`--force` replaces it" });
  }
  writeFileWhole(resolve(root, file), text);
  io.out(
    `${escapeName(file)} written\n\n` +
      `  kqltest show ${escapeName(id)}      its processes and rows\n` +
      `  kqltest --update ${escapeName(id)}  writes down what each rule does with it\n`,
  );
}

async function draftOf(id: string, flags: NewFlags, io: Io): Promise<Draft> {
  const folder = id.split("/").at(-2) ?? "";
  const named = /^T\d{4}(?:\.\d{3})?$/.test(folder) ? folder : undefined;
  const title = flags.title ?? (await maybe(io, "What happens, in one line", titleOf(id)));
  const truth =
    flags.truth ??
    truthOf(
      await asked(io, "Is it malicious or benign?", "`--truth malicious` or `--truth benign`"),
    );
  const technique = flags.technique ?? (await maybe(io, "ATT&CK technique", named ?? ""));
  const process =
    flags.process ?? (await asked(io, "Which program starts?", "`--process powershell.exe`"));
  const parent =
    flags.parent ?? (await maybe(io, "What started it? (nothing: what usually does)", ""));
  const command = flags.command ?? (await maybe(io, "Command line (nothing: the usual one)", ""));
  const target = flags.connection ?? [
    await maybe(io, "What does it connect to? (nothing: to nothing)", ""),
  ];
  return {
    title,
    truth,
    process,
    connections: target.filter((one) => one !== ""),
    ...(technique === "" ? {} : { technique }),
    ...(parent === "" ? {} : { parent }),
    ...(command === "" ? {} : { command }),
  };
}

/** `word-discord` as a first title. */
function titleOf(id: string): string {
  const words = (id.split("/").at(-1) ?? id).replaceAll(/[-_.]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function truthOf(answer: string): (typeof truths)[number] {
  const truth = truths.find((one) => one.startsWith(answer.toLowerCase()));
  if (truth !== undefined) return truth;
  const hint = suggestion(answer, truths);
  throw new InputError({
    code: "KT0902",
    message: `\`${answer}\` is neither malicious nor benign`,
    ...defined({ hint }),
  });
}

/** The answer to `question`, which must have one; an error where nobody can give it, or it is empty. */
async function asked(io: Io, question: string, needed: string): Promise<string> {
  const answer = (await io.ask?.(`${question} `))?.trim() ?? "";
  if (answer !== "") return answer;
  throw new InputError({
    code: "KT0901",
    message: "nothing was written: something is missing",
    hint: `say ${needed}`,
  });
}

/** The answer to `question`; `otherwise` where it is empty, or nobody can answer. */
async function maybe(io: Io, question: string, otherwise: string): Promise<string> {
  const shown = otherwise === "" ? question : `${question} [${otherwise}]`;
  const answer = (await io.ask?.(`${shown} `))?.trim() ?? "";
  return answer === "" ? otherwise : answer;
}
