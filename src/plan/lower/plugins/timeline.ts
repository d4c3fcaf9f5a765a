import { nameOf, present, type Expression } from "../../../kql/syntax.ts";
import { builderAt, type Builder, type Items } from "../build.ts";
import { columnsOf } from "../../ir/columns.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

/** The columns that plugins of a timeline make, beside those of the dimensions. */
export const own = { id: "$id", bin: "$bin" } as const;

/** The arguments of a plugin that looks at what happens to ids, or to values, in bins of a timeline. */
export interface Timeline {
  readonly build: Builder;
  /** A bin's column as it is called in the answer. */
  readonly name: string;
  /** The rows, with what is counted in `$id`, the bin of their time in `$bin`, and the dimensions. */
  readonly rows: Rel;
  readonly dimensions: readonly string[];
  /** How wide a bin is. */
  readonly size: Expr;
}

/** Where the arguments of a plugin stand: dimensions are those behind the last. */
interface Places {
  readonly id: number;
  readonly time: number;
  readonly size: number;
  readonly dimensions: number;
  /** Where bins begin and end, if it is told. */
  readonly from?: number;
  readonly to?: number;
  /** Which rows count, of all that are not behind the end. */
  readonly counts?: (time: Expr, from: Expr) => Expr;
}

/** Reads the arguments of `plugin`. */
export function timelineOf(plugin: PluginCall, places: Places): Timeline {
  const { node, call, input, lowering } = plugin;
  const { positional } = argumentsOf(call);
  const build = builderAt(lowering.span(node));
  const row = lowering.over(input);
  const scalar = (at: number): Expr => row.scalar(present(positional[at]));
  const [id, time, size] = [scalar(places.id), scalar(places.time), scalar(places.size)];
  const names = positional.slice(places.dimensions).map((each) => dimension(each, plugin));
  const kept = Object.fromEntries(names.map((name) => [name, build.column(input, name)]));
  const from = places.from === undefined ? undefined : scalar(places.from);
  const bin =
    from === undefined
      ? build.call("bin", time.type, time, size)
      : build.call("bin_at", time.type, time, size, from);
  const counted = withinTimeline(plugin, places, { build, time, scalar, from });
  const rows = build.project(counted, { [own.id]: id, [own.bin]: bin, ...kept });
  const timeName = nameOf(present(positional[places.time]));
  return { build, name: timeName, rows, dimensions: names, size };
}

function withinTimeline(
  { input }: PluginCall,
  { to, counts }: Places,
  parts: { build: Builder; time: Expr; scalar: (at: number) => Expr; from: Expr | undefined },
): Rel {
  const { build, time, scalar, from } = parts;
  if (to === undefined || from === undefined) return input;
  const ends = build.filter(input, build.call("<=", "bool", time, scalar(to)));
  return counts === undefined ? ends : build.filter(ends, counts(time, from));
}

function dimension(node: Expression, { input, lowering }: PluginCall): string {
  const name = (node as { SimpleName?: string | null }).SimpleName ?? "";
  if (columnsOf(input).some((column) => column.name === name)) return name;
  return lowering.refuse(node, {
    code: "KT0265",
    message: "what a plugin counts by must be columns",
    hint: "make it one with `extend`",
  });
}

/** References to `names` of `rel`. */
export function references(build: Builder, rel: Rel, names: readonly string[]): Items {
  return Object.fromEntries(names.map((name) => [name, build.column(rel, name)]));
}
