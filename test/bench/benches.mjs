import { batchBench } from "./batch.mjs";
import { ruleBench } from "./rule.mjs";

/** Each gives lines to print. */
export const benches = { batch: batchBench, rule: ruleBench };
