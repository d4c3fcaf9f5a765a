import { nameOf, present, type Expression } from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import { columnRef } from "../items.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { planLookup, rightColumn } from "./lookup-plugin.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

/** What stands behind the four columns, by place or by name. */
const options = ["radius", "return_unmatched", "lookup_area_radius", "return_lookup_key"] as const;

/** `evaluate geo_polygon_lookup(T, polygon, longitude, latitude, …)`: each row with the rows of `T` whose polygon has its place. */
export function planPolygonLookup(plugin: PluginCall): Rel {
  return planGeoLookup(plugin, "polygon");
}

/** `evaluate geo_line_lookup(T, line, longitude, latitude, radius, …)`: each row with the rows of `T` whose line is near its place. */
export function planLineLookup(plugin: PluginCall): Rel {
  return planGeoLookup(plugin, "line");
}

function planGeoLookup(plugin: PluginCall, shape: "polygon" | "line"): Rel {
  const { node, call, input, lowering } = plugin;
  const { positional, named } = argumentsOf(call);
  const [table, key, longitude, latitude, ...rest] = positional;
  const span = lowering.span(node);
  const option = (name: (typeof options)[number]): Expr | undefined => {
    const found = named.get(name) ?? rest[options.indexOf(name)];
    return found === undefined ? undefined : lowering.scalar(found);
  };
  const radius = option("radius");
  if (radius === undefined && shape === "line") {
    return lowering.refuse(node, { code: "KT0257", message: "`geo_line_lookup` without a radius" });
  }
  const right = lowering.rel(present(table));
  const lookupKey = columnOf(right, present(key));
  const args = [
    columnRef(columnOf(input, present(longitude)), span),
    columnRef(columnOf(input, present(latitude)), span),
    rightColumn(lookupKey, span),
  ];
  const inside: Expr = { kind: "call", name: "geo_point_in_polygon", args, type: "bool", span };
  return planLookup(plugin, {
    right,
    keys: [],
    left: isTrue(option("return_lookup_key")) ? [] : [lookupKey.name],
    keepsUnmatched: isTrue(option("return_unmatched")),
    tableFirst: false,
    where: radius === undefined ? inside : within(radius, shape, args),
  });
}

function columnOf(rel: Rel, node: Expression): Column {
  const name = nameOf(node);
  const column = columnsOf(rel).find((each) => each.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

/** Whether a place is no farther from a shape than `radius` metres. */
function within(radius: Expr, shape: "polygon" | "line", args: readonly Expr[]): Expr {
  const { span } = radius;
  const name = `geo_distance_point_to_${shape}`;
  const distance: Expr = { kind: "call", name, args, type: "real", span };
  return { kind: "call", name: "<=", args: [distance, radius], type: "bool", span };
}

function isTrue(expr: Expr | undefined): boolean {
  return expr?.kind === "literal" && expr.value === true;
}
