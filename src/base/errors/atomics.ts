import type { ErrorExample, ErrorTable } from "./error-code.ts";

const file = "atomics/T1102/T1102.yaml";

const technique = `attack_technique: T1102
display_name: Web Service
atomic_tests:
  - name: curl fetches a paste
    auto_generated_guid: 2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01
    description: Fetches a paste.
    supported_platforms: [linux]
    input_arguments:
      url:
        description: where the paste is
        type: url
        default: https://sinkhole.example/raw
      marker:
        description: names the run
        type: string
        default: run-1
    executor:
      name: sh
      command: curl "#{url}/#{marker}"
`;

/** Atomic tests that are in order but for `from`, in whose place `to` stands. */
function atomic(from: string, to: string): ErrorExample {
  return {
    command: "kqltest atomics validate --no-shells",
    files: { [file]: technique.replace(from, to) },
  };
}

/** The same tests with this sidecar. */
function sidecar(text: string): ErrorExample {
  return {
    command: "kqltest atomics validate --no-shells",
    files: {
      [file]: technique,
      "atomics/T1102/kqltest.yaml": `2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01:\n${text}`,
    },
  };
}

/** What is wrong with atomic tests and their sidecars; docs/atomics.md has the format. */
export const atomicErrors: ErrorTable = {
  KT0801: {
    summary: "A file of atomic tests is no YAML.",
    fix: "Correct it at the place that is named.",
    example: atomic("  - name: curl", "  - name: [curl"),
  },
  KT0802: {
    summary: "A file of atomic tests has a key that is unknown, missing or of another type.",
    fix: "`schemas/atomic.schema.json` has the shape.",
    example: atomic("description: Fetches", "descriptoin: Fetches"),
  },
  KT0803: {
    summary: "A file of atomic tests is not where its technique belongs.",
    fix: "A technique's tests are in `atomics/<technique>/<technique>.yaml`.",
    example: atomic("attack_technique: T1102", "attack_technique: T1105"),
  },
  KT0804: {
    summary: "Two atomic tests have the same GUID.",
    fix: "Draw a new one for one of them: a GUID is never used twice.",
    example: {
      command: "kqltest atomics validate --no-shells",
      files: {
        [file]: technique,
        "atomics/T1105/T1105.yaml": technique.replace("T1102", "T1105"),
      },
    },
  },
  KT0805: {
    summary: "A command uses an argument that is not declared.",
    fix: "Declare it under `input_arguments`, or correct its name.",
    example: atomic("#{url}", "#{uri}"),
  },
  KT0806: {
    summary: "No command uses an argument that is declared.",
    fix: "Write `#{name}` in a command, or delete it.",
    example: atomic("#{marker}", "x"),
  },
  KT0807: {
    summary: "The default of an argument is none of its type.",
    fix: "The hint says how values of the type are written.",
    example: atomic("https://sinkhole.example/raw", "a b"),
  },
  KT0808: {
    summary: "A test uses `sudo` and does not say that it needs elevation.",
    fix: "Write `elevation_required: true` under `executor`.",
    example: atomic("command: curl", "command: sudo curl"),
  },
  KT0809: {
    summary: "The executor of a test does not exist on one of its platforms.",
    fix: "Choose another one, or take the platform away.",
    example: atomic("name: sh", "name: command_prompt"),
  },
  KT0810: {
    summary: "A test names an executor for dependencies that it does not have.",
    fix: "Delete `dependency_executor_name`.",
    example: atomic("    executor:", "    dependency_executor_name: sh\n    executor:"),
  },
  KT0811: {
    summary: "There are no atomic tests, or a file or folder that is named does not exist.",
    fix: "They are in `atomics/<technique>/<technique>.yaml`; `--root` names the folder above `atomics`.",
    example: { command: "kqltest atomics validate missing" },
  },
  KT0812: {
    summary: "A script is no valid PowerShell.",
    fix: "Close the quote, parenthesis or brace that is named.",
    example: atomic(
      'name: sh\n      command: curl "#{url}/#{marker}"',
      "name: powershell\n      command: Write-Host (#{url}/#{marker}",
    ),
  },
  KT0813: {
    summary: "A script may be no valid PowerShell: the grammar does not follow. A warning.",
    fix: "Nothing, where PowerShell takes it.",
  },
  KT0814: {
    summary: "`sh -n` or `bash -n` cannot parse a script.",
    fix: "Correct it, or name the shell that it is for; `--no-shells` leaves this check out.",
  },
  KT0815: {
    summary: "No atomic test is the one that is named, or is like the filters.",
    fix: "`kqltest atomics list` lists them.",
    example: { command: "kqltest atomics list --technique T1105", files: { [file]: technique } },
  },
  KT0816: {
    summary:
      "`--input` names an argument that the test does not have, or a value that is none of its type.",
    fix: "Correct it; `kqltest atomics show` lists the arguments.",
    example: {
      command: "kqltest atomics show T1102-1 --input uri=x",
      files: { [file]: technique },
    },
  },
  KT0820: {
    summary:
      "A sidecar (`kqltest.yaml`) is no YAML, or has a key that is unknown, missing or of another type.",
    fix: "`schemas/atomic-sidecar.schema.json` has the shape.",
    example: sidecar("  scenari: T1059.001/encoded-command\n"),
  },
  KT0821: {
    summary: "An entry of a sidecar is there twice, asks nothing, or contradicts itself.",
    fix: "Name rules under `mustFire` or `mustNotFire`, each in one of them.",
    example: sidecar(
      "  scenario: T1059.001/encoded-command\n  marker: marker\n  mustFire: [encoded-powershell]\n  mustNotFire: [encoded-powershell]\n",
    ),
  },
  KT0822: {
    summary: "A test has no entry in the sidecar.",
    fix: "Say there, under its GUID, which scenario is its twin.",
    example: atomic("", ""),
  },
  KT0823: {
    summary: "An entry of a sidecar, or a whole one, belongs to no test.",
    fix: "Delete it, or write the GUID of a test.",
  },
  KT0824: {
    summary: "A sidecar names a scenario, a rule or an argument that does not exist.",
    fix: "Correct the name.",
    example: sidecar(
      "  scenario: T1102/gone\n  marker: marker\n  mustFire: [encoded-powershell]\n",
    ),
  },
  KT0825: {
    summary: "The `class` of a test and the `truth` of its twin differ.",
    fix: "Correct one of them.",
    example: sidecar(
      "  scenario: T1059.001/encoded-command\n  marker: marker\n  class: benign\n  mustFire: [encoded-powershell]\n",
    ),
  },
  KT0826: {
    summary: "The command of a test does not use its marker, so no telemetry would show it.",
    fix: "Name an argument that stands in the command.",
  },
  KT0827: {
    summary: "A sidecar asks of a rule what the expectation for the twin does not say it does.",
    fix: "Name the rule in the other list, or mend the expectation.",
    example: sidecar(
      "  scenario: T1059.001/encoded-command\n  marker: marker\n  mustNotFire: [encoded-powershell]\n",
    ),
  },
  KT0830: {
    summary: "`kqltest.config.yaml` is no YAML, or has a key that is unknown or of another type.",
    fix: "`schemas/config.schema.json` has the shape.",
    example: {
      command: "kqltest atomics run T1102-1",
      files: { [file]: technique, "kqltest.config.yaml": "atomics:\n  alow: [lab.contoso.com]\n" },
    },
  },
  KT0831: {
    summary: "A test is for another platform, or for a person and not for a shell.",
    fix: "Run it on a machine of that kind; `kqltest atomics show` prints what a person does.",
    example: {
      command: "kqltest atomics run T1102-1",
      files: { [file]: technique.replace("[linux]", "[containers]") },
    },
  },
  KT0832: {
    summary: "A test needs the rights of an administrator, and kqltest does not have them.",
    fix: "In a lab, run kqltest with `sudo` or from an elevated prompt.",
    example: {
      command: "kqltest atomics run T1102-1",
      files: {
        [file]: technique.replace("name: sh", "name: sh\n      elevation_required: true"),
      },
    },
  },
  KT0833: {
    summary: "A test would connect to a host that is neither a sinkhole nor allowed.",
    fix: "Leave the argument at its default; allow a host only where it is the tester's own: `--allow`, or `kqltest.config.yaml`.",
    example: {
      command: "kqltest atomics run T1102-1 --input url=https://pastebin.com/raw",
      files: { [file]: technique },
    },
  },
  KT0834: {
    summary: "The value of an argument holds what a shell may take as a part of the script.",
    fix: "Give a value without it; what a script needs beyond that belongs into the command of the test.",
    example: {
      command: "kqltest atomics run T1102-1 --input marker=$(id)",
      files: { [file]: technique },
    },
  },
  KT0835: {
    summary:
      "An argument, or a script of a dependency, goes by `..` out of the project and the temporary folder.",
    fix: "Name a path inside them, without `..`.",
    example: {
      command: "kqltest atomics run T1102-1 --input marker=../../x",
      files: { [file]: technique },
    },
  },
  KT0836: {
    summary: "The shell of a test is not on this machine, or not in the image.",
    fix: "Install it, or run the test elsewhere.",
  },
  KT0837: {
    summary: "Nobody said yes to running what was shown.",
    fix: "Read what would run; then answer `y`, or say so with `--yes` where nobody can answer.",
    example: { command: "kqltest atomics run T1102-1", files: { [file]: technique } },
  },
  KT0838: {
    summary: "The journal of runs, `.kqltest/lab/journal.jsonl`, is a link or lies behind one.",
    fix: "Delete the link: what a project writes stays in its folder.",
  },
  KT0840: {
    summary:
      "`--lab docker` needs the package `testcontainers`, which finds the container engine, and it is not installed.",
    fix: "`npm install --save-dev testcontainers@11`.",
  },
  KT0841: {
    summary: "No container engine answers.",
    fix: "Start Docker, or name its socket in `DOCKER_HOST`.",
  },
  KT0842: {
    summary:
      "The container engine has no image of that name. None is fetched: what runs is what somebody put there.",
    fix: "Make it as docs/lab.md says, or name another one with `--image`.",
  },
  KT0843: {
    summary:
      "The containers of a lab did not come up: the image lacks a program that they need, or one of them failed.",
    fix: "Put `python3`, `openssl`, `ca-certificates` and, to record, `strace` into the image; `lab/Dockerfile` has them all.",
  },
  KT0844: {
    summary: "What a test does on this machine cannot be recorded: there is no strace.",
    fix: "On Linux, install strace; elsewhere run the test with `--lab docker`.",
  },
};
