import type { EmbeddedText } from "../../base/source.ts";
import type { Dialect } from "../../schema/tables.ts";

/** A detection: KQL text and what is said about it. Plain data. */
export interface Rule {
  /** The name of the rule's folder or file: what filters, expectations and reports call it. */
  readonly name: string;
  /** Path of the rule file relative to the project, with `/`. */
  readonly file: string;
  /** The KQL, to the letter, and where it stands in the file. */
  readonly kql: EmbeddedText;
  readonly dialect: Dialect;
  readonly metadata: RuleMetadata;
  /** How many rows make an alert, where the file says so; absent: any row does. */
  readonly trigger?: Trigger;
  /** Absolute path of `reference.ts` beside the rule, where there is one. */
  readonly reference?: string;
}

/** A scheduled rule raises an alert where `rows operator threshold` holds: `gt` 0 is any row. */
export interface Trigger {
  readonly operator: "gt" | "lt" | "eq" | "ne";
  readonly threshold: number;
}

/** The fields of the Sentinel analytic-rule format, as far as the file gives them, and those of ours. */
export interface RuleMetadata {
  readonly id?: string;
  /** The title people read; `Rule.name` is the file's. */
  readonly title?: string;
  readonly description?: string;
  readonly severity?: "Informational" | "Low" | "Medium" | "High";
  readonly status?: string;
  readonly tactics?: readonly string[];
  readonly relevantTechniques?: readonly string[];
  readonly version?: string;
  readonly kind?: string;
  /** How sure the author is that a hit is an attack. */
  readonly confidence?: "Low" | "Medium" | "High";
  readonly dataSources?: readonly string[];
  readonly requiredTables?: readonly string[];
  readonly falsePositives?: readonly string[];
  /** Why a verdict may change where events are told in other words, by the name of the transformation. */
  readonly metamorphic?: Readonly<Record<string, string>>;
}
