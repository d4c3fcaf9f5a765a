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

/** Ids of the logons of people. */
// oxfmt-ignore
export const logonIds: Quantiles = [[0, 0x2_0000], [0.05, 343_000], [0.25, 527_000], [0.5, 2_850_000], [0.75, 9_670_000], [0.95, 54_200_000], [1, 86_000_000]];

/** How much lower the id of an administrator's elevated logon is than that of the other one, which is made right after it. */
export const elevatedLogonBefore: Quantiles = [
  [0, 28],
  [0.5, 60],
  [1, 580],
];

/** How far the local port of a connection is from that of the device's connection before. */
// oxfmt-ignore
export const portSteps: Quantiles = [[0, 1], [0.88, 1], [0.881, 2], [0.92, 2], [0.95, 3], [0.99, 20], [1, 60]];

/** Connections of a process that connects at all. */
// oxfmt-ignore
export const connectionCounts: Quantiles = [[0, 1], [0.25, 1], [0.5, 2], [0.75, 5], [0.9, 16], [0.99, 95], [1, 120]];

/** Seconds from the start of a process to its first connection: of a tool of the console, of another program, and of a step of a pipeline. */
// oxfmt-ignore
export const connectionDelays: Readonly<Record<"tool" | "application" | "pipeline", Quantiles>> = {
  tool:        [[0, 0.03], [0.25, 0.106], [0.5, 0.243], [0.75, 0.581], [0.95, 4.53], [1, 20]],
  application: [[0, 0.08], [0.25, 0.437], [0.5, 1.62], [0.75, 6.16], [0.95, 63.8], [1, 188]],
  pipeline:    [[0, 0.03], [0.05, 0.075], [0.25, 0.314], [0.5, 0.337], [0.75, 0.916], [0.95, 11.461], [1, 40]],
};
