import { plainText, type Source, type Span } from "../../base/source.ts";
import type { YamlFile } from "../../base/yaml.ts";

/** Keys of a `.kql` file's first comment lines, and whether the value is a comma-separated list. */
const keys: Readonly<Record<string, { readonly to: string; readonly list: boolean }>> = {
  title: { to: "name", list: false },
  id: { to: "id", list: false },
  description: { to: "description", list: false },
  dialect: { to: "dialect", list: false },
  severity: { to: "severity", list: false },
  confidence: { to: "confidence", list: false },
  status: { to: "status", list: false },
  version: { to: "version", list: false },
  tactics: { to: "tactics", list: true },
  techniques: { to: "relevantTechniques", list: true },
  tables: { to: "requiredTables", list: true },
};

const lists = Object.fromEntries(Object.entries(keys).map(([key, { list }]) => [key, list]));

/** What a comment line says: its key, its value, and where they stand. */
export interface Entry {
  readonly key: Span;
  readonly value: Span;
  readonly data: string | readonly string[];
}

/**
 * A bare `.kql` text as the data of a rule file. Comment lines `// key: value` before the first line of
 * the query say what a YAML file would (`// title: …`, `// dialect: sentinel`, `// techniques: T1102, T1071`);
 * keys are in lower case, and a line with any other key is a comment. The whole text is the query.
 */
export function parseFrontMatter(source: Source, name: string): YamlFile {
  const entries = new Map(
    Array.from(frontMatter(source.text, lists), ([key, entry]) => [keys[key]?.to ?? key, entry]),
  );
  const whole: Span = { start: 0, end: source.text.length };
  const entryAt = (path: readonly (string | number)[]): Entry | undefined =>
    entries.get(String(path[0] ?? ""));
  return {
    source,
    data: {
      name,
      ...Object.fromEntries([...entries].map(([key, entry]) => [key, entry.data])),
      query: source.text,
    },
    span: (path) => entryAt(path)?.value ?? whole,
    keySpan: (path) => entryAt(path)?.key ?? whole,
    embedded: () => plainText(source.file, source.text),
  };
}

/** The comment lines `// key: value` in front of a text, by key. `keys` says which count, and whose values are lists. */
export function* frontMatter(
  text: string,
  keys: Readonly<Record<string, boolean>>,
): Generator<readonly [key: string, entry: Entry]> {
  let start = 0;
  for (const line of text.split("\n")) {
    if (!/^\s*(\/\/|$)/.test(line)) return;
    const match = /^(\s*\/\/\s*)([a-z]+)(\s*:\s*)(.*\S)/.exec(line);
    if (match !== null && Object.hasOwn(keys, match[2] ?? "")) {
      const [, before = "", word = "", colon = "", value = ""] = match;
      const keyStart = start + before.length;
      const valueStart = keyStart + word.length + colon.length;
      yield [
        word,
        {
          key: { start: keyStart, end: keyStart + word.length },
          value: { start: valueStart, end: valueStart + value.length },
          data: keys[word] === true ? value.split(",").map((item) => item.trim()) : value,
        },
      ];
    }
    start += line.length + 1;
  }
}
