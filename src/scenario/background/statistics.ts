/** Values at shares of all cases, both rising; the first share is 0, the last 1. */
export type Quantiles = readonly (readonly [share: number, value: number])[];

/** The value at `share` (0 to 1), between two known ones on the straight line through their logarithms. */
export function atShare(quantiles: Quantiles, share: number): number {
  let [low, from] = quantiles[0] ?? [0, 1];
  for (const [high, to] of quantiles) {
    if (share <= high) {
      const part = high === low ? 0 : (share - low) / (high - low);
      return from * (to / from) ** part;
    }
    low = high;
    from = to;
  }
  return from;
}

// Measured in public recordings of Windows devices; the ends are ours.

/** Process ids, all divisible by 4. */
// oxfmt-ignore
export const processIds: Quantiles = [[0, 600], [0.05, 804], [0.25, 2516], [0.5, 3968], [0.75, 6056], [0.95, 9000], [1, 10_800]];

/** Connections of a process that connects at all. */
// oxfmt-ignore
export const connectionCounts: Quantiles = [[0, 1], [0.25, 1], [0.5, 2], [0.75, 5], [0.9, 16], [0.99, 95], [1, 120]];

/** Seconds from the start of a process to its first connection: at a desk, and in the steps of a pipeline. */
// oxfmt-ignore
export const connectionDelays: Readonly<Record<"desk" | "pipeline", Quantiles>> = {
  desk:     [[0, 0.08], [0.25, 0.44], [0.5, 1.01], [0.75, 4.51], [0.95, 63.8], [1, 120]],
  pipeline: [[0, 0.03], [0.05, 0.075], [0.25, 0.314], [0.5, 0.337], [0.75, 0.916], [0.95, 11.461], [1, 40]],
};

// No recording says these; they are chosen.

/** Shares of connections whose row names the host, or shows a whole URL; the others name nothing. */
// oxfmt-ignore
export const urlForms: Readonly<Record<"program" | "browser", { readonly host: number; readonly full: number }>> = {
  program: { host: 0.65, full: 0 },
  browser: { host: 0.4, full: 0.35 },
};

/** Share of connections that fail, and of encrypted ones that are seen on the wire too. */
export const failedShare = 0.02;
export const inspectedShare = 0.05;
