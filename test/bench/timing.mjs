/** Milliseconds that each of `times` runs of `action` takes. */
export async function durations(times, action) {
  const result = [];
  for (let run = 0; run < times; run++) {
    const start = performance.now();
    await action();
    result.push(performance.now() - start);
  }
  return result;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

export const inMs = (ms) => `${ms.toFixed(0)} ms`;
