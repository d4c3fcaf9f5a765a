import {
  userAgentPatterns,
  type AgentPattern,
  type AgentPatterns,
} from "../../../base/user-agent-patterns.ts";
import type { UdfTable } from "../udf.ts";

export const userAgentUdfs: UdfTable = {
  kql_user_agent: { takes: ["text", "json"], gives: "json", call: parseUserAgent },
};

/** A property of the answer, the key of its replacement, and the group that it is without one. */
type Field = readonly [property: string, replacement: string, group: number];

interface Target {
  readonly name: string;
  readonly patterns: keyof AgentPatterns;
  readonly fields: readonly Field[];
}

const targets: Readonly<Record<string, Target>> = {
  browser: {
    name: "Browser",
    patterns: "user_agent_parsers",
    fields: [
      ["Family", "family_replacement", 1],
      ["MajorVersion", "v1_replacement", 2],
      ["MinorVersion", "v2_replacement", 3],
      ["Patch", "v3_replacement", 4],
    ],
  },
  os: {
    name: "OperatingSystem",
    patterns: "os_parsers",
    fields: [
      ["Family", "os_replacement", 1],
      ["MajorVersion", "os_v1_replacement", 2],
      ["MinorVersion", "os_v2_replacement", 3],
      ["Patch", "os_v3_replacement", 4],
      ["PatchMinor", "os_v4_replacement", 5],
    ],
  },
  device: {
    name: "Device",
    patterns: "device_parsers",
    fields: [
      ["Family", "device_replacement", 1],
      ["Brand", "brand_replacement", 0],
      ["Model", "model_replacement", 1],
    ],
  },
};

/** What was asked for of an agent: `browser`, `os`, `device`, in Kusto's order of them. */
function parseUserAgent(agent: string, wanted: unknown): unknown {
  const names = (Array.isArray(wanted) ? wanted : [wanted]).map((each) =>
    String(each).toLowerCase(),
  );
  const found = Object.entries(targets).filter(([name]) => names.includes(name));
  return Object.fromEntries(found.map(([, target]) => [target.name, partsOf(agent, target)]));
}

function partsOf(agent: string, { patterns, fields }: Target): Readonly<Record<string, string>> {
  for (const pattern of userAgentPatterns()[patterns]) {
    const match = regexOf(pattern).exec(agent);
    if (match === null) continue;
    return Object.fromEntries(
      fields.map(([property, replacement, group]) => {
        const template = pattern[replacement];
        const value =
          template === undefined ? (group > 0 ? match[group] : undefined) : filled(template, match);
        return [property, value ?? ""];
      }),
    );
  }
  return Object.fromEntries(fields.map(([name]) => [name, name === "Family" ? "Other" : ""]));
}

/** `$1` and so on are what the groups found. */
function filled(template: string, match: RegExpExecArray): string {
  return template.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "").trim();
}

const compiled = new WeakMap<AgentPattern, RegExp>();

function regexOf(pattern: AgentPattern): RegExp {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(pattern.regex, pattern["regex_flag"] ?? "");
    compiled.set(pattern, regex);
  }
  return regex;
}
