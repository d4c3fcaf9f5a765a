/**
 * SQL macros that translations refer to, each with its parameters and its expression. The engine creates those that a
 * statement names, and the ones they name themselves.
 */
export interface Macro {
  readonly parameters: readonly string[];
  readonly sql: string;
}

export type MacroTable = Readonly<Record<string, Macro>>;
