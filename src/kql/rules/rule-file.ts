import { defined } from "../../base/defined.ts";
import { InputError } from "../../base/diagnostic.ts";
import type { EmbeddedText, Source } from "../../base/source.ts";
import { validateYaml } from "../../base/validate.ts";
import { parseYaml, type YamlFile } from "../../base/yaml.ts";
import type { Dialect } from "../../schema/tables.ts";
import { isCustomDetection, readCustomDetection } from "./custom-detection.ts";
import { parseFrontMatter } from "./front-matter.ts";
import type { Rule, RuleMetadata, Trigger } from "./rule.ts";

/** The keys of a rule file that kqltest reads; `schemas/rule.schema.json` lists all that it accepts. */
interface RuleFile extends Omit<RuleMetadata, "title" | "version"> {
  readonly name: string;
  readonly version?: string | number;
  readonly query: string;
  readonly dialect?: Dialect;
  readonly requiredDataConnectors?: readonly { readonly connectorId: string }[] | null;
  readonly triggerOperator?: string;
  readonly triggerThreshold?: number;
}

/** The rule in `source`: a Sentinel analytic rule or a custom detection of Defender XDR in YAML or JSON, or a bare `.kql` text. Throws an `InputError` (KT0401, KT0402). */
export function readRule(source: Source, name: string): Rule {
  const isKql = source.file.endsWith(".kql");
  const file = isKql ? parseFrontMatter(source, name) : parseYaml(source, "KT0401");
  if (isCustomDetection(file.data)) return customDetection(file, name);
  const data = validateYaml<RuleFile>(file, "rule", "KT0401");
  const kql = file.embedded(["query"]);
  requireQuery(kql, file.span(["query"]));
  const trigger = triggerOf(data);
  return {
    name,
    file: source.file,
    kql,
    dialect: data.dialect ?? dialectOf(data, isKql ? "defender-xdr" : "sentinel"),
    metadata: metadataOf(data),
    ...defined({ trigger }),
  };
}

function customDetection(file: YamlFile, name: string): Rule {
  const { query, dialect, metadata } = readCustomDetection(file, name);
  const kql = file.embedded(query);
  requireQuery(kql, file.span(query));
  return {
    name,
    file: file.source.file,
    kql,
    dialect: dialect ?? dialectOf({ query: kql.text }, "defender-xdr"),
    metadata,
  };
}

function requireQuery(kql: EmbeddedText, span: { start: number; end: number }): void {
  if (withoutComments(kql.text).trim() !== "") return;
  throw new InputError({
    code: "KT0402",
    message: "the rule has no query",
    source: kql.source,
    span,
    hint: "a rule that asks nothing finds nothing: write its KQL or delete the file",
  });
}

/**
 * Where a rule runs that does not say so itself: by the time column that the query names, for only a Sentinel workspace has `TimeGenerated`; then its connectors; then what the format is used for.
 */
function dialectOf(
  data: Pick<RuleFile, "query" | "requiredDataConnectors">,
  otherwise: Dialect,
): Dialect {
  const words = new Set(withoutComments(data.query).match(/\w+/g));
  if (words.has("TimeGenerated")) return "sentinel";
  if (words.has("Timestamp")) return "defender-xdr";
  const connectors = data.requiredDataConnectors ?? [];
  const isDefender =
    connectors.length > 0 &&
    connectors.every(({ connectorId }) => connectorId === "MicrosoftThreatProtection");
  return isDefender ? "defender-xdr" : otherwise;
}

/** `kql` without its comments and string literals: what is left names tables, columns and functions. */
function withoutComments(kql: string): string {
  return kql.replaceAll(
    /@"[^"\n]*"|@'[^'\n]*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/.*/g,
    (match) => (match.startsWith("//") ? "" : '""'),
  );
}

const triggerOperators: Readonly<Record<string, Trigger["operator"]>> = {
  gt: "gt",
  lt: "lt",
  eq: "eq",
  ne: "ne",
  GreaterThan: "gt",
  LessThan: "lt",
  Equal: "eq",
  NotEqual: "ne",
};

function triggerOf(data: RuleFile): Trigger | undefined {
  if (data.triggerOperator === undefined && data.triggerThreshold === undefined) return undefined;
  return {
    operator: triggerOperators[data.triggerOperator ?? "gt"] ?? "gt",
    threshold: data.triggerThreshold ?? 0,
  };
}

const metadataKeys = [
  "id",
  "description",
  "severity",
  "status",
  "tactics",
  "relevantTechniques",
  "kind",
  "confidence",
  "dataSources",
  "requiredTables",
  "falsePositives",
  "metamorphic",
] as const satisfies readonly (keyof RuleMetadata & keyof RuleFile)[];

function metadataOf(data: RuleFile): RuleMetadata {
  // A key with nothing behind it, as many published rules have, says nothing.
  const given = metadataKeys
    .filter((key) => data[key] !== undefined && data[key] !== null)
    .map((key) => [key, data[key]] as const);
  return {
    title: data.name,
    ...(data.version === undefined ? {} : { version: String(data.version) }),
    ...Object.fromEntries(given),
  };
}
