import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";

/** A pattern of uap-core and what it puts in place of the groups that it found. */
export type AgentPattern = Readonly<Record<string, string>> & { readonly regex: string };

/** The patterns of uap-core, in the order in which they are tried. */
export interface AgentPatterns {
  readonly user_agent_parsers: readonly AgentPattern[];
  readonly os_parsers: readonly AgentPattern[];
  readonly device_parsers: readonly AgentPattern[];
}

let loaded: AgentPatterns | undefined;

/** The patterns of uap-core, read once and only when they are asked for: they take half a second. */
export function userAgentPatterns(): AgentPatterns {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url);
    const text = readFileSync(require.resolve("uap-core/regexes.yaml"), "utf8");
    loaded = parse(text) as AgentPatterns;
  }
  return loaded;
}
