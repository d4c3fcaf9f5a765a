import { lowerFirst } from "../base/text.ts";
import { applications } from "./facts/applications.ts";
import { programs } from "./facts/programs.ts";
import { services } from "./facts/services.ts";
import {
  backgroundKeys,
  deviceKeys,
  organisationKeys,
  scenarioKeys,
  userKeys,
} from "./format/file-keys.ts";
import type { AnyField, AnyShape } from "./format/shape.ts";
import { commonKeys } from "./steps/common.ts";
import { stepKinds } from "./steps/index.ts";
import type { StepKind } from "./steps/step.ts";

/** `docs/scenarios.md`: every key with what it says, its default and values, from the data that makes the schema. */
export function renderScenarios(): string {
  return `# Scenarios

Made from the shapes in \`src/scenario/\` by \`npm run docs\`, as the schema is.

${introduction}

## The top of the file

${renderKeys({ ...scenarioKeys, timeline })}

A device or user may be empty (\`laptop:\`), then everything about it is drawn. \`system\`, \`local service\` and \`network service\` are there without an entry. Devices run Windows; the rows of other systems are written out (\`row\`, \`rows\`).

With an organisation, everybody in it may be named; \`devices\` and \`users\` of the scenario then say who takes part (those a step means that names nobody) and may say more of them. A step that names a user happens on the user's device, and one that names a device is its user's.

### Keys of an organisation

It stands in the scenario, or in \`organisations/<name>.yaml\` for all that name it:

\`\`\`yaml
# yaml-language-server: $schema=../schemas/organisation.schema.json
name: Contoso
domain: contoso.example
zone: Europe/Berlin
hours: monday-friday 08:30-17:00
departments: [Finance, IT]
users:
  alice: { department: Finance }
  root: { department: IT, admin: true, roles: [Global Administrator] }
  svc-backup: { service: true }
devices:
  laptop: { role: workstation, os: Windows11, user: alice }
  files: { role: server, os: WindowsServer2022 }
\`\`\`

What it leaves open is drawn from its name and domain: a user has the same SID, UPN and object id, a device the same id, name and address in every scenario.

${renderKeys(organisationKeys)}

### Keys of a device

${renderKeys(deviceKeys)}

### Keys of a user

${renderKeys(userKeys)}

### Keys of a background

\`background: { profile: office-day, devices: 3, on: [laptop] }\` gives ordinary rows of processes and connections, up to now: a rule has to find the scenario among them, and has to leave them alone. Their events are called \`background-1\`, \`background-2\` and so on. A device under \`on\` has them beside the scenario's own, numbered together. A desk has some hundred rows a day, so that a scenario with a background takes longer than one without.

${renderKeys(backgroundKeys)}

## Steps

A step has the key of its kind, and the keys that every step has. Expectations call the event by the step's \`id\`; a step without one is called by its kind and number, \`process-2\` for the second process. Further rows of a step are called by its id and what they are.

${renderKeys(commonKeys)}

Times are exact where they are written. A step cannot come before the process it belongs to.

### Clocks

\`at: monday 09:15\` is the last Monday before now at that time where the step's user is, or else its device (\`zone\`); \`at: working-hours\` is a drawn time in the last working hours of theirs before now (\`hours\`). Such times depend on what day now is: another \`now\` may change their distances. With \`now\` at the top of the file they are always the same, and rules see that \`now()\`.

### Repetition

A step with \`repeat\`, or a block of steps, happens again and again:

\`\`\`yaml
- repeat: { every: 10m, times: 6, jitter: 20% }
  steps:
    - id: task
      at: -2h
      process: powershell.exe
    - id: call
      at: +2s
      connection: https://pastebin.com/raw/{alnum:8#paste}
      by: task
\`\`\`

The first step of each time comes \`every\` after the first step of the time before, give or take \`jitter\`. Names mean the steps of the same time; the events are \`task-1\`, \`call-1\`, \`task-2\` and so on, and outside of the block steps are called by these.

## Kinds of steps

${stepKinds.map(renderKind).join("\n\n")}

${ending}`;
}

const timeline: AnyField = { schema: {}, description: "The steps" };

function renderKind({ name, title, about, example, keys }: StepKind): string {
  return `### \`${name}\`: ${title}

\`\`\`yaml
${example}
\`\`\`

${renderKeys(keys)}

${about}`;
}

function namesOf(names: readonly string[]): string {
  const sorted = names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  return sorted.map((name) => `\`${name}\``).join(", ");
}

