import type { Rel } from "../../ir/types.ts";
import type { PluginCall } from "./plugin.ts";
import { own, references, timelineOf } from "./timeline.ts";

const first = "$first";

/** `evaluate activity_counts_metrics(id, time, start, end, window, dims…)`: for each window its rows and ids, those that are new, and all so far. */
export function planActivityCounts(plugin: PluginCall): Rel {
  const { build, name, rows, dimensions } = timelineOf(plugin, {
    id: 0,
    time: 1,
    from: 2,
    to: 3,
    size: 4,
    dimensions: 5,
    counts: (time, from) => ({
      kind: "call",
      name: ">=",
      args: [time, from],
      type: "bool",
      span: time.span,
    }),
  });
  const all = plugin.lowering.bind("$activity", rows, { materialized: true });
  const bin = build.column(all, own.bin);
  const keys = [own.id, ...dimensions];
  const firsts = build.group(all, references(build, all, keys), {
    [first]: build.aggregate("min", bin.type, bin),
  });
  const known = build.join(all, firsts, keys);
  const id = build.column(known, own.id);
  const isNew = build.call("==", "bool", build.column(known, first), build.column(known, own.bin));
  const counts = build.group(
    known,
    { [name]: build.column(known, own.bin), ...references(build, known, dimensions) },
    {
      count: build.aggregate("count", "long"),
      dcount: build.aggregate("dcount", "long", id),
      new_dcount: build.aggregate("dcountif", "long", id, isNew),
    },
  );
  const { span } = counts;
  return {
    kind: "window",
    input: counts,
    items: [
      {
        name: "aggregated_dcount",
        window: "sum",
        args: [build.column(counts, "new_dcount")],
        type: "long",
        partitionBy: dimensions,
      },
    ],
    orderBy: [{ expr: build.column(counts, name), descending: false, nullsFirst: true }],
    partitionBy: [],
    span,
  };
}
