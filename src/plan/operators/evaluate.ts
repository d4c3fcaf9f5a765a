import { kindOf, nameOf, present } from "../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import { planActivityCounts } from "../plugins/activity-counts.ts";
import { planBagUnpack } from "../plugins/bag-unpack.ts";
import { planLineLookup, planPolygonLookup } from "../plugins/geo-lookup.ts";
import { planIpLookup } from "../plugins/ip-lookup.ts";
import { planNarrow } from "../plugins/narrow.ts";
import { planPivot } from "../plugins/pivot.ts";
import type { Plugin } from "../plugins/plugin.ts";
import { planRollingPercentile } from "../plugins/rolling-percentile.ts";
import { planSlidingWindowCounts } from "../plugins/sliding-window-counts.ts";
import type { Rel } from "../types.ts";

const plugins: Readonly<Record<string, Plugin>> = {
  activity_counts_metrics: planActivityCounts,
  bag_unpack: planBagUnpack,
  geo_line_lookup: planLineLookup,
  geo_polygon_lookup: planPolygonLookup,
  ipv4_lookup: planIpLookup,
  ipv6_lookup: planIpLookup,
  narrow: planNarrow,
  pivot: planPivot,
  rolling_percentile: planRollingPercentile,
  sliding_window_counts: planSlidingWindowCounts,
};

/** `evaluate plugin(…)`. */
export function planEvaluate(
  node: Kusto.Language.Syntax.EvaluateOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const call = present(node.FunctionCall);
  const name = kindOf(call) === "FunctionCallExpression" ? nameOf(present(call.Name)) : "";
  const plugin = plugins[name];
  if (plugin !== undefined) return plugin({ node, call, input, lowering });
  return lowering.refuse(node, {
    code: "KT0257",
    message: `plugin \`${name}\` has no translation`,
    hint: `there are ${Object.keys(plugins)
      .map((each) => `\`${each}\``)
      .join(", ")}`,
  });
}