/** The keys as a table. */
function renderKeys(shape: AnyShape): string {
  const rows = Object.entries(shape).map(([key, field]) => {
    const cells = [`\`${key}\``, describe(field), fallbackOf(field)];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["| key | what | left out |", "| --- | --- | --- |", ...rows].join("\n");
}

function describe({ schema, description, example }: AnyField): string {
  const values = (schema["enum"] as readonly unknown[] | undefined)?.map(
    (value) => `\`${String(value)}\``,
  );
  const what = lowerFirst(description);
  if (values !== undefined && !values.every((value) => what.includes(value))) {
    return `${what}: ${values.join(", ")}`;
  }
  return example === undefined ? what : `${what}, such as \`${example}\``;
}

function fallbackOf({ optional, fallback }: AnyField): string {
  return optional === true ? (fallback ?? "") : "required";
}

const introduction = String.raw`A scenario says what happened: who, on which device, in what order, and whether it was an attack. It knows nothing of any rule. From it come the rows that rules run on.

It is a file ${"`"}scenarios/<technique>/<name>.yaml${"`"}; its id is that path without the ending, ${"`"}T1102/word-rundll32-discord${"`"}. This one is complete:

${"```"}yaml
# yaml-language-server: $schema=../../schemas/scenario.schema.json
version: 1
title: Word starts rundll32, which talks to Discord
truth: malicious
technique: T1102.002

timeline:
  - id: word
    at: -3h
    process: WINWORD.EXE

  - id: library
    at: +20s
    process: rundll32.exe
    parent: word
    command: rundll32.exe C:\Users\{user}\AppData\Local\Temp\{word}.dll,DllRegisterServer

  - id: orders
    connection: https://discord.com/api/v9/channels/{digits:19}/messages
    by: library
${"```"}

It gives two rows of ${"`"}DeviceProcessEvents${"`"} and one of ${"`"}DeviceNetworkEvents${"`"}. Process ids, times, hashes, accounts, addresses and parents are filled in, and they agree: the connection has the process id, start time, hashes and account of ${"`"}library${"`"}, and Word as its parent. What is not written is drawn from the scenario's seed; the same file gives the same rows on every machine, and another ${"`"}now${"`"} moves their times and nothing else.

The first line gives completion and checking in editors that know YAML schemas.`;

const ending = `## Placeholders

Command lines, paths, hosts, URLs, names that are looked up with their answers, and string columns may contain:

| placeholder | becomes |
| --- | --- |
| \`{user}\`, \`{device}\` | the account's name (the first user's, for a service), the device's name |
| \`{word}\` | an English noun |
| \`{guid}\` | a GUID |
| \`{hex:40}\`, \`{alnum:8}\`, \`{digits:19}\` | so many characters |

Each is drawn anew: \`dns: '{hex:40}.t.fabrikam.example'\`, repeated, asks for another name each time. With a name it is the same value throughout the scenario: \`{alnum:8#paste}\` in a command line and in a URL. Other braces stay as they are.

## Texts in YAML

A text needs single quotes where it holds a colon or a \`#\` with a blank beside it, or begins with one of \`{ [ % @ & * ! | > - " '\`: \`command: 'cmd.exe /c echo: x'\`, \`dns: '{hex:8}.example.com'\`. In double quotes a backslash begins an escape, so paths stand in single quotes or in none. Numbers for text columns stand in quotes, and so do whole numbers beyond 2^53, which would be rounded otherwise: a column of type \`long\` takes their digits. Indentation is blanks. There are no merge keys (\`<<\`): use \`include\`.

## Mistakes

Every mistake of a file is reported once and all of them together, with the place, what is allowed, and the nearest name, file or time where one is meant:

\`\`\`
scenarios/T1102/x.yaml:14:9 KT0504 \`shel\` is neither an earlier process step nor a known program
  14 |     by: shel
     |         ^^^^
  hint: did you mean \`shell\`?
\`\`\`

## What is known

A program that is known has its path, version, hashes, usual arguments, parent and account. Any other is written with its whole path.

**Programs:** ${namesOf([...programs.values()].map(({ name }) => name))}.

**Hosts** (their sub-domains take the same addresses): ${namesOf(Object.keys(services))}.

**Applications of sign-ins:** ${namesOf(Object.keys(applications))}.

## From a program

\`\`\`ts
readScenario({ file: "scenarios/T1102/x.yaml", text }, "T1102/x").events({ now });
scenarioFromRows({ id: "x", truth: "benign", rows: { DeviceProcessEvents: [{ FileName: "a.exe" }] } });
\`\`\`

Rows given to \`scenarioFromRows\` stay as they are: their times do not move with \`now\`.
`;
