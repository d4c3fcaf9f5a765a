import { expect, test } from "vitest";
import { expectRefusal, expectRows, sharedEngine } from "../support/engine.ts";

const rows = "datatable(x:long, s:string)[1, 'a', 2, 'b', 2, '', long(null), 'a'] |";

test.each([
  ["summarize h = hll(x), t = hll(s, 4) | project dcount_hll(h), dcount_hll(t)", [[2, 3]]],
  ["summarize h = hll(x) by s | summarize h = hll_merge(h) | project dcount_hll(h)", [[2]]],
  ["summarize a = hll(x), b = hll(x + 1) | project dcount_hll(hll_merge(a, b))", [[3]]],
  ["summarize h = hll_if(x, s == 'b') | project dcount_hll(h)", [[1]]],
  ["summarize t = tdigest(x) by s | summarize t = tdigest_merge(t) | project percentile_tdigest(t, 50, typeof(long)), percentiles_array_tdigest(t, 0, 100)", [[2, [1, 2]]]], // oxfmt-ignore
  ["summarize a = tdigest(x), b = tdigest(x * 10) | project percentile_tdigest(tdigest_merge(a, b), 100)", [[20]]], // oxfmt-ignore
  ["summarize h = hll(x) by s | join (range i from 1 to 1 step 1 | extend s = 'b') on s | project dcount_hll(h)", [[1]]], // oxfmt-ignore
  ["summarize h = hll(x) by s | union (print s = 'z') | where s == 'b' | project dcount_hll(h)", [[1]]], // oxfmt-ignore
  ["summarize h = hll(x) by s | project-away h | count", [[3]]],
  ["where x > 9 | summarize h = hll(x), t = tdigest(x)", [[null, null]]],
])("%s", async (kql, expected) => {
  await expectRows(`${rows} ${kql}`, expected);
});

test.each([
  "summarize hll(x)",
  "where x > 9 | summarize h = hll(x) | project dcount_hll(h)",
  "where x > 9 | summarize t = tdigest(x) | project percentile_tdigest(t, 50)",
])("what is not documented stops the query: %s", async (kql) => {
  await expect((await sharedEngine()).query(`${rows} ${kql}`)).rejects.toMatchObject({
    diagnostics: [expect.objectContaining({ code: "KT0249" })],
  });
});

test.each([
  "summarize h = hll(x) | where isnotnull(h)",
  "summarize h = hll(x) | project tostring(h)",
  "summarize h = hll(x) by s | summarize make_list(h)",
  "summarize h = hll(x) by s | as R | join (R) on h",
  "summarize h = hll(x) | mv-expand h",
  "extend n = toscalar(datatable(x:long)[1] | summarize hll(x))",
  "project dcount_hll(dynamic([1, 2]))",
  "summarize h = hll(x) by s | where s in ((datatable(x:long)[1] | summarize hll(x)))",
  "summarize hll(pack_array(x))",
  "summarize tdigest(x * 1h)",
  "summarize t = tdigest(x) | project percentile_tdigest(t, 101)",
])("refused: %s", (kql) => expectRefusal(`${rows} ${kql}`, "KT0220"));
