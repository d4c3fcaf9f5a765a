import { present } from "../../../kql/syntax.ts";
import type { Rel } from "../../ir/types.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";
import { own, references, timelineOf } from "./timeline.ts";

const seen = "$seen";

/** `evaluate sliding_window_counts(id, time, start, end, lookback, bin, dims…)`: for each bin, what happened in it and in those that it looks back on. */
export function planSlidingWindowCounts(plugin: PluginCall): Rel {
  const { call, input, lowering } = plugin;
  const places = { id: 0, time: 1, from: 2, to: 3, size: 5, dimensions: 6 };
  const { build, name, rows, dimensions, size } = timelineOf(plugin, places);
  const row = lowering.over(input);
  const { positional } = argumentsOf(call);
  const [from, to, lookback] = [2, 3, 4].map((at) => row.scalar(present(positional[at])));
  if (from === undefined || to === undefined || lookback === undefined) return input;
  const bin = build.column(rows, own.bin);
  const last = build.call("-", bin.type, build.call("+", bin.type, bin, lookback), size);
  const reach = build.call("range", "dynamic", bin, last, size);
  const spread = build.expand(rows, { name: seen, expr: reach }, bin.type);
  const window = build.column(spread, seen);
  const counted = build.filter(spread, build.call("between", "bool", window, from, to));
  const groups = build.group(
    counted,
    { [name]: window, ...references(build, counted, dimensions) },
    {
      Count: build.aggregate("count", "long"),
      Dcount: build.aggregate("dcount", "long", build.column(counted, own.id)),
    },
  );
  return groups;
}
