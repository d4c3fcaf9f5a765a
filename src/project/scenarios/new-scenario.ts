import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../base/diagnostic.ts";
import { readScenarios } from "../../scenario/read-scenarios.ts";
import { scenarioTemplate, type Draft } from "../../scenario/format/scenario-template.ts";
import { readNow } from "../now.ts";

/** A file that is not written yet. */
export interface NewScenario {
  /** Its path in the project. */
  readonly file: string;
  readonly text: string;
}

/** The file of a new scenario `id` of the project in `root`. Throws an `InputError` for an id that cannot be one (KT0903), and for what cannot happen. */
export function newScenario(root: string, id: string, draft: Draft): NewScenario {
  const parts = id.split("/");
  if (!parts.every((part) => /^[A-Za-z0-9][\w.-]*$/.test(part))) {
    throw new InputError({
      code: "KT0903",
      message: `\`${id}\` cannot be the id of a scenario`,
      hint: "write folders and a name, of letters, digits, `.`, `_` and `-`: `T1102/word-discord`",
    });
  }
  const file = `scenarios/${id}.yaml`;
  const up = "../".repeat(parts.length);
  const own = "schemas/scenario.schema.json";
  const schema = existsSync(join(root, own)) ? own : `node_modules/kqltest/${own}`;
  const text = scenarioTemplate(draft, `${up}${schema}`);
  // What is wrong with it is told before it is written.
  const source = { file, text };
  const set = readScenarios(source, id, { readFile: () => undefined });
  for (const one of set.cases) set.read(one).events({ now: readNow() });
  return source;
}
