import type { KqlType } from "../../../../schema/types.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { boundColumns } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Expr, Rel } from "../../../ir/types.ts";

/** The .NET type by which `getschema` calls each type. */
const dataTypes: Readonly<Record<KqlType, string>> = {
  bool: "System.SByte",
  int: "System.Int32",
  long: "System.Int64",
  real: "System.Double",
  decimal: "System.Data.SqlTypes.SqlDecimal",
  datetime: "System.DateTime",
  timespan: "System.TimeSpan",
  guid: "System.Guid",
  string: "System.String",
  dynamic: "System.Object",
};

/** `getschema`: a row for each column of the input. */
export function planGetSchema(
  node: Kusto.Language.Syntax.GetSchemaOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const text = (value: string): Expr => ({ kind: "literal", type: "string", value, span });
  const rows = columnsOf(input).map(({ name, type }, index): readonly Expr[] => [
    text(name),
    { kind: "literal", type: "long", value: String(index), span },
    text(dataTypes[type]),
    text(type),
  ]);
  return { kind: "values", columns: boundColumns(node), rows, span };
}
