import { fileIdOf } from "../scenario/expand/case-name.ts";
import { discover } from "./rule-discovery.ts";
import type { ModuleOptions } from "./modules/module-options.ts";
import { indexScenarios } from "./scenarios/scenario-index.ts";
import { createSelector } from "./selection.ts";

/** What a project has, by name. */
export interface Listing {
  readonly rules: readonly { readonly name: string; readonly file: string }[];
  readonly scenarios: readonly ListedFile[];
}

/** A scenario file and the ids of its cases; none where it describes a single scenario. */
export interface ListedFile {
  readonly id: string;
  readonly file: string;
  readonly cases: readonly string[];
}

/** The rules and scenarios of the project in `root` whose names have one of `filters` in them; all where there is none. No rule is read, and of the scenarios only those files that may have cases. */
export async function listProject(
  root: string,
  filters: readonly string[],
  options: ModuleOptions = {},
): Promise<Listing> {
  const discovery = discover(root);
  const wanted = (): boolean => false;
  const { ids } = await indexScenarios(root, discovery.scenarios, { ...options, wanted });
  const selector = createSelector({ filters });
  const cases = new Map<string, string[]>();
  for (const id of ids.filter((one) => selector.selects("", one))) {
    const file = fileIdOf(id);
    const group = cases.get(file) ?? [];
    if (file !== id) group.push(id);
    cases.set(file, group);
  }
  return {
    rules: [...discovery.rules]
      .filter(([name]) => selector.selects(name, ""))
      .map(([name, { file }]) => ({ name, file })),
    scenarios: [...cases].map(([id, own]) => ({
      id,
      file: discovery.scenarios.get(id) ?? "",
      cases: own,
    })),
  };
}
