import { refuseValue } from "./refuse-value.ts";
import type { UdfTable } from "./udf.ts";

/** What is read of `hll` and `tdigest`, which keep all values: the one those that are distinct, the other each with its weight. */
export const sketchUdfs: UdfTable = {
  kql_sketch_size: { takes: ["json"], gives: "long", nulls: true, call: size },
  kql_tdigest_percentile: { takes: ["text", "text"], gives: "text", nulls: true, call: percentile },
  kql_tdigest_percentiles: {
    takes: ["text", "text"],
    gives: "text",
    nulls: true,
    call: (digest: string | null, ranks: string) =>
      `[${(JSON.parse(ranks) as readonly number[]).map((rank) => percentile(digest, String(rank))).join(",")}]`,
  },
  kql_unseen: { takes: ["text"], gives: "text", call: unseen },
};

function size(values: readonly unknown[] | null): bigint {
  if (values === null) return refuseValue("what `dcount_hll` gives of null");
  return BigInt(values.length);
}

/** The first value up to which there are as many as the rank asks for, as it is written. */
function percentile(digest: string | null, rank: string): string {
  const parts = (digest ?? "").slice(1, -1).split(",");
  if (parts.length < 2) return refuseValue("which percentile a `tdigest` without values has");
  const values = Array.from({ length: parts.length / 2 }, (_, at) => ({
    text: parts[2 * at] ?? "",
    weight: Number(parts[2 * at + 1]),
  })).toSorted((a, b) => Number(a.text) - Number(b.text));
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  // Rounded, so that 7 % of 100 are 7.
  const wanted = Math.max(1, Math.ceil(Math.round(total * (Number(rank) / 100) * 1e6) / 1e6));
  let seen = 0;
  return values.find(({ weight }) => (seen += weight) >= wanted)?.text ?? "null";
}

function unseen(): never {
  return refuseValue("how Kusto writes a value of `hll` or `tdigest`");
}
