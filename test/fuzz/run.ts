// Checks the laws on random queries until one breaks them. Run it by `npm run fuzz`.
//
//   npm run fuzz -- [--runs N] [--seed S] [--path P]
//   npm run fuzz -- --query 'Events | count' [--where 'Count > 1']
import { defined } from "../../src/base/defined.ts";
import { parseArgs } from "node:util";
import * as fc from "fast-check";
import { openLab } from "./lab.ts";
import { judgeQuery } from "./laws.ts";
import { queries, type FuzzQuery } from "./query.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    path: { type: "string" },
    query: { type: "string" },
    where: { type: "string", default: "true" },
  },
});

const lab = await openLab();
try {
  process.exitCode =
    values.query === undefined ? await fuzz() : await checkOne(values.query, values.where);
} finally {
  lab.close();
}

async function fuzz(): Promise<number> {
  const refused = new Map<string, number>();
  let count = 0;
  // While a failure shrinks, no other law matters.
  let broken: string | undefined;
  const property = fc.asyncProperty(queries, async (query) => {
    const verdict = await judgeQuery(query, lab, broken);
    count += 1;
    if (verdict.kind === "refused") refused.set(verdict.code, (refused.get(verdict.code) ?? 0) + 1);
    if (verdict.kind !== "broken") return;
    broken = verdict.law;
    throw new Error(`${verdict.law}\n${verdict.how}`);
  });
  const { path } = values;
  const result = await fc.check(property, {
    numRuns: Number(values.runs),
    seed: Number(values.seed),
    ...defined({ path }),
  });
  const codes = Array.from(refused, ([code, times]) => `${code} ${times}`).join(", ");
  console.log(`${count} queries, refused: ${codes === "" ? "none" : codes}`);
  const [query] = result.counterexample ?? [];
  if (query === undefined) return 0;
  console.log(
    `\n${queryText(query)}\n\nbreaks: ${String((result.errorInstance as Error | null)?.message)}`,
  );
  console.log(
    `\nreplay: npm run fuzz -- --seed ${result.seed} --path ${result.counterexamplePath}`,
  );
  return 1;
}

function queryText({ lets, body, condition }: FuzzQuery): string {
  return `${lets}${body}\n// condition: ${condition}`;
}

async function checkOne(body: string, condition: string): Promise<number> {
  const verdict = await judgeQuery({ lets: "", body, condition, opaque: body }, lab);
  console.log(JSON.stringify(verdict, undefined, 2));
  return verdict.kind === "broken" ? 1 : 0;
}
