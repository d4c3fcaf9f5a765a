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
    means: "A file of atomic tests is no YAML.",
    mend: "Correct it at the place that is named.",
    example: atomic("  - name: curl", "  - name: [curl"),
  },
  KT0802: {
    means: "A file of atomic tests has a key that is unknown, missing or of another type.",
    mend: "`schemas/atomic.schema.json` has the shape.",
    example: atomic("description: Fetches", "descriptoin: Fetches"),
  },
  KT0803: {
    means: "A file of atomic tests is not where its technique belongs.",
    mend: "A technique's tests are in `atomics/<technique>/<technique>.yaml`.",
    example: atomic("attack_technique: T1102", "attack_technique: T1105"),
  },
  KT0804: {
    means: "Two atomic tests have the same GUID.",
    mend: "Draw a new one for one of them: a GUID is never used twice.",
    example: {
      command: "kqltest atomics validate --no-shells",
      files: {
        [file]: technique,
        "atomics/T1105/T1105.yaml": technique.replace("T1102", "T1105"),
      },
    },
  },
  KT0805: {
    means: "A command uses an argument that is not declared.",
    mend: "Declare it under `input_arguments`, or correct its name.",
    example: atomic("#{url}", "#{uri}"),
  },
  KT0806: {
    means: "No command uses an argument that is declared.",
    mend: "Write `#{name}` in a command, or delete it.",
    example: atomic("#{marker}", "x"),
  },
  KT0807: {
    means: "The default of an argument is none of its type.",
    mend: "The hint says how values of the type are written.",
    example: atomic("https://sinkhole.example/raw", "a b"),
  },
  KT0808: {
    means: "A test uses `sudo` and does not say that it needs elevation.",
    mend: "Write `elevation_required: true` under `executor`.",
    example: atomic("command: curl", "command: sudo curl"),
  },
  KT0809: {
    means: "The executor of a test does not exist on one of its platforms.",
    mend: "Choose another one, or take the platform away.",
    example: atomic("name: sh", "name: command_prompt"),
  },
  KT0810: {
    means: "A test names an executor for dependencies that it does not have.",
    mend: "Delete `dependency_executor_name`.",
    example: atomic("    executor:", "    dependency_executor_name: sh\n    executor:"),
  },
  KT0811: {
    means: "There are no atomic tests, or a file or folder that is named does not exist.",
    mend: "They are in `atomics/<technique>/<technique>.yaml`; `--root` names the folder above `atomics`.",
    example: { command: "kqltest atomics validate missing" },
  },
  KT0812: {
    means: "A script is no valid PowerShell.",
    mend: "Close the quote, parenthesis or brace that is named.",
    example: atomic(
      'name: sh\n      command: curl "#{url}/#{marker}"',
      "name: powershell\n      command: Write-Host (#{url}/#{marker}",
    ),
  },
  KT0813: {
    means: "A script may be no valid PowerShell: the grammar does not follow. A warning.",
    mend: "Nothing, where PowerShell takes it.",
  },
  KT0814: {
    means: "`sh -n` or `bash -n` cannot parse a script.",
    mend: "Correct it, or name the shell that it is for; `--no-shells` leaves this check out.",
  },
  KT0815: {
    means: "No atomic test is the one that is named, or is like the filters.",
    mend: "`kqltest atomics list` lists them.",
    example: { command: "kqltest atomics list --technique T1105", files: { [file]: technique } },
  },
  KT0816: {
    means:
      "`--input` names an argument that the test does not have, or a value that is none of its type.",
    mend: "Correct it; `kqltest atomics show` lists the arguments.",
    example: {
      command: "kqltest atomics show T1102-1 --input uri=x",
      files: { [file]: technique },
    },
  },
  KT0820: {
    means:
      "A sidecar (`kqltest.yaml`) is no YAML, or has a key that is unknown, missing or of another type.",
    mend: "`schemas/atomic-sidecar.schema.json` has the shape.",
    example: sidecar("  scenari: T1059.001/encoded-command\n"),
  },
  KT0821: {
    means: "An entry of a sidecar is there twice, asks nothing, or contradicts itself.",
    mend: "Name rules under `mustFire` or `mustNotFire`, each in one of them.",
    example: sidecar(
      "  scenario: T1059.001/encoded-command\n  marker: marker\n  mustFire: [encoded-powershell]\n  mustNotFire: [encoded-powershell]\n",
    ),
  },
  KT0822: {
    means: "A test has no entry in the sidecar.",
    mend: "Say there, under its GUID, which scenario is its twin.",
    example: atomic("", ""),
  },
  KT0823: {
    means: "An entry of a sidecar, or a whole one, belongs to no test.",
    mend: "Delete it, or write the GUID of a test.",
  },
  KT0824: {
    means: "A sidecar names a scenario, a rule or an argument that does not exist.",
    mend: "Correct the name.",
    example: sidecar(
      "  scenario: T1102/gone\n  marker: marker\n  mustFire: [encoded-powershell]\n",
    ),
  },
  KT0825: {
    means: "The `class` of a test and the `truth` of its twin differ.",
    mend: "Correct one of them.",
    example: sidecar(
      "  scenario: T1059.001/encoded-command\n  marker: marker\n  class: benign\n  mustFire: [encoded-powershell]\n",
    ),
  },
  KT0826: {
    means: "The command of a test does not use its marker, so no telemetry would show it.",
    mend: "Name an argument that stands in the command.",
  },
  KT0827: {
    means: "A sidecar asks of a rule what the expectation for the twin does not say it does.",
    mend: "Name the rule in the other list, or mend the expectation.",
    example: sidecar(
      "  scenario: T1059.001/encoded-command\n  marker: marker\n  mustNotFire: [encoded-powershell]\n",
    ),
  },
  KT0830: {
    means: "`kqltest.config.yaml` is no YAML, or has a key that is unknown or of another type.",
    mend: "`schemas/config.schema.json` has the shape.",
    example: {
      command: "kqltest atomics run T1102-1",
      files: { [file]: technique, "kqltest.config.yaml": "atomics:\n  alow: [lab.contoso.com]\n" },
    },
  },
  KT0831: {
    means: "A test is for another platform, or for a person and not for a shell.",
    mend: "Run it on a machine of that kind; `kqltest atomics show` prints what a person does.",
    example: {
      command: "kqltest atomics run T1102-1",
      files: { [file]: technique.replace("[linux]", "[containers]") },
    },
  },
  KT0832: {
    means: "A test needs the rights of an administrator, and kqltest does not have them.",
    mend: "In a lab, run kqltest with `sudo` or from an elevated prompt.",
    example: {
      command: "kqltest atomics run T1102-1",
      files: {
        [file]: technique.replace("name: sh", "name: sh\n      elevation_required: true"),
      },
    },
  },
  KT0833: {
    means: "A test would connect to a host that is neither a sinkhole nor allowed.",
    mend: "Leave the argument at its default; allow a host only where it is the tester's own: `--allow`, or `kqltest.config.yaml`.",
    example: {
      command: "kqltest atomics run T1102-1 --input url=https://pastebin.com/raw",
      files: { [file]: technique },
    },
  },
  KT0834: {
    means: "The value of an argument holds what a shell may take as a part of the script.",
    mend: "Give a value without it; what a script needs beyond that belongs into the command of the test.",
    example: {
      command: "kqltest atomics run T1102-1 --input marker=$(id)",
      files: { [file]: technique },
    },
  },
  KT0835: {
    means:
      "An argument, or a script of a dependency, goes by `..` out of the project and the temporary folder.",
    mend: "Name a path inside them, without `..`.",
    example: {
      command: "kqltest atomics run T1102-1 --input marker=../../x",
      files: { [file]: technique },
    },
  },
  KT0836: {
    means: "The shell of a test is not on this machine, or not in the image.",
    mend: "Install it, or run the test elsewhere.",
  },
  KT0837: {
    means: "Nobody said yes to running what was shown.",
    mend: "Read what would run; then answer `y`, or say so with `--yes` where nobody can answer.",
    example: { command: "kqltest atomics run T1102-1", files: { [file]: technique } },
  },
  KT0838: {
    means: "The journal of runs, `.kqltest/lab/journal.jsonl`, is a link or lies behind one.",
    mend: "Delete the link: what a project writes stays in its folder.",
  },
  KT0840: {
    means:
      "`--lab docker` needs the package `testcontainers`, which finds the container engine, and it is not installed.",
    mend: "`npm install --save-dev testcontainers@11`.",
  },
  KT0841: {
    means: "No container engine answers.",
    mend: "Start Docker, or name its socket in `DOCKER_HOST`.",
  },
  KT0842: {
    means:
      "The container engine has no image of that name. None is fetched: what runs is what somebody put there.",
    mend: "Make it as docs/lab.md says, or name another one with `--image`.",
  },
  KT0843: {
    means:
      "The containers of a lab did not come up: the image lacks a program that they need, or one of them failed.",
    mend: "Put `python3`, `openssl`, `ca-certificates` and, to record, `strace` into the image; `lab/Dockerfile` has them all.",
  },
  KT0844: {
    means: "What a test does on this machine cannot be recorded: there is no strace.",
    mend: "On Linux, install strace; elsewhere run the test with `--lab docker`.",
  },
};
