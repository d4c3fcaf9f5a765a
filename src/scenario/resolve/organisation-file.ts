import { suggestion } from "../../base/text.ts";
import type { Source } from "../../base/source.ts";
import { validateYaml } from "../../base/validate.ts";
import { parseYaml, type YamlPath } from "../../base/yaml.ts";
import { checkActors, checkClock } from "./actors.ts";
import type { OrganisationFile, ScenarioFile } from "../format/scenario-file.ts";
import { organisationOf, type Organisation } from "./organisation.ts";
import type { ListFiles } from "../model/nearest-file.ts";
import { createProblems, type Problems } from "../model/problems.ts";
import type { Surroundings } from "../model/types.ts";

/** The organisation that a scenario names or holds; undefined where it has none. The project has the files. Throws an `InputError` for what is wrong with the organisation's own file. */
export function openOrganisation(
  { organisation }: ScenarioFile,
  { readFile, listFiles }: Surroundings,
  problems: Problems,
): Organisation | undefined {
  if (organisation === undefined) return undefined;
  const path = ["organisation"];
  if (typeof organisation !== "string") {
    checkOrganisation(organisation, path, problems);
    return organisationOf(organisation);
  }
  const isName = /^[\w-]+$/.test(organisation);
  const source = isName ? readFile(`organisations/${organisation}.yaml`) : undefined;
  if (source !== undefined) return readOrganisation(source);
  problems.at(path, "KT0530", {
    message: `there is no organisation \`${organisation}\``,
    hint: organisationHint(organisation, isName, listFiles),
  });
  return undefined;
}

function organisationHint(name: string, isName: boolean, list: ListFiles | undefined): string {
  const names = (list?.("organisations") ?? []).flatMap(
    (path) => /^organisations\/([\w-]+)\.yaml$/.exec(path)?.[1] ?? [],
  );
  const guess = suggestion(name.replace(/\.ya?ml$/, ""), names);
  if (guess !== undefined) return guess;
  return isName
    ? `write \`organisations/${name}.yaml\`, or its keys here`
    : "write the name of a file of `organisations/`, without its ending";
}

const known = new Map<string, Organisation>();

/** The organisation of the file `source`. The same text is read once, however many scenarios name it. */
function readOrganisation(source: Source): Organisation {
  const key = `${source.file}\n${source.text}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const yaml = parseYaml(source, "KT0500");
  const file = validateYaml<OrganisationFile>(yaml, "organisation", "KT0501");
  const problems = createProblems(yaml);
  checkOrganisation(file, [], problems);
  problems.check();
  const organisation = organisationOf(file);
  known.set(key, organisation);
  return organisation;
}

function checkOrganisation(file: OrganisationFile, path: YamlPath, problems: Problems): void {
  checkActors(file, path, problems);
  checkClock(file, path, problems);
  const users = Object.keys(file.users ?? {});
  for (const [alias, device] of Object.entries(file.devices ?? {})) {
    const user = device?.user;
    if (user === undefined || users.includes(user)) continue;
    problems.at([...path, "devices", alias, "user"], "KT0531", {
      message: `there is no user \`${user}\``,
      hint: suggestion(user, users),
    });
  }
  const { departments } = file;
  if (departments === undefined) return;
  for (const [alias, user] of Object.entries(file.users ?? {})) {
    const department = user?.department;
    if (department === undefined || departments.includes(department)) continue;
    problems.at([...path, "users", alias, "department"], "KT0531", {
      message: `there is no department \`${department}\``,
      hint: suggestion(department, departments),
    });
  }
}
