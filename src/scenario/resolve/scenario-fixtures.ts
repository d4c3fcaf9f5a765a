import { defined } from "../../base/defined.ts";
import type { FixturesFile, ExternalTextFile } from "../format/fixtures-file.ts";
import type { YamlFile, YamlPath } from "../../base/yaml.ts";
import { lookupTypes, placeTypes } from "../../kql/functions/fixture-types.ts";
import { tableOfYaml, type KnownTypes } from "../../schema/fixture-table.ts";
import {
  placeKey,
  type ExternalText,
  type Fixtures,
  type FixtureTable,
} from "../../schema/fixtures.ts";
import { besides } from "../expand/part.ts";
import { fileSuggestion } from "../model/nearest-file.ts";
import type { Problems } from "../model/problems.ts";
import type { ProjectFiles } from "./resolve-reference.ts";

interface Given {
  readonly files: ProjectFiles;
  readonly problems: Problems;
}

/** What `written`, the fixtures of `yaml`, answers for. Throws an `InputError` (KT0724) for rows that are none. */
export function fixturesOf(written: FixturesFile, yaml: YamlFile, given: Given): Fixtures {
  const tableAt = (path: YamlPath, types: KnownTypes): FixtureTable =>
    tableOfYaml(yaml, { path: ["fixtures", ...path], types });
  const named = (
    key: "watchlists" | "functions",
    typesOf: (name: string) => KnownTypes,
  ): NonNullable<Fixtures["watchlists"]> =>
    Object.fromEntries(
      Object.keys(written[key] ?? {}).map((name) => [name, tableAt([key, name], typesOf(name))]),
    );
  const places = (written.tables ?? []).map(({ table }, index) => {
    const key = placeKey(table);
    return [key, tableAt(["tables", index, "rows"], placeTypes(key))] as const;
  });
  const geoIp = written["geo-ip"];
  return {
    watchlists: named("watchlists", () => ({})),
    functions: named("functions", lookupTypes),
    externalData: (written.externaldata ?? []).flatMap((entry, index) => {
      const text = textOf(entry, ["fixtures", "externaldata", index, "file"], given);
      return text === undefined ? [] : [text];
    }),
    places: Object.fromEntries(places),
    ...defined({ geoIp }),
  };
}

/** What feeds that rules read usually end in. */
const endings = [".csv", ".txt", ".json", ".jsonl", ".tsv"];

function textOf(
  { url, text, file }: ExternalTextFile,
  path: YamlPath,
  { files, problems }: Given,
): ExternalText | undefined {
  if (file === undefined) return { url, text: text ?? "", file: files.owner };
  const place = besides(files.owner, file);
  const source = place === undefined ? undefined : files.read(place);
  if (source !== undefined) return { url, text: source.text, file: source.file };
  const missing = place === undefined ? undefined : { file: place, owner: files.owner, endings };
  const guess = missing === undefined ? undefined : fileSuggestion(missing, files.list);
  problems.at(path, "KT0729", {
    message: `there is no file \`${file}\` in the project`,
    hint: guess ?? "write its path from the scenario's folder",
  });
  return undefined;
}
