import { nameOf, present, type Expression } from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { builderAt, type Builder } from "../build.ts";
import { columnsOf } from "../../ir/columns.ts";
import { nullOf } from "../tables/missing-fixtures.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

const [pattern, patterns, rows] = ["$pattern", "$patterns", "$rows"];
const results = ["SegmentId", "Count", "Percent"];

/** More columns are too many patterns to go through. */
const mostColumns = 16;

/** `evaluate basket(threshold, ~, dimensions, wildcards…)`: the sets of values that many rows have in common. */
export function planBasket(plugin: PluginCall): Rel {
  const { node, call, input, lowering } = plugin;
  const build = builderAt(lowering.span(node));
  const [threshold, weight, dimensions, ...wildcards] = argumentsOf(call).positional;
  if (weight !== undefined && !isDefault(weight, plugin)) {
    refuse(weight, plugin, {
      message: "`basket` has no translation for a column of weights",
      hint: "repeat the rows with `mv-expand`: whether the weight is a dimension too is not documented",
    });
  }
  const columns = dimensionsOf(plugin, numberOf(dimensions, plugin, 5));
  const least = numberOf(threshold, plugin, 0.05);
  if (least < 0.015 || least > 1) {
    refuse(present(threshold), plugin, {
      message: `invalid threshold \`${least}\``,
      hint: "use 0.015 to 1",
    });
  }
  const found = patternsIn(input, { columns, least, build });
  const any = wildcards.map((each) => lowering.scalar(each));
  const parts = (index: number): Expr => memberOf(build.column(found, pattern), index, found.span);
  const values = Object.fromEntries(
    columns.map((column, at) => {
      const wildcard = any.find(({ type }) => type === column.type) ?? nullOf(column.type, found.span); // oxfmt-ignore
      return [
        column.name,
        valueOf(memberOf(parts(3), at, found.span), column, { wildcard, build }),
      ];
    }),
  );
  const segment = cast(parts(0), "long");
  const listed = build.project(found, {
    SegmentId: segment,
    Count: cast(parts(1), "long"),
    Percent: cast(parts(2), "real"),
    ...values,
  });
  const expr = build.column(listed, "SegmentId");
  const keys = [{ expr, descending: false, nullsFirst: true }];
  return { kind: "sort", input: listed, keys, span: found.span };
}

/** A row for each pattern, which is an array: number, count, percentage and, for each column, its value in an array of one, or null. */
function patternsIn(
  input: Rel,
  { columns, least, build }: { columns: readonly Column[]; least: number; build: Builder },
): Rel {
  const refs = Object.fromEntries(columns.map(({ name }) => [name, build.column(input, name)]));
  const grouped = build.group(input, refs, { [rows]: build.aggregate("count", "long") });
  const cells = [rows, ...columns.map(({ name }) => name)].map((name) => build.column(grouped, name)); // oxfmt-ignore
  // Lists of arrays are put together to one: each row is an array in an array.
  const row = build.call("pack_array", "dynamic", build.call("pack_array", "dynamic", ...cells));
  const listed = build.group(grouped, {}, { [rows]: build.aggregate("make_list_with_nulls", "dynamic", row) }); // oxfmt-ignore
  const threshold: Expr = { kind: "literal", type: "real", value: least, span: input.span };
  const all = build.call("$basket", "dynamic", build.column(listed, rows), threshold);
  const mined = build.project(listed, { [patterns]: all });
  const spread = build.expand(
    mined,
    { name: pattern, expr: build.column(mined, patterns) },
    "dynamic",
  );
  // No rows have no pattern, and `mv-expand` keeps a row for nothing.
  return build.filter(spread, build.call("isnotnull", "bool", build.column(spread, pattern)));
}

function valueOf(
  cell: Expr,
  { type }: Column,
  { wildcard, build }: { wildcard: Expr; build: Builder },
): Expr {
  const isAny = build.call("isnull", "bool", cell);
  return build.call("iff", type, isAny, wildcard, cast(memberOf(cell, 0, cell.span), type));
}

function memberOf(object: Expr, index: number, span: Expr["span"]): Expr {
  const key: Expr = { kind: "literal", type: "long", value: String(index), span };
  return { kind: "member", object, key, type: "dynamic", span };
}

function cast(operand: Expr, type: Expr["type"]): Expr {
  return { kind: "cast", operand, type, span: operand.span };
}

/** The columns that patterns are made of. More of them than dimensions would ask which of them depend on each other. */
function dimensionsOf(plugin: PluginCall, most: number): readonly Column[] {
  const { call, input } = plugin;
  const columns = columnsOf(input);
  if (columns.length > Math.min(most, mostColumns)) {
    refuse(call, plugin, {
      message: `\`basket\` has no translation for ${columns.length} columns and ${most} dimensions`,
      hint:
        most < mostColumns
          ? `\`project\` the columns that matter, or allow a dimension for each: \`basket('~', '~', ${columns.length})\``
          : `\`project\` the columns that matter, ${mostColumns} at the most`,
    });
  }
  const other = columns.find(({ name, type }) => type === "dynamic" || results.includes(name));
  if (other !== undefined) {
    refuse(call, plugin, {
      message: `\`basket\` has no translation for the column \`${other.name}\``,
      hint:
        other.type === "dynamic"
          ? "convert it with `tostring()` or the like"
          : "rename it: the answer has a column of this name",
    });
  }
  return columns;
}

function isDefault(node: Expression, { lowering }: PluginCall): boolean {
  // A column of the input has a name, and no value before there is a row.
  if ((node as { SimpleName?: string | null }).SimpleName) return false;
  const value = lowering.scalar(node);
  return value.kind === "literal" && value.value === "~";
}

function numberOf(node: Expression | undefined, plugin: PluginCall, otherwise: number): number {
  if (node === undefined || isDefault(node, plugin)) return otherwise;
  const value = plugin.lowering.scalar(node);
  if (value.kind === "literal" && value.value !== null && Number.isFinite(Number(value.value))) {
    return Number(value.value);
  }
  return refuse(node, plugin, {
    message: `an argument of \`${nameOf(present(plugin.call.Name))}\` is no number that is written`,
    hint: "write the number, or `'~'` for the default",
  });
}

function refuse(
  node: Expression,
  { lowering }: PluginCall,
  problem: { message: string; hint: string },
): never {
  return lowering.refuse(node, { code: "KT0257", ...problem });
}
