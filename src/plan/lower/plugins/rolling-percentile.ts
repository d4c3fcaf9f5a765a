import { present } from "../../../kql/syntax.ts";
import { boundColumns } from "../items.ts";
import type { Rel } from "../../ir/types.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";
import { own, references, timelineOf } from "./timeline.ts";

const [seen, low, high, bins] = ["$seen", "$low", "$high", "$bins"];

/** `evaluate rolling_percentile(value, rank, index, bin, n, dims…)`: for each bin the percentile of the values in the last `n` bins. */
export function planRollingPercentile(plugin: PluginCall): Rel {
  const { node, call, input, lowering } = plugin;
  const { positional } = argumentsOf(call);
  const scalar = (at: number) => lowering.over(input).scalar(present(positional[at]));
  const places = { id: 0, time: 2, size: 3, dimensions: 5 };
  const { build, name, rows, dimensions, size } = timelineOf(plugin, places);
  const all = lowering.bind("$rolling", rows, { materialized: true });
  const bin = build.column(all, own.bin);
  const ends = build.group(all, references(build, all, dimensions), {
    [low]: build.aggregate("min", bin.type, bin),
    [high]: build.aggregate("max", bin.type, bin),
    [bins]: build.aggregate("dcount", "long", bin),
  });
  const times = (count: ReturnType<typeof scalar>) => build.call("*", size.type, size, count);
  const oneLess = (count: ReturnType<typeof scalar>) =>
    build.call("-", "long", count, build.long(1));
  const bounded = build.join(all, ends, dimensions);
  const start = build.column(bounded, own.bin);
  const last = build.call("+", bin.type, start, times(oneLess(scalar(4))));
  const reach = build.call("range", "dynamic", start, last, size);
  const spread = build.expand(bounded, { name: seen, expr: reach }, bin.type);
  const window = build.column(spread, seen);
  const end = build.column(spread, high);
  // What a bin without rows gives is not documented.
  const full = build.call("+", bin.type, build.column(spread, low), times(oneLess(build.column(spread, bins)))); // oxfmt-ignore
  const hasAll = build.call("==", "bool", end, full);
  const whole = build.call("assert", "bool", hasAll, build.text("`rolling_percentile` has bins without rows")); // oxfmt-ignore
  const shown = build.filter(build.filter(spread, whole), build.call("<=", "bool", window, end));
  const value = build.column(shown, own.id);
  const result = present(boundColumns(node).at(-1));
  return build.group(
    shown,
    { [name]: window, ...references(build, shown, dimensions) },
    { [result.name]: build.aggregate("percentile", result.type, value, scalar(1)) },
  );
}
