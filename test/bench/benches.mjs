import { batchBench } from "./batch.mjs";
import { compileBench } from "./compile.mjs";
import { generateBench } from "./generate.mjs";
import { ruleBench } from "./rule.mjs";
import { rulesBench } from "./rules.mjs";

/** Each gives lines to print. */
export const benches = {
  batch: batchBench,
  compile: compileBench,
  generate: generateBench,
  rule: ruleBench,
  rules: rulesBench,
};
