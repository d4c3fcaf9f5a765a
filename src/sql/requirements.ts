import { macros } from "./macros/index.ts";
import { udfs } from "./udfs/index.ts";

/** A macro or a function in JavaScript that a statement needs in the database. */
export type Requirement = { readonly kind: "macro" | "udf"; readonly name: string };

/** Everything that `sql` needs, what a macro needs itself before it. */
export function requirementsOf(sql: string): readonly Requirement[] {
  const found = new Map<string, Requirement>();
  const visit = (text: string): void => {
    // A text literal that reads like such a name costs a needless definition, nothing more.
    for (const [name] of text.matchAll(/\bkql_[a-z0-9_]+/g)) {
      if (found.has(name)) continue;
      const macro = macros[name];
      if (macro !== undefined) {
        visit(macro.sql);
        found.set(name, { kind: "macro", name });
      } else if (name in udfs) {
        found.set(name, { kind: "udf", name });
      }
    }
  };
  visit(sql);
  return [...found.values()];
}

/** The statement that creates the macro `name`. */
export function macroSql(name: string): string {
  const macro = macros[name];
  if (macro === undefined) throw new Error(`no macro ${name}`);
  return `CREATE OR REPLACE TEMP MACRO ${name}(${macro.parameters.join(", ")}) AS (${macro.sql})`;
}
