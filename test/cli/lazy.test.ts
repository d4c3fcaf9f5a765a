import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../../src");

/** Modules and packages that loading `entry` loads: static imports that leave something in the JavaScript. */
function loadedBy(entry: string): {
  readonly files: readonly string[];
  readonly packages: readonly string[];
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    const text = readFileSync(path, "utf8");
    for (const [, specifier = ""] of text.matchAll(
      /^(?:import|export)\s+(?!type\b)(?:[^;]*?\bfrom\s+)?"([^"]+)"/gm,
    )) {
      if (specifier.startsWith(".")) visit(resolve(dirname(path), specifier));
      else packages.add(specifier);
    }
  };
  visit(resolve(src, entry));
  return { files: [...files].map((file) => relative(src, file)), packages: [...packages] };
}

test("`--help` and `--version` load neither the parser, the engine nor YAML", () => {
  const { files, packages } = loadedBy("cli/bin.ts");
  expect(packages.filter((name) => !name.startsWith("node:"))).toEqual(["commander"]);
  expect(files.filter((file) => /^(kql|plan|sql|engine|scenario)\//.test(file))).toEqual([]);
});

test("the imports are found at all", () => {
  expect(loadedBy("project/project.ts").packages).toContain("yaml");
  expect(loadedBy("cli/bin.ts").files).toContain("report/text-reporter.ts");
});
