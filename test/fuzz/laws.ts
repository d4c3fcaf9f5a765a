import type { DuckDBValue } from "@duckdb/node-api";
import { InputError } from "../../src/base/diagnostic.ts";
import { plainText } from "../../src/base/source.ts";
import { bindQuery } from "../../src/kql/bind.ts";
import { columnsOfNode, elementsOf, present } from "../../src/kql/syntax.ts";
import { passes } from "../../src/plan/passes/index.ts";
import { pushFilters } from "../../src/plan/passes/push-filters.ts";
import type { Column, KqlType, Value } from "../../src/schema/types.ts";
import { catalog, scenarios } from "./data.ts";
import type { Answer, Lab, Rows } from "./lab.ts";
import type { FuzzQuery } from "./query.ts";

/** A query and its answer over the first scenario. */
interface Subject {
  readonly query: FuzzQuery;
  readonly text: string;
  readonly answer: Answer;
}

/** What holds for every query. Each check gives what breaks it, or undefined; it may throw an `InputError` (a refusal). */
type Law = (subject: Subject, lab: Lab) => Promise<string | undefined>;

/** The laws by name, in the order in which they are checked. */
const laws: Readonly<Record<string, Law>> = {
  "the columns are those of the binder": binderColumns,
  "every value is one of its column's type": typedValues,
  "a second run gives the same bytes": sameBytes,
  "a plan that no pass has touched gives the same": withoutPasses,
  "conditions that stay where they are give the same": withoutPushing,
  "all scenarios at once are the same as one by one": batched,
  "all scenarios at once are the same without passes": batchedPlainly,
  "a condition, its opposite and its absence share out the rows": sharedOut,
  "a constant is the same as an expression of its value": opaqueConstants,
  "a name, a function and a union with nothing change nothing": wrapped,
};

export type Verdict =
  | { readonly kind: "holds" }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "broken"; readonly law: string; readonly how: string };

/** What the laws say of `query`, or the one that is named. Only an `InputError` with a code may stop it; any other error breaks the law that met it. */
export async function judgeQuery(query: FuzzQuery, lab: Lab, only?: string): Promise<Verdict> {
  lab.forget();
  const text = query.lets + query.body;
  const answered = await attempt("it is answered, or refused with a code", () => lab.answer(text));
  if ("kind" in answered) return answered;
  const subject: Subject = { query, text, answer: answered.value };
  let verdict: Verdict = { kind: "holds" };
  for (const [law, check] of Object.entries(laws)) {
    if (only !== undefined && law !== only) continue;
    const checked = await attempt(law, () => check(subject, lab));
    if ("kind" in checked) {
      verdict = checked;
      if (checked.kind === "broken") break;
    } else if (checked.value !== undefined) {
      return { kind: "broken", law, how: checked.value };
    }
  }
  return verdict;
}

/** What `action` gives; or the refusal that it threw, or the bug. */
async function attempt<T>(
  law: string,
  action: () => Promise<T>,
): Promise<Verdict | { readonly value: T }> {
  try {
    return { value: await action() };
  } catch (error) {
    const code = error instanceof InputError ? error.diagnostics[0]?.code : undefined;
    if (code !== undefined && /^KT\d{4}$/.test(code)) return { kind: "refused", code };
    return {
      kind: "broken",
      law,
      how: error instanceof Error ? String(error.stack) : String(error),
    };
  }
}

async function binderColumns({ text, answer }: Subject): Promise<string | undefined> {
  const { root } = bindQuery(plainText("query", text), { catalog });
  const statements = elementsOf<Kusto.Language.Syntax.Statement>(root.Statements);
  const last = statements.at(-1) as Kusto.Language.Syntax.ExpressionStatement;
  const expected = columnsOfNode(present(last.Expression)) ?? [];
  return difference(expected.map(columnText), answer.columns.map(columnText));
}

function columnText({ name, type }: Column): string {
  return `${name}:${type}`;
}

/** What DuckDB holds of each type, as `src/schema` and ARCHITECTURE.md say. A string is never null. */
const holds: Readonly<Record<KqlType, (value: NonNullable<DuckDBValue>) => boolean>> = {
  bool: (value) => typeof value === "boolean",
  int: (value) => typeof value === "number" && Number.isInteger(value),
  long: isLong,
  datetime: (value) => isLong(value) && value >= 0n,
  timespan: isLong,
  real: (value) => typeof value === "number",
  decimal: (value) => typeof value === "object" && "scale" in value && value.scale === 18,
  guid: (value) => typeof value === "string" && /^[0-9a-f-]{36}$/.test(value),
  string: (value) => typeof value === "string",
  dynamic: (value) => typeof value === "string" && isJson(value),
};

