import { InputError } from "../base/diagnostic.ts";
import type { EmbeddedText } from "../base/source.ts";
import { bindQuery, type Environment } from "../kql/bind.ts";
import { planQuery } from "../plan/plan.ts";
import type { Program } from "../plan/types.ts";
import type { Catalog } from "../schema/tables.ts";
import { untranslated } from "../sql/untranslated.ts";

/** The plan of a query. Throws an `InputError` for what is wrong with it and for what has no translation. */
export function compileQuery(
  text: EmbeddedText,
  catalog: Catalog,
  options: Omit<Environment, "catalog"> = {},
): Program {
  const bound = bindQuery(text, { catalog, ...options });
  const program = planQuery(bound, catalog);
  const missing = untranslated(program);
  if (missing.length > 0) {
    throw new InputError(
      missing.map(({ span, message }) =>
        bound.diagnose(span, {
          code: "KT0220",
          message,
          hint: "docs/functions.md lists the ones that have",
        }),
      ),
    );
  }
  return program;
}
