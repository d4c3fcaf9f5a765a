import type { YamlFile, YamlPath } from "../../base/yaml.ts";
import { createProblems } from "../model/problems.ts";
import { dataOf, headerKeys } from "./header.ts";
import type { Part } from "./part.ts";
import { createScope, type Variables } from "./scope.ts";
import { substitute } from "./substitute.ts";

type Data = Readonly<Record<string, unknown>>;

/** What one file adds to a scenario: its data with the variables filled in. */
interface Layer {
  readonly yaml: YamlFile;
  readonly data: Data;
}

/** `file` with the values of one case, and with the actors and steps of what it includes before its own. Throws an `InputError` for variables that do not exist. */
export function mergedFile(file: Part, values: Variables): YamlFile {
  const layers = layersOf(file, values);
  const own = layers.at(-1);
  if (own === undefined) throw new Error("no layer");
  if (layers.length === 1) return { ...file.yaml, data: own.data };
  checkActors(layers, file.yaml);
  const { timeline, ...rest } = own.data;
  const steps = layers.flatMap(({ data }) => stepsOf(data) ?? []);
  // What is no list stays as it is, for the schema to tell.
  const isList = timeline === undefined || Array.isArray(timeline);
  const data = {
    ...rest,
    ...mergedActors(layers, "devices"),
    ...mergedActors(layers, "users"),
    timeline: isList ? steps : timeline,
  };
  return { ...placedIn(layers), source: file.yaml.source, data };
}

function layersOf(file: Part, values: Variables): readonly Layer[] {
  const { yaml, header, parts } = file;
  const problems = createProblems(yaml);
  const scope = createScope(header.variables ?? {}, values, problems);
  const below = parts.flatMap(({ part, values: given, path }) => {
    const filled = substitute(given, scope, [...path, "with"]) as Record<string, never>;
    return layersOf(part, new Map(Object.entries(filled)));
  });
  const body = Object.fromEntries(
    Object.entries(dataOf(yaml)).filter(([key]) => !headerKeys.some((one) => one === key)),
  );
  // What is no map stays as it is, for the schema to tell.
  const isMap = typeof yaml.data === "object" && !Array.isArray(yaml.data);
  const data = isMap ? substitute(body, scope) : yaml.data;
  // A variable that nothing uses may still be wrong.
  for (const name of Object.keys(header.variables ?? {})) scope(name, ["variables", name]);
  problems.check();
  return [...below, { yaml, data: data as Data }];
}

function stepsOf(data: Data): readonly unknown[] | undefined {
  const steps = data["timeline"];
  return Array.isArray(steps) ? steps : undefined;
}

function actorsIn(data: Data, key: "devices" | "users"): Data {
  const actors = data[key];
  return typeof actors === "object" && actors !== null ? (actors as Data) : {};
}

function mergedActors(layers: readonly Layer[], key: "devices" | "users"): Data {
  const actors = Object.assign({}, ...layers.map(({ data }) => actorsIn(data, key))) as Data;
  return Object.keys(actors).length === 0 ? {} : { [key]: actors };
}

function checkActors(layers: readonly Layer[], own: YamlFile): void {
  const problems = createProblems(own);
  for (const key of ["devices", "users"] as const) {
    const owners = new Map<string, YamlFile>();
    for (const { yaml, data } of layers) {
      for (const alias of Object.keys(actorsIn(data, key))) {
        const first = owners.get(alias);
        if (first !== undefined && first !== yaml) {
          problems.at([key, alias], "KT0544", {
            message: `\`${alias}\` is declared in \`${first.source.file}\` and in \`${yaml.source.file}\``,
            hint: "delete or rename one of them",
          });
        }
        owners.set(alias, yaml);
      }
    }
  }
  problems.check();
}

/** The way from a path in the merged data to the file and path it came from. */
function placedIn(
  layers: readonly Layer[],
): Pick<YamlFile, "span" | "keySpan" | "embedded"> & Required<Pick<YamlFile, "sourceAt">> {
  const own = layers.at(-1);
  const origin = (path: YamlPath): readonly [YamlFile, YamlPath] => {
    const [top, name] = path;
    if (top === "timeline" && typeof name === "number") {
      let first = 0;
      for (const { yaml, data } of layers) {
        const count = stepsOf(data)?.length ?? 0;
        if (name < first + count) return [yaml, [top, name - first, ...path.slice(2)]];
        first += count;
      }
    }
    const owner =
      (top === "devices" || top === "users") && typeof name === "string"
        ? layers.findLast(({ data }) => Object.hasOwn(actorsIn(data, top), name))
        : own;
    const { yaml } = owner ?? own ?? {};
    if (yaml === undefined) throw new Error("no layer");
    return [yaml, path];
  };
  return {
    sourceAt: (path) => origin(path)[0].source,
    span: (path) => {
      const [yaml, there] = origin(path);
      return yaml.span(there);
    },
    keySpan: (path) => {
      const [yaml, there] = origin(path);
      return yaml.keySpan(there);
    },
    embedded: (path) => {
      const [yaml, there] = origin(path);
      return yaml.embedded(there);
    },
  };
}
