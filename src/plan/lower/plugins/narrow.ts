import { columnsOf } from "../../ir/columns.ts";
import { boundColumns, columnRef } from "../items.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import type { PluginCall } from "./plugin.ts";

const numberColumn = "$number";
const cellColumn = "$cell";

/** `evaluate narrow()`: a row for each cell of the input, as text, with its row's number and its column's name. */
export function planNarrow({ node, input, lowering }: PluginCall): Rel {
  const span = lowering.span(node);
  const text = (value: string): Expr => ({ kind: "literal", type: "string", value, span });
  const pairs = columnsOf(input).map((column): Expr => {
    const value: Expr = {
      kind: "call",
      name: "tostring",
      args: [columnRef(column, span)],
      type: "string",
      span,
    };
    const args = [text(column.name), value];
    return { kind: "call", name: "pack_array", args, type: "dynamic", span };
  });
  const numbered: Rel = {
    kind: "window",
    input,
    items: [{ name: numberColumn, window: "number", args: [], type: "long", partitionBy: [] }],
    orderBy: [],
    partitionBy: [],
    span,
  };
  const all: Expr = { kind: "call", name: "pack_array", args: pairs, type: "dynamic", span };
  const expanded: Rel = {
    kind: "expand",
    input: numbered,
    columns: [{ name: cellColumn, expr: all, type: "dynamic" }],
    bags: "array",
    span,
  };
  const part = (index: number): Expr => ({
    kind: "cast",
    operand: {
      kind: "member",
      object: columnRef({ name: cellColumn, type: "dynamic" }, span),
      key: { kind: "literal", type: "long", value: String(index), span },
      type: "dynamic",
      span,
    },
    type: "string",
    span,
  });
  const one: Expr = { kind: "literal", type: "long", value: "1", span };
  const number = columnRef({ name: numberColumn, type: "long" }, span);
  const row: Expr = { kind: "call", name: "-", args: [number, one], type: "long", span };
  const values = [row, part(0), part(1)];
  const items = boundColumns(node).flatMap(({ name }, index) => {
    const expr = values[index];
    return expr === undefined ? [] : [{ name, expr }];
  });
  return { kind: "project", input: expanded, items, span };
}
