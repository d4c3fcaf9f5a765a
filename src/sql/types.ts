import type { Span } from "../base/source.ts";
import type { Expr, Rel } from "../plan/ir/types.ts";
import type { KqlType } from "../schema/types.ts";

/**
 * How each KQL type is held in DuckDB. Times are ticks of 100 ns (datetimes since 0001-01-01), as in Kusto: DuckDB's own
 * types have neither that precision nor that range. `dynamic` is minified JSON text, its null SQL's NULL.
 */
export const sqlTypes: Readonly<Record<KqlType, string>> = {
  bool: "BOOLEAN",
  int: "INTEGER",
  long: "BIGINT",
  real: "DOUBLE",
  decimal: "DECIMAL(38,18)",
  datetime: "BIGINT",
  timespan: "BIGINT",
  guid: "VARCHAR",
  string: "VARCHAR",
  dynamic: "VARCHAR",
};

/** What SQL generation has to know beside the plan. */
export interface SqlSetting {
  /** The instant of the run in ticks. */
  readonly now: bigint;
  /** True where no string in the tables or the query has a character beyond ASCII: patterns for terms are cheaper then. */
  readonly ascii: boolean;
  /** SQL names of columns: DuckDB ignores the case of names, KQL does not. */
  readonly names: ReadonlyMap<string, string>;
  /** The columns a table has in the database, each with its name there; the others of its schema are null. Undefined where the table has no rows. */
  stored(table: string): ReadonlyMap<string, string> | undefined;
}

/** A setting, and how a relation inside of an expression is written: the two kinds of SQL contain each other. */
export interface SqlContext extends SqlSetting {
  relSql(rel: Rel, context: SqlContext): string;
}

/** A translated argument. */
export interface SqlArg {
  readonly sql: string;
  readonly type: KqlType;
  readonly expr: Expr;
}

/** A call to be translated. */
export interface SqlCall {
  readonly name: string;
  readonly args: readonly SqlArg[];
  readonly type: KqlType;
  readonly context: SqlContext;
  /** Where it stands in the query's text. */
  readonly span: Span;
}

/** A constant of KQL and the value a Kusto cluster gives for it, as its REST interface writes it. */
export type Example = readonly [kql: string, value: unknown];

/** How one scalar function or operator becomes DuckDB SQL. The binder has checked the arguments' number and types. */
export interface ScalarFunction {
  /** DuckDB expression: `$1`, `$2` are the translated arguments, `$*` all of them, comma-separated. Or a function where the types matter. */
  readonly sql: string | ((call: SqlCall) => string);
  /** Shorter SQL where null and false are the same, as in the condition of a filter. */
  readonly predicate?: (call: SqlCall) => string;
  /** The test suite runs every one, and the documentation shows them. */
  readonly examples: readonly [Example, ...Example[]];
  /** Why a call that has a translation in general has none with these arguments; undefined where it has. */
  readonly refuse?: (args: readonly Expr[]) => string | undefined;
  /** What cannot be made alike. Shown in the documentation. */
  readonly differs?: string;
}

/** How one aggregate function becomes DuckDB SQL, as `ScalarFunction`. */
export type AggregateFunction = ScalarFunction;

export type FunctionTable<F> = Readonly<Record<string, F>>;