function isLong(value: DuckDBValue): value is bigint {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function typedValues({ answer }: Subject): Promise<string | undefined> {
  for (const [index, { name, type }] of answer.columns.entries()) {
    for (const value of answer.raw[index] ?? []) {
      const fits = value === null ? type !== "string" : holds[type](value);
      if (!fits) return `\`${name}\`, a ${type}, holds ${typeof value} ${String(value)}`;
    }
  }
  return undefined;
}

async function sameBytes({ text, answer }: Subject, lab: Lab): Promise<string | undefined> {
  const bytes = (rows: Rows): readonly string[] => rows.map((row) => JSON.stringify(row));
  return difference(bytes(answer.rows), bytes((await lab.answer(text)).rows));
}

async function withoutPasses(
  { query, text, answer }: Subject,
  lab: Lab,
): Promise<string | undefined> {
  const naive = await lab.answer(text, { passes: [] });
  return differenceOf(query, answer.rows, naive.rows);
}

async function withoutPushing(
  { query, text, answer }: Subject,
  lab: Lab,
): Promise<string | undefined> {
  const others = passes.filter((pass) => pass !== pushFilters);
  return differenceOf(query, answer.rows, (await lab.answer(text, { passes: others })).rows);
}

async function batched({ query, text, answer }: Subject, lab: Lab): Promise<string | undefined> {
  const together = await lab.batch(text);
  for (const [scenario, { id }] of scenarios.entries()) {
    const alone = scenario === 0 ? answer : await lab.answer(text, { scenario });
    const broken = differenceOf(query, alone.rows, together[scenario] ?? []);
    if (broken !== undefined) return `scenario \`${id}\`: ${broken}`;
  }
  return undefined;
}

async function batchedPlainly({ query, text }: Subject, lab: Lab): Promise<string | undefined> {
  const [together, plain] = [await lab.batch(text), await lab.batch(text, { passes: [] })];
  return differenceOf(query, together.flat(), plain.flat());
}

async function sharedOut({ query, text, answer }: Subject, lab: Lab): Promise<string | undefined> {
  const { condition } = query;
  const shares: (readonly Value[])[] = [];
  for (const where of [condition, `not(${condition})`, `isnull(${condition})`]) {
    shares.push(...(await lab.answer(`${text}\n| where ${where}`)).rows);
  }
  return bagDifference(answer.rows, shares);
}

async function opaqueConstants({ query, answer }: Subject, lab: Lab): Promise<string | undefined> {
  const opaque = await lab.answer(query.opaque);
  const broken = differenceOf(query, answer.rows, opaque.rows);
  return broken === undefined ? undefined : `${broken}\n${query.opaque}`;
}

async function wrapped({ query, answer }: Subject, lab: Lab): Promise<string | undefined> {
  const { lets, body } = query;
  const forms = [
    `${lets}let W = materialize(${body}); W | where true`,
    `${lets}let W = () { ${body} }; W() | union (W() | where false)`,
    `${lets}let W = (T:(*)) { T | extend w_w = 1 | project-away w_w }; ${body} | invoke W()`,
  ];
  for (const form of forms) {
    const broken = bagDifference(answer.rows, (await lab.answer(form)).rows);
    if (broken !== undefined) return `${broken}\n${form}`;
  }
  return undefined;
}

/** Rows in their order where the query's last operator gives one, else as a bag. */
function differenceOf({ body }: FuzzQuery, one: Rows, other: Rows): string | undefined {
  return /\n\| sort by .* asc(?: \| take \d+)?$/.test(body)
    ? difference(one.map(rowText), other.map(rowText))
    : bagDifference(one, other);
}

function bagDifference(one: Rows, other: Rows): string | undefined {
  return difference(one.map(rowText).toSorted(), other.map(rowText).toSorted());
}

/** A row as text. Sums of reals depend on their order in the last digits, which are left out. */
function rowText(row: readonly Value[]): string {
  return JSON.stringify(row, (_, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value,
  );
}

function difference(one: readonly string[], other: readonly string[]): string | undefined {
  const at = one.findIndex((text, index) => text !== other[index]);
  if (at < 0 && one.length === other.length) return undefined;
  const index = at < 0 ? one.length : at;
  return `${one.length} and ${other.length}; at ${index}: ${one[index]} is not ${other[index]}`;
}
