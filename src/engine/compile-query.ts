import { InputError } from "../base/diagnostic.ts";
import type { EmbeddedText } from "../base/source.ts";
import { bindQuery } from "../kql/bind.ts";
import type { Environment } from "../kql/bound-query.ts";
import { planQuery } from "../plan/plan.ts";
import type { Program } from "../plan/ir/types.ts";
import type { Catalog } from "../schema/tables.ts";
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
    throw new InputError(missing.map(({ span, ...problem }) => bound.diagnose(span, problem)));
  }
  return program;
}
