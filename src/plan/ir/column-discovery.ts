import type { Span } from "../../base/source.ts";
import type { Column, KqlType } from "../../schema/types.ts";
import type { Rel } from "./types.ts";

/**
 * A plugin that the query calls without saying which columns it gives: they depend on its data. What they are is found
 * out by running `probe`; written behind the call as its schema, they make a query that has no such question.
 */
export interface Discovery {
  /** Where in the bound text the schema is to be written. */
  readonly at: number;
  readonly span: Span;
  /** One column: the distinct bags, or the distinct texts that become columns. */
  readonly probe: Rel;
  /** Where the plugin is in a function that is called again: the same for each further call, whose columns must be the same. */
  readonly again: readonly Pick<Discovery, "probe" | "finds">[];
  readonly finds: BagColumns | PivotColumns;
  /** Names that the rest of the query takes for columns of the result; null where the data has none such. */
  readonly expected: readonly string[];
}

export interface BagColumns {
  readonly kind: "bag";
  /** The input's columns, the bag's own among them. */
  readonly input: readonly Column[];
  readonly bag: string;
  readonly options: BagOptions;
}

export interface BagOptions {
  readonly prefix: string;
  readonly conflict: "error" | "keep_source" | "replace_source";
  readonly ignored: readonly string[];
}

export interface PivotColumns {
  readonly kind: "pivot";
  readonly groups: readonly Column[];
  /** The type of every column that a value becomes. */
  readonly type: KqlType;
}
