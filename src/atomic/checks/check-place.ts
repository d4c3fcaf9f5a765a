import type { Diagnostic } from "../../base/diagnostic.ts";
import type { YamlFile } from "../../base/yaml.ts";

/** A technique lies in `<technique>/<technique>.yaml` (KT0803). `path` is where the file is; a folder that it does not name is not checked. */
export function checkPlace(yaml: YamlFile, technique: string, path: string): readonly Diagnostic[] {
  const [file = "", folder] = path.split(/[/\\]/).toReversed();
  const [, name = file, ending = ""] = /^(.*)\.([^.]*)$/.exec(file) ?? [];
  const { source } = yaml;
  if (ending !== "yaml") {
    return [
      {
        code: "KT0803",
        message: `the file ends in \`.${ending}\``,
        source,
        hint: `rename it to \`${name}.yaml\`: runners look for nothing else`,
      },
    ];
  }
  const wrong = [
    ...(name === technique ? [] : [`the file is \`${file}\``]),
    ...(folder === undefined || folder === "" || folder === technique
      ? []
      : [`its folder is \`${folder}\``]),
  ];
  if (wrong.length === 0) return [];
  return [
    {
      code: "KT0803",
      message: `the technique is \`${technique}\`, but ${wrong.join(" and ")}`,
      source,
      span: yaml.span(["attack_technique"]),
      hint: `a technique's tests are in \`${technique}/${technique}.yaml\``,
    },
  ];
}
