import { workerData } from "node:worker_threads";
import { readRule } from "../kql/rule-file.ts";
import type { AheadOrder } from "./compile-ahead.ts";
import { compileRule } from "./compile.ts";
import { discover } from "./discovery.ts";
import { ruleEnvironments } from "./environments.ts";
import { readSource } from "./files.ts";
import { loadInputs } from "./inputs.ts";

// What is wrong is told by the run that asked for this: here an error ends the thread, and that run goes on without.
const { root, cacheDir, outside } = workerData as AheadOrder;
const environments = ruleEnvironments(loadInputs(root), outside);
for (const [name, { file }] of discover(root).rules) {
  const rule = readRule(readSource(root, file), name);
  await compileRule(rule, { cacheDir, ...environments(rule.dialect) });
}
