import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

/** Folders of `src`, lowest first. A folder imports itself and folders on earlier lines, never a sibling on its own line. */
const layers: readonly (readonly string[])[] = [
  ["base"],
  ["schema"],
  ["kql", "atomic"],
  ["plan"],
  ["sql", "scenario", "cover"],
  ["engine", "recording"],
  ["expect"],
  ["project"],
  ["run"],
  ["mutate", "lab"],
  ["report"],
  ["cli"],
];

/** Packages that one folder alone may import. */
const owners: Readonly<Record<string, string>> = {
  "@kusto/language-service-next": "kql",
  "@duckdb/node-api": "engine",
  "@faker-js/faker": "scenario",
  ajv: "base",
  "ajv-formats": "base",
  yaml: "base",
  "uap-core": "base",
  "h3-js": "sql",
  s2js: "sql",
  jiti: "project",
  execa: "lab",
  testcontainers: "lab",
  "@vscode/tree-sitter-wasm": "atomic",
  saxes: "recording",
  commander: "cli",
  vitest: "vitest.ts",
};

const root = resolve(import.meta.dirname, "../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [
    ...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g),
    ...text.matchAll(/require(?:\.resolve)?\("([^"]+)"\)/g),
  ];
  return specifiers.map(([, specifier = ""]) => ({
    from: file,
    to: specifier.startsWith(".")
      ? relative(root, resolve(root, dirname(file), specifier))
      : specifier,
  }));
});

const folderOf = (path: string): string => path.split("/")[0] ?? path;
const lineOf = (folder: string): number => layers.findIndex((line) => line.includes(folder));

test("every folder has its place among the layers", () => {
  const folders = new Set(files.filter((file) => file.includes("/")).map(folderOf));
  expect([...folders].filter((folder) => lineOf(folder) < 0)).toEqual([]);
});

test("no folder imports upwards or sideways", () => {
  const wrong = imports.filter(({ from, to }) => {
    if (!from.includes("/") || !to.endsWith(".ts")) return false;
    const [source, target] = [folderOf(from), folderOf(to)];
    return source !== target && lineOf(target) >= lineOf(source);
  });
  expect(wrong).toEqual([]);
});

test("each package is imported by its own folder alone", () => {
  const wrong = imports.filter(({ from, to }) => {
    const owner = Object.entries(owners).find(([name]) => to === name || to.startsWith(`${name}/`));
    return owner !== undefined && folderOf(from) !== owner[1];
  });
  expect(wrong).toEqual([]);
});

test("processes are started by the lab, by the supervisor, and by the one module that runs a project's modules", () => {
  const starters = imports
    .filter(({ to }) =>
      ["node:child_process", "child_process", "node:cluster", "execa"].includes(to),
    )
    .map(({ from }) => from)
    .filter((file) => folderOf(file) !== "lab");
  expect(starters.toSorted()).toEqual([
    join("cli", "supervisor.ts"),
    join("project", "modules", "module-process.ts"),
  ]);
});

test("the folders are read at all", () => {
  expect(imports.length).toBeGreaterThan(files.length);
});
