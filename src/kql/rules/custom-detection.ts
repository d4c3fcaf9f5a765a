import { defined } from "../../base/defined.ts";
import { validateYaml } from "../../base/validate.ts";
import type { YamlFile, YamlPath } from "../../base/yaml.ts";
import type { Dialect } from "../../schema/tables.ts";
import type { RuleMetadata } from "./rule.ts";

/** The keys of a custom detection that kqltest reads; `schemas/detection-rule.schema.json` describes the same shape. */
interface CustomDetection {
  readonly id?: string | number | null;
  readonly displayName?: string;
  readonly name?: string;
  readonly ruleName?: string;
  readonly description?: string | null;
  readonly isEnabled?: boolean;
  readonly queryText?: string;
  readonly queryCondition?: { readonly queryText: string };
  readonly detectionAction?: { readonly alertTemplate?: AlertTemplate | null } | null;
  readonly alertTemplate?: AlertTemplate | null;
  readonly dialect?: Dialect;
  readonly confidence?: NonNullable<RuleMetadata["confidence"]>;
}

interface AlertTemplate {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly severity?: string | null;
  readonly category?: string | null;
  readonly mitreTechniques?: readonly string[] | null;
}

/** What a file of the format says of its rule. */
export interface DetectionFile {
  /** Where the query stands in the file. */
  readonly query: YamlPath;
  readonly dialect?: Dialect;
  readonly metadata: RuleMetadata;
}

/** True for the data of a custom detection: a Sentinel rule has its query under `query`. */
export function isCustomDetection(data: unknown): boolean {
  return (
    typeof data === "object" && data !== null && ("queryCondition" in data || "queryText" in data)
  );
}

/** The custom detection in `file`, as Microsoft Graph's `detectionRule` or with its query at the top. Throws an `InputError` (KT0401). */
export function readCustomDetection(file: YamlFile, name: string): DetectionFile {
  const data = validateYaml<CustomDetection>(file, "detection-rule", "KT0401");
  const { dialect } = data;
  return {
    query: data.queryCondition === undefined ? ["queryText"] : ["queryCondition", "queryText"],
    ...defined({ dialect }),
    metadata: metadataOf(data, name),
  };
}

const severities: Readonly<Record<string, NonNullable<RuleMetadata["severity"]>>> = {
  informational: "Informational",
  low: "Low",
  medium: "Medium",
  high: "High",
};

const states: Readonly<Record<string, string>> = { true: "enabled", false: "disabled" };

function titleOf(
  { displayName, ruleName, name }: CustomDetection,
  { title }: AlertTemplate,
): string | null | undefined {
  return displayName ?? ruleName ?? name ?? title;
}

function metadataOf(data: CustomDetection, name: string): RuleMetadata {
  const alert = data.detectionAction?.alertTemplate ?? data.alertTemplate ?? {};
  const given: { readonly [K in keyof RuleMetadata]: RuleMetadata[K] | null | undefined } = {
    title: titleOf(data, alert) ?? name,
    id: data.id?.toString(),
    description: alert.description ?? data.description,
    severity: severities[alert.severity ?? ""],
    status: states[String(data.isEnabled)],
    tactics: alert.category ? [alert.category] : null,
    relevantTechniques: alert.mitreTechniques,
    confidence: data.confidence,
  };
  const present = Object.entries(given).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(present) as RuleMetadata;
}
