import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "..");
const root = join(repository, "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);

/** A row of the table of layers in ARCHITECTURE.md. */
interface Layer {
  readonly folders: readonly string[];
  /** The packages that each of the folders alone imports, in the order of the folders. */
  readonly packages: readonly (readonly string[])[];
  /** Files and folders that use the global `process`. */
  readonly processUsers: readonly string[];
}

/** Lowest first. A folder imports itself and folders on earlier lines, never a sibling on its own line. */
const layers = readLayers(readFileSync(join(repository, "ARCHITECTURE.md"), "utf8"));

function readLayers(page: string): readonly Layer[] {
  const section = page.slice(page.indexOf("## Layers"), page.indexOf("### Folders inside"));
  const codes = (text: string): readonly string[] =>
    [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
  return section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
      const [folders = "", , packages = "", processUsers = ""] = line.split("|").slice(1, -1);
      return {
        folders: codes(folders),
        packages: packages.split(" · ").map(codes),
        processUsers: codes(processUsers),
      };
    });
}

/** Packages that one folder alone may import. */
const owners = new Map([
  ...layers.flatMap(({ folders, packages }) =>
    folders.flatMap((folder, index) =>
      (packages[index] ?? []).map((name): [string, string] => [name, folder]),
    ),
  ),
  ["vitest", "vitest.ts"],
]);

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: readonly Import[] = files.flatMap((file) => {
  const text = readFileSync(join(root, file), "utf8");
  const specifiers = [
    ...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g),
    ...text.matchAll(/require(?:\.resolve)?\("([^"]+)"\)/g),
    ...text.matchAll(/createRequire\(import\.meta\.url\)\("([^"]+)"\)/g),
  ];
  return specifiers.map(([, specifier = ""]) => ({
    from: file,
    to: specifier.startsWith(".")
      ? relative(root, resolve(root, dirname(file), specifier))
      : specifier,
  }));
});

const folderOf = (path: string): string => path.split("/")[0] ?? path;
const lineOf = (folder: string): number =>
  layers.findIndex(({ folders }) => folders.includes(folder));
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

test("the folders of `src` are those of the table", () => {
  const folders = new Set(files.filter((file) => file.includes("/")).map(folderOf));
  expect(folders).toEqual(new Set(layers.flatMap((layer) => layer.folders)));
});

test("no folder imports upwards or sideways", () => {
  const wrong = imports.filter(({ from, to }) => {
    if (!from.includes("/") || !to.endsWith(".ts")) return false;
    const [source, target] = [folderOf(from), folderOf(to)];
    return source !== target && lineOf(target) >= lineOf(source);
  });
  expect(wrong).toEqual([]);
});

test("no files import each other in a circle, not even for types", () => {
  expect(circles(imports.filter(({ to }) => files.includes(to)))).toEqual([]);
});

test("a circle is found, however long", () => {
  const edge = (from: string, to: string): Import => ({ from, to });
  const ring = [edge("a.ts", "b.ts"), edge("b.ts", "c.ts"), edge("c.ts", "b.ts")];
  expect(circles(ring)).toEqual([["b.ts", "c.ts"]]);
  expect(circles(ring.slice(0, 2))).toEqual([]);
});

/** The files that reach themselves, each circle's together. */
function circles(edges: readonly Import[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const reached = new Map([...next.keys()].map((file) => [file, reachable(file, next)]));
  const found = new Map<string, readonly string[]>();
  for (const [file, others] of reached) {
    if (!others.has(file)) continue;
    const ring = [...others].filter((other) => reached.get(other)?.has(file)).toSorted();
    found.set(ring.join(), ring);
  }
  return [...found.values()];
}

function reachable(
  file: string,
  next: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [...(next.get(file) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return seen;
}

test("no folder has more than 15 files side by side", () => {
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
  expect([...sizes].filter(([, size]) => size > 15)).toEqual([]);
});

test("each package is imported by its own folder alone, and by it at least", () => {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(repository, "package.json"), "utf8"),
  ) as Record<"dependencies" | "peerDependencies", Readonly<Record<string, string>>>;
  const known = { ...dependencies, ...peerDependencies };
  const used = imports
    .map(({ from, to }) => [packageOf(to), folderOf(from)] as const)
    .filter(([name]) => Object.hasOwn(known, name));
  expect(new Set(used.map(([name, folder]) => `${name} in ${folder}`))).toEqual(
    new Set([...owners].map(([name, folder]) => `${name} in ${folder}`)),
  );
  expect(new Set(owners.keys())).toEqual(new Set(Object.keys(known)));
});

test("the global `process` is used where the table says so", () => {
  // `pid` is not looked for: the processes of scenarios have one too.
  const use =
    /(?<![.\w"'`])process\.(env|std\w+|exit|exitCode|argv|on|once|off|cwd|kill|platform|memoryUsage|umask|get\w*id|exec\w+|arch|hrtime|send|emitWarning|versions?|abort|disconnect)\b/;
  const users = files.filter((file) => use.test(readFileSync(join(root, file), "utf8")));
  const named = layers.flatMap(({ processUsers }) => processUsers);
  const isIn = (file: string, name: string): boolean =>
    file === name || file.startsWith(`${name}/`);
  expect(users.filter((file) => !named.some((name) => isIn(file, name)))).toEqual([]);
  expect(named.filter((name) => !users.some((file) => isIn(file, name)))).toEqual([]);
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
  expect(layers.length).toBeGreaterThan(10);
});
