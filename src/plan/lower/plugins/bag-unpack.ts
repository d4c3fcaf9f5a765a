import { kindOf, nameOf, present } from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import type { BagOptions, Expr, Item, Rel } from "../../ir/types.ts";
import { boundColumns, columnRef, keep } from "../items.ts";
import { argumentsOf, discoverLater, type PluginCall } from "./plugin.ts";

/** `evaluate bag_unpack(d)`: a column for each property of a bag, which itself is gone. */
export function planBagUnpack(plugin: PluginCall): Rel {
  const { node, call, input, lowering } = plugin;
  const [column] = argumentsOf(call).positional;
  const bag = present(column);
  if (kindOf(bag) !== "NameReference") {
    return lowering.refuse(bag, {
      code: "KT0259",
      message: "what `bag_unpack` unpacks must be a column",
    });
  }
  const name = nameOf(bag);
  const options = optionsOf(plugin);
  const columns = columnsOf(input);
  const span = lowering.span(node);
  if (node.Schema !== null) {
    const items = boundColumns(node).map((target): Item => ({
      name: target.name,
      expr: unpacked(target, { columns, bag: columnOf(columns, name), options, span }),
    }));
    return { kind: "project", input, items, span };
  }
  const others = columns.filter((each) => each.name !== name);
  const rel: Rel = { kind: "project", input, items: keep(others, span), span };
  const keys = keep([columnOf(columns, name)], span);
  const probe: Rel = { kind: "aggregate", input, keys, items: [], span };
  return discoverLater(plugin, {
    rel,
    probe,
    finds: { kind: "bag", input: columns, bag: name, options },
  });
}

function columnOf(columns: readonly Column[], name: string): Column {
  return columns.find((column) => column.name === name) ?? { name, type: "dynamic" };
}

function optionsOf({ call, lowering }: PluginCall): BagOptions {
  const { positional, named } = argumentsOf(call);
  const text = (name: string, at: number): string => {
    const arg = named.get(name) ?? positional[at];
    const value = arg === undefined ? undefined : lowering.scalar(arg);
    if (value === undefined) return "";
    if (value.kind === "literal") return String(value.value ?? "");
    return lowering.refuse(arg ?? call, {
      code: "KT0259",
      message: `\`${name}\` must be a constant`,
    });
  };
  const conflict = text("columnsConflict", 2);
  const ignored: unknown = JSON.parse(text("ignoredProperties", 3) || "[]");
  return {
    prefix: text("OutputColumnPrefix", 1),
    conflict: conflict === "keep_source" || conflict === "replace_source" ? conflict : "error",
    ignored: Array.isArray(ignored) ? ignored.map(String) : [],
  };
}

interface BagSite {
  readonly columns: readonly Column[];
  readonly bag: Column;
  readonly options: BagOptions;
  readonly span: Expr["span"];
}

/** A column of the result: one of the input's by that name, else a property. A property goes before only where it may replace the column. */
function unpacked(target: Column, { columns, bag, options, span }: BagSite): Expr {
  const source = columns.find(({ name }) => name === target.name && name !== bag.name);
  const property = propertyOf(target, { columns, bag, options, span });
  if (source === undefined) return property ?? columnRef(target, span);
  const own = as(columnRef(source, span), target.type);
  if (options.conflict !== "replace_source" || property === undefined) return own;
  const key: Expr = {
    kind: "literal",
    type: "string",
    value: target.name.slice(options.prefix.length),
    span,
  };
  const has: Expr = {
    kind: "call",
    name: "bag_has_key",
    args: [columnRef(bag, span), key],
    type: "bool",
    span,
  };
  return { kind: "call", name: "iff", args: [has, property, own], type: target.type, span };
}

function propertyOf(target: Column, { bag, options, span }: BagSite): Expr | undefined {
  const { prefix, ignored } = options;
  if (!target.name.startsWith(prefix)) return undefined;
  const name = target.name.slice(prefix.length);
  if (ignored.includes(name)) return undefined;
  const key: Expr = { kind: "literal", type: "string", value: name, span };
  const member: Expr = {
    kind: "member",
    object: columnRef(bag, span),
    key,
    type: "dynamic",
    span,
  };
  return as(member, target.type);
}

function as(operand: Expr, type: Column["type"]): Expr {
  return operand.type === type ? operand : { kind: "cast", operand, type, span: operand.span };
}
