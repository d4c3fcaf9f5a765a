// Measures what docs/performance.md tells, each as a ratio or a rate within this one process. Run it by `npm run bench`.
//
//   node test/bench/run.mjs [name …]        only the benches whose name has one of these in it
import { benches } from "./benches.mjs";

const wanted = process.argv.slice(2);
const chosen = Object.entries(benches).filter(
  ([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
if (chosen.length === 0) {
  console.error(`no such bench; there are ${Object.keys(benches).join(", ")}`);
  process.exitCode = 2;
}
for (const [name, bench] of chosen) {
  for (const line of await bench()) console.log(`${name.padEnd(16)} ${line}`);
}
