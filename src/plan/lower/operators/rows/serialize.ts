import { elementsOf } from "../../../../kql/syntax.ts";
import type { Lowering } from "../../lowering.ts";
import type { Rel } from "../../../ir/types.ts";
import { extendItems } from "../columns/extend.ts";

/** `serialize` fixes the order that the rows have, and may add columns as `extend` does. */
export function planSerialize(
  node: Kusto.Language.Syntax.SerializeOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const serialized: Rel = { kind: "sort", input, keys: [], span: lowering.span(node) };
  const expressions = elementsOf(node.Expressions);
  if (expressions.length === 0) return serialized;
  return extendItems(node, expressions, { input: serialized, lowering });
}
