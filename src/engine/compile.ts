import { InputError } from "../base/diagnostic.ts";
import type { EmbeddedText } from "../base/source.ts";
import { bindQuery, type BoundQuery, type Environment } from "../kql/bind.ts";
import { planQuery } from "../plan/plan.ts";
import type { Program } from "../plan/types.ts";
import type { Catalog } from "../schema/tables.ts";
import { RefusedCall } from "../sql/args.ts";
import { columnNames } from "../sql/names.ts";
import { programSql } from "../sql/program.ts";
import { untranslated } from "../sql/untranslated.ts";
import { nestedSync } from "./nesting.ts";

/** The plan of a query. Throws an `InputError` for what is wrong with it and for what has no translation. */
export function compileQuery(
  text: EmbeddedText,
  catalog: Catalog,
  options: Omit<Environment, "catalog"> = {},
): Program {
  return nestedSync(() => compileBound(text, catalog, options));
}

function compileBound(
  text: EmbeddedText,
  catalog: Catalog,
  options: Omit<Environment, "catalog">,
): Program {
  const bound = bindQuery(text, { catalog, ...options });
  const program = planQuery(bound, catalog);
  // The types of what it does not yet know are not known either: its data is asked first, and then it comes here again.
  if (program.discovery !== undefined) return program;
  const missing = untranslated(program);
  if (missing.length > 0) {
    throw new InputError(
      missing.map(({ span, ...problem }) => bound.diagnose(span, { code: "KT0220", ...problem })),
    );
  }
  requireSql(program, bound);
  return program;
}

const noColumns: ReadonlyMap<string, string> = new Map();

/** Some calls have no translation for the constants in them. The translation says so; here their place is known. */
function requireSql(program: Program, bound: BoundQuery): void {
  try {
    programSql(program, {
      now: 0n,
      ascii: true,
      names: columnNames(program),
      // As if every table had rows: an input of a union that has none is left out of the SQL.
      stored: () => noColumns,
    });
  } catch (error) {
    if (!(error instanceof RefusedCall)) throw error;
    const problem = { code: "KT0221", message: error.message };
    throw new InputError(bound.diagnose(error.span, problem), { cause: error });
  }
}
