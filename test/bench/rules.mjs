import { readdirSync, readFileSync } from "node:fs";
import { plainText } from "../../dist/base/source.js";
import { against } from "./against.mjs";
import { now, openEvents, rows } from "./events.mjs";
import { median } from "./timing.mjs";

const folder = new URL("rules/", import.meta.url);

/** Ten rules of ten kinds, each over a million events a table, against the SQL that one would write by hand. */
export async function rulesBench() {
  const events = await openEvents();
  const lines = [];
  const ratios = [];
  for (const { name, text } of benchRules()) {
    const byHand = readFileSync(new URL(`${name}.sql`, folder), "utf8").replaceAll("$now", now);
    const found = await against({ text, byHand, turns: 7 }, events);
    ratios.push(found.ratio);
    lines.push(
      `${name.padEnd(20)} ratio ${found.ratio.toFixed(2)}  ${found.times}, ${found.rows} rows`,
    );
  }
  events.database.close();
  const worst = Math.max(...ratios).toFixed(2);
  return [
    ...lines,
    `${ratios.length} rules over ${rows} rows a table: median ratio ${median(ratios).toFixed(2)}, worst ${worst}`,
  ];
}

/** The rules of the bench. */
export function benchRules() {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".kql"))
    .map((file) => ({
      name: file.replace(".kql", ""),
      text: plainText(file, readFileSync(new URL(file, folder), "utf8")),
    }));
}
