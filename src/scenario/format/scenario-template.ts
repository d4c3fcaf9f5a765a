import { writeYaml } from "../../base/yaml-edit.ts";
import type { Truth } from "../model/types.ts";

/** What a person says of a scenario before there is one. */
export interface Draft {
  readonly title: string;
  readonly truth: Truth;
  readonly technique?: string;
  /** A program that kqltest knows, or a whole path. */
  readonly process: string;
  /** Programs from the parent upwards, parted by ` < `. */
  readonly parent?: string;
  readonly command?: string;
  /** What the process connects to: hosts, addresses or URLs. */
  readonly connections: readonly string[];
}

/** The file of a scenario in which `draft` happens, with comments that say what else could stand there; `schema` is the path of its schema from the file. */
export function scenarioTemplate(draft: Draft, schema: string): string {
  const { title, truth, technique, process, parent, command, connections } = draft;
  return [
    `# yaml-language-server: $schema=${schema}`,
    "version: 1",
    `title: ${scalar(title)}`,
    "# description: >-",
    "#   What happens, in a sentence or two.",
    `truth: ${truth}`,
    technique === undefined ? "# technique: T1102.001" : `technique: ${technique}`,
    "",
    "# What is not written (ids, times, accounts, hashes, addresses) is drawn from the scenario's seed, the same each time.",
    "timeline:",
    "  - id: start",
    "    at: -1h # before now; `+5s` after the step before; `monday 09:15`",
    `    process: ${scalar(process)}`,
    parent === undefined ? "    # parent: cmd.exe < WINWORD.EXE" : `    parent: ${scalar(parent)}`,
    command === undefined
      ? "    # command: the command line; the program's usual one where this is left out"
      : `    command: ${scalar(command)}`,
    ...connections.flatMap((target, index) => [
      "",
      `  - id: ${connections.length === 1 ? "connect" : `connect-${index + 1}`}`,
      `    connection: ${scalar(target)}`,
      "    by: start",
    ]),
    ...(connections.length === 0
      ? ["", "  # - connection: https://pastebin.com/raw/{alnum:8}", "  #   by: start"]
      : []),
    "",
  ].join("\n");
}

/** `text` as a value in YAML, in one line. */
function scalar(text: string): string {
  return writeYaml(text.replaceAll(/\s+/g, " ").trim()).trim();
}
