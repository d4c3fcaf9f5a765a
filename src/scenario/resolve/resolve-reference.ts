import { nearest, suggestion } from "../../base/text.ts";
import type { YamlPath } from "../../base/yaml.ts";
import type { Actors } from "./actors.ts";
import type { Catalog } from "../../schema/tables.ts";
import type { ReadFile, ListFiles } from "../model/nearest-file.ts";
import { programs } from "../facts/programs.ts";
import {
  isProcessStep,
  type Link,
  type ProcessReference,
  type ProcessStep,
  type Step,
} from "../model/incident.ts";
import type { Problem, Problems } from "../model/problems.ts";
import { fileOf, linkOf, splitChain } from "../model/program-reference.ts";

/** What resolving one step needs of those before it. */
export interface Context {
  readonly actors: Actors;
  readonly steps: readonly Step[];
  readonly ids: ReadonlyMap<string, number>;
  readonly problems: Problems;
  readonly files: ProjectFiles;
}

/** What of the project a scenario may read. */
export interface ProjectFiles {
  /** The scenario's own file. */
  readonly owner: string;
  readonly read: ReadFile;
  readonly list: ListFiles | undefined;
  /** Tables of the project's own. */
  readonly tables: Catalog;
}

/** A step's id and where it stands. */
export interface Place {
  readonly id: string;
  readonly path: YamlPath;
}

/** The file that a process step is started from; an unknown one is noted. */
export function resolveFile(
  step: { readonly process: string; readonly copyOf?: string },
  path: YamlPath,
  problems: Problems,
): Link {
  const { copyOf } = step;
  if (copyOf !== undefined && !programs.has(copyOf.toLowerCase())) {
    problems.at([...path, "copyOf"], "KT0510", unknownProgram(copyOf));
  }
  const link = fileOf(step.process, copyOf);
  if (link !== undefined) return link;
  if (copyOf === undefined) {
    problems.at([...path, "process"], "KT0510", unknownProgram(step.process));
  }
  return { path: step.process };
}

function unknownProgram(name: string): Problem {
  const guess = programLike(name);
  return {
    message: `no program \`${name}\` is known`,
    hint:
      guess === undefined
        ? "write its whole path, such as `C:\\Tools\\name.exe`"
        : `did you mean \`${guess}\`?`,
  };
}

/** The known program whose name is like `name`, the ending apart, which all of them share. */
function programLike(name: string): string | undefined {
  const stem = (file: string): string => file.replace(/\.exe$/i, "");
  const stems = new Map(
    [...programs.values()].map((program) => [stem(program.name), program.name]),
  );
  return stems.get(nearest(stem(name), stems.keys()) ?? "");
}

/** The processes that a `parent` or `by` names: programs upwards, then perhaps a step. */
export function resolveReference(text: string, path: YamlPath, context: Context): ProcessReference {
  const links: Link[] = [];
  const parts = splitChain(text);
  for (const [index, part] of parts.entries()) {
    const step = context.ids.get(part);
    if (step !== undefined && context.steps[step]?.kind === "process") {
      if (index < parts.length - 1) {
        context.problems.at(path, "KT0504", {
          message: `the step \`${part}\` must end the chain`,
          hint: "a step knows its own parents",
        });
      }
      return { links, step };
    }
    const link = isBackwards(part) ? undefined : linkOf(part);
    if (link === undefined) context.problems.at(path, "KT0504", unknownReference(part, context));
    else links.push(link);
  }
  return { links };
}

/** `cmd.exe > explorer.exe`: a chain goes upwards. */
function isBackwards(part: string): boolean {
  return /^\S+\s+>+\s/.test(part);
}

function unknownReference(part: string, context: Context): Problem {
  const steps = context.steps.filter((step) => step.kind === "process").map((step) => step.id);
  const guess = nearest(part, steps) ?? programLike(part.split(" ")[0] ?? part);
  return {
    message: `\`${part}\` is neither an earlier process step nor a known program`,
    hint: /\s>+\s|\S<\S/.test(part)
      ? "part the programs by ` < `, from the process upwards: `cmd.exe < explorer.exe`"
      : ((guess === undefined ? suggestion(part, steps) : `did you mean \`${guess}\`?`) ??
        "write a step's id, a program or a whole path"),
  };
}

/** The process step that `reference` descends from. */
export function stepOf(reference: ProcessReference, context: Context): ProcessStep | undefined {
  const step = reference.step === undefined ? undefined : context.steps[reference.step];
  return isProcessStep(step) ? step : undefined;
}

/** The service account that a program runs as wherever it stands. */
export function serviceOf(link: Link): string | undefined {
  const account = link.renamed === true ? undefined : link.program?.account;
  return account === "user" ? undefined : account;
}
