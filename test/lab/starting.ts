import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempFolder } from "../support/temp-project.ts";

const file = "atomics/T1102/T1102.yaml";

/** What a test of `project` does; the rest is in order. */
export interface Scripts {
  readonly command: string;
  readonly cleanup?: string;
  readonly check?: string;
}

/** A folder with one atomic test for `sh`, T1102-1, whose scripts are these; they start in a folder of their own and know this one as `#{folder}`. */
export function project({ command, cleanup, check }: Scripts): string {
  const root = tempFolder({ [file]: "" });
  const block = (key: string, text: string, indent: string): string =>
    `${indent}${key}: |\n${text.replaceAll(/^/gm, `${indent}  `)}\n`;
  const text = `attack_technique: T1102
display_name: Web Service
atomic_tests:
- name: Leave a mark
  auto_generated_guid: 2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01
  description: Leaves a mark.
  supported_platforms: [linux]
  input_arguments:
    folder:
      description: where the mark goes
      type: path
      default: ${root}
    service_url:
      description: a web service
      type: url
      default: https://sinkhole.example
    marker:
      description: names the run
      type: string
      default: run-1
${check === undefined ? "" : `  dependencies:\n  - description: something is there\n${block("prereq_command", check, "    ")}    get_prereq_command: echo get it\n`}  executor:
    name: sh
    elevation_required: false
${block("command", `: "#{service_url}" "#{marker}"\n${command}`, "    ")}${block("cleanup_command", cleanup ?? 'rm -f "#{folder}/mark"', "    ")}`;
  writeFileSync(join(root, file), text);
  return root;
}

/** The kinds of the entries in the journal of `root`. */
export function journalKinds(root: string): readonly string[] {
  const lines = readFileSync(join(root, ".kqltest/lab/journal.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => (JSON.parse(line) as { readonly kind: string }).kind);
}
