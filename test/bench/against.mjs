import { compileQuery } from "../../dist/engine/compile-query.js";
import { optimise } from "../../dist/plan/passes/index.js";
import { bundledCatalog } from "../../dist/schema/tables.js";
import { columnNames } from "../../dist/sql/distinct-names.js";
import { programSql } from "../../dist/sql/program.js";
import { now } from "./events.mjs";
import { durations, inMs, median } from "./timing.mjs";

/** Times a rule and SQL of the same meaning in turn, so that whatever else the machine does falls on both. Throws where their answers differ. */
export async function against({ text, byHand, turns }, { database, stored }) {
  const ours = sqlOf(text, stored);
  const [answer, wanted] = [sorted(await database.read(ours)), sorted(await database.read(byHand))];
  const differing = answer.findIndex((row, index) => row !== wanted[index]);
  if (answer.length !== wanted.length || differing >= 0)
    throw new Error(
      `${answer.length} rows, by hand ${wanted.length}; first difference: ${answer[differing]} and ${wanted[differing]}`,
    );
  const pairs = [];
  for (let turn = 0; turn < turns; turn++) {
    const [mine] = await durations(1, () => database.read(ours));
    const [theirs] = await durations(1, () => database.read(byHand));
    pairs.push({ mine, theirs, ratio: mine / theirs });
  }
  const of = (key) => median(pairs.map((pair) => pair[key]));
  return { ratio: of("ratio"), rows: answer.length, times: `${inMs(of("mine"))}, by hand ${inMs(of("theirs"))}` }; // oxfmt-ignore
}

/** The SQL that the engine runs for a rule. */
function sqlOf(text, stored) {
  const program = optimise(compileQuery(text, bundledCatalog("defender-xdr")));
  return programSql(program, { now, ascii: true, names: columnNames(program), stored });
}

/** The rows of an answer as texts, in an order that does not depend on threads. */
function sorted(columns) {
  const rows = Array.from(columns[0] ?? [], (_, row) =>
    columns.map((values) => String(values[row])).join(" | "),
  );
  return rows.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
