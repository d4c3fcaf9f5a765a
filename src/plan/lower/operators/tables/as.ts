import { nameOf, present } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";

/** `as Name`: the rows as they are, under a name that the rest of the query may use. */
export function planAs(
  node: Kusto.Language.Syntax.AsOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const name = nameOf(present(node.Name));
  const rel = lowering.bind(name, input, { materialized: false });
  lowering.scope.names.set(name, { kind: "table", rel });
  return rel;
}
