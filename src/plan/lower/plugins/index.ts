import { nameOf, present } from "../../../kql/syntax.ts";
import type { Form } from "../operators/form.ts";
import { planActivityCounts } from "./activity-counts.ts";
import { planBagUnpack } from "./bag-unpack.ts";
import { planBasket } from "./basket.ts";
import { planDcountIntersect } from "./dcount-intersect.ts";
import { planLineLookup, planPolygonLookup } from "./geo-lookup.ts";
import { planIpLookup } from "./ip-lookup.ts";
import { planNarrow } from "./narrow.ts";
import { planPivot } from "./pivot.ts";
import type { Plugin } from "./plugin.ts";
import { planRollingPercentile } from "./rolling-percentile.ts";
import { planRowsNear } from "./rows-near.ts";
import { planSlidingWindowCounts } from "./sliding-window-counts.ts";

/** What becomes of one plugin, as of an operator. */
export interface KnownPlugin {
  readonly plan: Plugin;
  readonly forms: readonly [Form, ...Form[]];
}

function refuses(hint: string): Plugin {
  return ({ node, call, lowering }) =>
    lowering.refuse(node, {
      code: "KT0257",
      message: `plugin \`${nameOf(present(call.Name))}\` has no translation`,
      hint,
    });
}

/** The plugins of `evaluate`. */
// oxfmt-ignore
export const plugins: Readonly<Record<string, KnownPlugin>> = {
  activity_counts_metrics: { plan: planActivityCounts, forms: [{ example: "T | evaluate activity_counts_metrics(s, x, 1, 2, 1) | sort by x asc", rows: [[1, 1, 1, 1, 1], [2, 2, 2, 2, 3]] }] },
  active_users_count: { plan: refuses("count with `summarize`: the documentation of the plugin disagrees with itself"), forms: [{ example: "T | evaluate active_users_count(s, x, 1, 2, 1, 1, 1, 1)", refused: "KT0257", hint: "count with `summarize`: the documentation of the plugin disagrees with itself" }] },
  activity_engagement: { plan: refuses("`summarize dcount()` by bins of both widths, and join them: which days an outer window has is not documented"), forms: [{ example: "T | evaluate activity_engagement(s, x, 1, 2)", refused: "KT0257", hint: "`summarize dcount()` by bins of both widths, and join them: which days an outer window has is not documented" }] },
  activity_metrics: { plan: refuses("`summarize` by bins, and join each with the one before: what follows a bin without rows is not documented"), forms: [{ example: "T | evaluate activity_metrics(s, x, 1)", refused: "KT0257", hint: "`summarize` by bins, and join each with the one before: what follows a bin without rows is not documented" }] },
  autocluster: { plan: refuses("use `basket`, or `summarize` by the columns that matter: its algorithm is proprietary and not published"), forms: [{ example: "T | evaluate autocluster()", refused: "KT0257", hint: "use `basket`, or `summarize` by the columns that matter: its algorithm is proprietary and not published" }] },
  bag_unpack: {
    plan: planBagUnpack,
    forms: [
      { example: "print d = dynamic({'a': 1, 'b': 'x'}) | evaluate bag_unpack(d) : (a:long, b:string)", rows: [[1, "x"]] },
      { example: "print d = dynamic({'a': 1}) | evaluate bag_unpack(d, 'p_')", rows: [[1]] },
    ],
  },
  basket: {
    plan: planBasket,
    forms: [
      { example: "datatable(s:string, x:long)['a', 1, 'a', 2, 'b', 1, 'a', 1] | evaluate basket(0.3)", rows: [[0, 2, 50, "a", 1], [1, 3, 75, "a", null], [2, 3, 75, "", 1]], differs: "it counts all rows, where Kusto samples; which number patterns of the same rank get is not known" },
      { example: "datatable(s:string, x:long)['a', 1, 'a', 2] | evaluate basket('~', '~', '~', '*', long(-1)) | project Count, s, x | sort by Count asc, x asc", rows: [[1, "a", 1], [1, "a", 2], [2, "a", -1]] },
      { example: "T | extend n = 1 | evaluate basket('~', n)", refused: "KT0257", hint: "repeat the rows with `mv-expand`: whether the weight is a dimension too is not documented" },
    ],
  },
  dcount_intersect: { plan: planDcountIntersect, forms: [{ example: "range x from 1 to 100 step 1 | summarize a = hll(iff(x % 2 == 0, x, 0)), b = hll(iff(x % 3 == 0, x, 0)), c = hll(iff(x % 5 == 0, x, 0)) | evaluate dcount_intersect(a, b, c) | project s0, s1, s2", rows: [[51, 17, 4]], differs: "it is exact, where Kusto estimates" }] },
  diffpatterns: { plan: refuses("use `basket`, or `summarize` by the columns that matter: its algorithm is proprietary and not published"), forms: [{ example: "T | evaluate diffpatterns(s, 'a', 'b')", refused: "KT0257", hint: "use `basket`, or `summarize` by the columns that matter: its algorithm is proprietary and not published" }] },
  funnel_sequence: { plan: refuses("write the steps with `scan`: what counts as the next state is not documented"), forms: [{ example: "T | evaluate funnel_sequence(s, x, 1, 2, 1, 1, x, dynamic([1]))", refused: "KT0257", hint: "write the steps with `scan`: what counts as the next state is not documented" }] },
  funnel_sequence_completion: { plan: refuses("write the steps with `scan`: how the periods are measured is not documented"), forms: [{ example: "T | evaluate funnel_sequence_completion(s, x, 1, 2, 1, x, dynamic([1, 2]), dynamic([1]))", refused: "KT0257", hint: "write the steps with `scan`: how the periods are measured is not documented" }] },
  geo_line_lookup: { plan: planLineLookup, forms: [{ example: "let W = datatable(who:string, way:dynamic)['equator', dynamic({'type':'LineString','coordinates':[[0,0],[2,0]]})]; datatable(lon:real, lat:real)[1, 0.001, 1, 1] | evaluate geo_line_lookup(W, way, lon, lat, 1000)", rows: [[1, 0.001, "equator"]] }] },
  geo_polygon_lookup: { plan: planPolygonLookup, forms: [{ example: "let P = datatable(who:string, area:dynamic)['west', dynamic({'type':'Polygon','coordinates':[[[0,0],[2,0],[2,2],[0,0]]]})]; datatable(lon:real, lat:real)[1, 0.5, 5, 0.5] | evaluate geo_polygon_lookup(P, area, lon, lat)", rows: [[1, 0.5, "west"]] }] },
  ipv4_lookup: { plan: planIpLookup, forms: [{ example: "print ip = '10.0.0.9' | evaluate ipv4_lookup((datatable(net:string, who:string)['10.0.0.8/29', 'us']), ip, net)", rows: [["10.0.0.9", "10.0.0.8/29", "us"]] }] },
  ipv6_lookup: { plan: planIpLookup, forms: [{ example: "print ip = 'fd00::1' | evaluate ipv6_lookup((datatable(net:string, who:string)['fd00::/8', 'us']), ip, net)", rows: [["fd00::/8", "us", "fd00::1"]] }] },
  narrow: { plan: planNarrow, forms: [{ example: "T | take 1 | evaluate narrow()", rows: [[0, "x", "1"], [0, "s", "a"]] }] },
  new_activity_metrics: { plan: refuses("`summarize` by bins, and join each with the one before: what follows a bin without rows is not documented"), forms: [{ example: "T | evaluate new_activity_metrics(s, x, 1, 2, 1)", refused: "KT0257", hint: "`summarize` by bins, and join each with the one before: what follows a bin without rows is not documented" }] },
  pivot: { plan: planPivot, forms: [{ example: "T | evaluate pivot(s, count(), x) : (x:long, a:long, b:long) | sort by x asc", rows: [[1, 1, 0], [2, 0, 1]] }] },
  rolling_percentile: { plan: planRollingPercentile, forms: [{ example: "T | evaluate rolling_percentile(x, 50, x, 1, 2) | sort by x asc", rows: [[1, 1], [2, 2]] }] },
  rows_near: { plan: planRowsNear, forms: [{ example: "range x from 1 to 9 step 1 | evaluate rows_near(x == 5, 1, 2)", rows: [[4], [5], [6], [7]] }] },
  sequence_detect: { plan: refuses("write the steps with `scan`: which of several rows that fit a step is taken is not documented"), forms: [{ example: "T | evaluate sequence_detect(x, 1, 1, a = x == 1, b = x == 2, s)", refused: "KT0257", hint: "write the steps with `scan`: which of several rows that fit a step is taken is not documented" }] },
  session_count: { plan: refuses("begin sessions with `row_window_session()`: which bins its window looks back on is not documented"), forms: [{ example: "T | evaluate session_count(s, x, 1, 2, 1, 1)", refused: "KT0257", hint: "begin sessions with `row_window_session()`: which bins its window looks back on is not documented" }] },
  sliding_window_counts: { plan: planSlidingWindowCounts, forms: [{ example: "T | evaluate sliding_window_counts(s, x, 1, 2, 2, 1) | sort by x asc", rows: [[1, 1, 1], [2, 3, 3]] }] },
};
