import { defined } from "../base/defined.ts";
import { basename, extname } from "node:path";
import { InputError } from "../base/diagnostic.ts";
import type { Source } from "../base/source.ts";
import { suggestion } from "../base/text.ts";
import { validateYaml } from "../base/validate.ts";
import { parseYaml, type YamlFile } from "../base/yaml.ts";
import { lookupTypes, placeTypes } from "../kql/functions/fixture-types.ts";
import { readFixtureTable, type KnownTypes } from "../schema/fixture-table.ts";
import {
  placeKey,
  type ExternalText,
  type Fixtures,
  type FixtureTable,
  type GeoNetwork,
} from "../schema/fixtures.ts";
import { parseIpv6 } from "../sql/udfs/ip-address.ts";
import { fileProblem, listFiles, readSource } from "./project-files.ts";
import type { ProblemList } from "./problem-list.ts";

/** What the files below `fixtures/` of the project in `root` declare. Mistakes go to `problems`. */
export function loadFixtures(root: string, problems: ProblemList): Fixtures | undefined {
  const files = listFiles(root, "fixtures");
  if (files.length === 0) return undefined;
  const used = new Set<string>();
  const folder: Folder = {
    files,
    problems,
    read: (file) => {
      used.add(file);
      return readSource(root, file);
    },
  };
  const geo = files.find((file) => /^fixtures\/geo-ip\.(csv|ya?ml|json)$/.test(file));
  const fixtures: Fixtures = {
    watchlists: tablesIn("fixtures/watchlists", () => ({}), folder),
    functions: tablesIn("fixtures/functions", lookupTypes, folder),
    externalData: readExternal(folder),
    places: readPlaces(folder),
    ...(geo === undefined
      ? {}
      : { geoIp: problems.collect(() => readGeo(folder.read(geo))) ?? [] }),
  };
  for (const file of files) {
    // A file in the wrong place would answer nothing, and nobody would see it.
    if (!used.has(file) && !file.endsWith(".md")) problems.list.push(unread(file));
  }
  return fixtures;
}

interface Folder {
  readonly files: readonly string[];
  readonly problems: ProblemList;
  readonly read: (file: string) => Source;
}

function unread(file: string): ReturnType<typeof fileProblem> {
  return fileProblem("KT0728", file, {
    message: "nothing reads this file",
    hint: "fixtures are `watchlists/<alias>.csv`, `functions/<name>.csv`, `geo-ip.csv`, `externaldata.yaml`, `tables.yaml` and the files that these two name",
  });
}

/** The tables in `folder`, each called as its file is. */
function tablesIn(
  folder: string,
  typesOf: (name: string) => KnownTypes,
  { files, problems, read }: Folder,
): Readonly<Record<string, FixtureTable>> {
  const tables = new Map<string, FixtureTable>();
  for (const file of files) {
    const ending = extname(file);
    if (!file.startsWith(`${folder}/`) || !/^\.(csv|ya?ml|json)$/.test(ending)) continue;
    const name = basename(file, ending);
    if (tables.has(name)) {
      problems.list.push(
        fileProblem("KT0722", file, {
          message: `\`${name}\` is in another file of \`${folder}/\` too`,
          hint: "delete or rename one of them",
        }),
      );
    }
    const table = problems.collect(() => readFixtureTable(read(file), typesOf(name)));
    if (table !== undefined) tables.set(name, table);
  }
  return Object.fromEntries(tables);
}

function readExternal(folder: Folder): readonly ExternalText[] {
  return readList<{ url: string }>("externaldata", folder).flatMap((listed) => {
    const source = named(listed, folder);
    return source === undefined
      ? []
      : [{ url: listed.entry.url, file: source.file, text: source.text }];
  });
}

function readPlaces(folder: Folder): Readonly<Record<string, FixtureTable>> {
  return Object.fromEntries(
    readList<{ table: string }>("tables", folder).flatMap((listed) => {
      const key = placeKey(listed.entry.table);
      const source = named(listed, folder);
      if (source === undefined) return [];
      const table = folder.problems.collect(() => readFixtureTable(source, placeTypes(key)));
      return table === undefined ? [] : [[key, table] as const];
    }),
  );
}

interface Listed<T> {
  readonly entry: T & { readonly file: string };
  readonly yaml: YamlFile;
  readonly index: number;
}

/** The entries of `fixtures/<name>.yaml`; none where there is no such file. */
function readList<T>(
  name: "externaldata" | "tables",
  { files, problems, read }: Folder,
): readonly Listed<T>[] {
  const file = files.find((one) => one === `fixtures/${name}.yaml`);
  if (file === undefined) return [];
  const schema = name === "tables" ? "places" : name;
  const listed = problems.collect(() => {
    const yaml = parseYaml(read(file), "KT0724");
    return validateYaml<readonly Listed<T>["entry"][]>(yaml, schema, "KT0724").map(
      (entry, index): Listed<T> => ({ entry, yaml, index }),
    );
  });
  return listed ?? [];
}

/** The file that an entry names, one of those below `fixtures/`. */
function named(
  { entry: { file: name }, yaml, index }: Listed<unknown>,
  { files, problems, read }: Folder,
): Source | undefined {
  const path = `fixtures/${name}`;
  if (files.includes(path)) return problems.collect(() => read(path));
  const guess = suggestion(
    name,
    files.map((file) => file.slice("fixtures/".length)),
  );
  problems.list.push({
    code: "KT0729",
    message: `there is no file \`${name}\` below \`fixtures/\``,
    source: yaml.source,
    span: yaml.span([index, "file"]),
    ...defined({ hint: guess }),
  });
  return undefined;
}

const geoTypes: KnownTypes = { latitude: "real", longitude: "real" };

function readGeo(source: Source): readonly GeoNetwork[] {
  const { columns, rows } = readFixtureTable(source, geoTypes);
  const unknown = columns.find(({ name }) => !geoColumns.includes(name));
  if (unknown !== undefined || columns.every(({ name }) => name !== "network")) {
    throw new InputError(
      fileProblem("KT0724", source.file, {
        message:
          unknown === undefined ? "no column `network`" : `unknown column \`${unknown.name}\``,
        hint: `the columns are ${geoColumns.map((name) => `\`${name}\``).join(", ")}`,
      }),
    );
  }
  return rows.map((row) => {
    const network = row as unknown as GeoNetwork;
    if (parseIpv6(network.network) !== undefined) return network;
    throw new InputError(
      fileProblem("KT0726", source.file, {
        message: `\`${network.network}\` is no network`,
        hint: "write it like `203.0.113.0/24`",
      }),
    );
  });
}

const geoColumns: readonly string[] = [
  "network",
  "country",
  "state",
  "city",
  "latitude",
  "longitude",
];
