import type { MissingFixtures } from "./functions/missing-fixtures.ts";
import type { Diagnostic } from "../base/diagnostic.ts";
import type { EmbeddedText, Span } from "../base/source.ts";
import type { Fixtures } from "../schema/fixtures.ts";
import type { Catalog } from "../schema/tables.ts";
import type { SavedFunction } from "./functions/saved-function.ts";
import type { Insertion } from "./insertions.ts";

/** A query as Microsoft's parser and binder see it, with no errors in it. */
export interface BoundQuery {
  readonly text: EmbeddedText;
  readonly root: Kusto.Language.Syntax.QueryBlock;
  readonly environment: Environment;
  /** The diagnostic at `span` of the query's text. */
  diagnose(span: Span, problem: Problem): Diagnostic;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What a query may refer to. */
export interface Environment {
  readonly catalog: Catalog;
  /** Saved functions by name. */
  readonly functions?: ReadonlyMap<string, SavedFunction>;
  /** What answers for data that is in no table; only their names and columns count here. */
  readonly fixtures?: Fixtures;
  /** What answers for what is outside of all of them: nothing (`error`, the default), or no rows and nulls. */
  readonly missingFixtures?: MissingFixtures;
  /** What stands in the query though its author left it out, in the order in which it was put in. */
  readonly insertions?: readonly Insertion[];
}
