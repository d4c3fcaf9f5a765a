import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { duckdb } from "../../src/engine/database/duckdb-api.ts";
import { openEngine } from "../../src/engine/duckdb.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { bindQuery } from "../../src/kql/bind.ts";
import { environmentOf } from "../../src/kql/environment.ts";
import { plainText } from "../../src/base/source.ts";
import type { AggregateCall, Call, Expr, Rel } from "../../src/plan/ir/types.ts";
import { planQuery } from "../../src/plan/plan.ts";
import { childrenOf, exprsOf, partsOf } from "../../src/plan/ir/walk.ts";
import { RefusedCall } from "../../src/sql/expressions/args.ts";
import { exprSql } from "../../src/sql/expressions/expression.ts";
import { scalarFunctions } from "../../src/sql/functions/index.ts";
import { macros } from "../../src/sql/macros/index.ts";
import { onceSql } from "../../src/sql/expressions/once.ts";
import { relSql } from "../../src/sql/rel.ts";
import type { SqlContext } from "../../src/sql/types.ts";
import { duckdbMacros, usesOf } from "../../src/sql/expressions/uses.ts";

const span = { start: 0, end: 0 };

const context: SqlContext = {
  now: 0n,
  ascii: false,
  names: new Map(),
  stored: () => undefined,
  relSql,
};

describe("uses of a name", () => {
  test.each([
    ["f(x, x)", 2],
    ["'x' || \"x\" || x", 1],
    ["kql_upper(x)", 4],
    ["nullif(x, '')", 2],
    ["nullif(nullif(x, ''), x)", 5],
    ["f(nullif(y, x))", 1],
  ])("%s", (sql, count) => {
    expect(usesOf(sql, new Set(["x"])).get("x")?.count).toBe(count);
  });

  test.each([
    ["TRY(x)", true],
    ["list_transform([x], lambda y: y)", false],
    ["list_transform([1], lambda y: y + x)", true],
    ["kql_split(x, ',')", false],
  ])("%s is guarded: %s", (sql, guarded) => {
    expect(usesOf(sql, new Set(["x"])).get("x")?.guarded).toBe(guarded);
  });

  test("of DuckDB's own macros, those that repeat a parameter are known", async () => {
    const connection = await (await duckdb.DuckDBInstance.create(":memory:")).connect();
    const text = Object.values(macros)
      .map(({ sql }) => sql)
      .join("\n");
    const found = await connection.runAndReadAll(
      "SELECT function_name, parameters, macro_definition FROM duckdb_functions() WHERE function_type = 'macro' AND schema_name = 'main'",
    );
    const repeating = found.getRows().flatMap(([name, parameters, definition]) => {
      const names = new Set(String(parameters).match(/\w+/g));
      const uses = usesOf(String(definition).replaceAll('"', ""), names);
      const repeats = [...uses.values()].some(({ count }) => count > 1);
      return repeats && text.includes(`${String(name)}(`) ? [String(name)] : [];
    });
    expect(Object.keys(duckdbMacros)).toEqual(expect.arrayContaining(repeating));
  });
});

describe("a bound value", () => {
  test.each([
    ["f(kql)", 'f("x" + 1)'],
    ["g(kql, kql)", 'list_transform(["x" + 1], lambda kql_v0: g(kql_v0, kql_v0))[1]'],
    ["TRY(kql)", 'TRY("x" + 1)'],
  ])("%s", (body, sql) => {
    expect(onceSql('"x" + 1', (value) => body.replaceAll("kql", value))).toBe(sql);
  });

  test("a subquery is bound in front of what takes none", () => {
    expect(onceSql("(SELECT 1)", (value) => `TRY(${value})`)).toBe(
      "list_transform([(SELECT 1)], lambda kql_v0: TRY(kql_v0))[1]",
    );
  });

  test("a column is repeated", () => {
    expect(onceSql('"x"', (value) => `g(${value}, ${value})`)).toBe('g("x", "x")');
  });

  test("a text that reads like a bound name stays as it is", () => {
    expect(onceSql('"x" + 1', (value) => `g(${value}, ${value}, 'kql_arg0')`)).toContain(
      "'kql_arg0'",
    );
  });
});

/** Every call of a function in the examples of the registry, once for each number and types of its arguments. */
const calls = callsOfExamples();

describe("a function nested twenty deep", () => {
  test("is written in SQL of linear size, whichever argument it is nested in", () => {
    const growing = calls.flatMap((call) =>
      call.args.flatMap((_, at) => {
        if (mustBeConstant(call, at)) return [];
        const [one, ten, eleven, twenty, next] = [1, 10, 11, 20, 21].map((depth) =>
          exprSql(nested(call, at, depth), context),
        ) as [string, string, string, string, string];
        const step = eleven.length - ten.length;
        const isLinear = next.length - twenty.length <= step + 40;
        const isOnce = leafUses(twenty) <= Math.max(1, leafUses(one));
        return isOnce && isLinear ? [] : [`${call.name}, argument ${at + 1}`];
      }),
    );
    expect(growing).toEqual([]);
  });
});

describe("a query nested twenty deep has an answer", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine();
  });
  afterAll(() => engine.close());

  test.each(
    // oxfmt-ignore
    [
      ["x", (e: string) => `(${e} + y)`], ["x", (e: string) => `(y - ${e})`], ["x", (e: string) => `(${e} * y)`], ["x", (e: string) => `(${e} / y)`],
      ["x", (e: string) => `(y % ${e})`], ["x", (e: string) => `(-${e})`], ["x", (e: string) => `bin(${e}, y)`], ["x", (e: string) => `abs(${e})`],
      ["r", (e: string) => `todouble(tostring(${e}))`], ["t", (e: string) => `datetime_add('month', 1, ${e})`], ["t", (e: string) => `startofmonth(${e})`], ["t", (e: string) => `(${e} + 1h)`],
      ["x", (e: string) => `(${e} + toint(x == y))`], ["x", (e: string) => `(${e} + iff(x == 1, 1, 0))`], ["s", (e: string) => `coalesce(${e}, s)`], ["x", (e: string) => `tolong(${e} != tolong(s))`],
      ["d", (e: string) => `bag_merge(${e}, d)`], ["s", (e: string) => `substring(${e}, x)`], ["s", (e: string) => `tostring(split(${e}, ' ')[0])`], ["r", (e: string) => `round(${e} % 2.5, 1)`],
    ] as const,
  )("from %s, number %$", async (leaf, wrap) => {
    const deep = Array.from({ length: 20 }).reduce<string>((inner) => wrap(inner), leaf);
    const { rows } = await engine.query(
      `datatable(x:long, y:long, r:real, t:datetime, s:string, d:dynamic)[1, 2, 1.5, datetime(2024-01-31), 'a b', dynamic({'a': 1})] | project ${deep}`,
    );
    expect(rows).toHaveLength(1);
  });
});

function callsOfExamples(): readonly Call[] {
  const environment = environmentOf("defender-xdr", {});
  const examples = Object.entries(scalarFunctions)
    .filter(([name]) => !name.startsWith("$"))
    .flatMap(
      ([
        ,
        {
          examples: [first],
        },
      ]) => [first[0]],
    );
  const kql = `print ${examples.join(", ")}`;
  const program = planQuery(bindQuery(plainText("query", kql), environment), environment.catalog);
  const found = new Map<string, Call>();
  const visit = (expr: Expr): void => {
    if (expr.kind === "call")
      found.set(`${expr.name} ${expr.args.map(({ type }) => type).join()}`, expr);
    for (const part of partsOf(expr)) visit(part);
  };
  const visitRel = (rel: Rel): void => {
    for (const expr of exprsOf(rel)) visit(expr);
    for (const child of childrenOf(rel)) visitRel(child);
  };
  visitRel(program.body);
  return [...found.values()];
}

/** `call` in its own argument `at`, `depth` times; a column is innermost. */
function nested(call: Call | AggregateCall, at: number, depth: number): Expr {
  const type = call.args[at]?.type ?? "dynamic";
  let inner: Expr = { kind: "column", name: "leaf", type, span };
  for (let level = 0; level < depth; level++) {
    const args = call.args.map((arg, index) => (index === at ? inner : arg));
    inner = { kind: "cast", operand: { ...call, args }, type, span };
  }
  return inner;
}

/** True for an argument that a translation asks for as a constant. */
function mustBeConstant(call: Call, at: number): boolean {
  const inner = nested(call, at, 1);
  const [outer] = partsOf(inner);
  if (outer?.kind !== "call") return true;
  if (scalarFunctions[call.name]?.refuse?.(outer.args) !== undefined) return true;
  try {
    exprSql(inner, context);
    return false;
  } catch (error) {
    if (error instanceof RefusedCall) return true;
    throw error;
  }
}

/** How often the innermost column is evaluated, with all macros expanded. */
function leafUses(sql: string): number {
  return (
    usesOf(sql.replaceAll('"leaf"', "kql_leaf"), new Set(["kql_leaf"])).get("kql_leaf")?.count ?? 0
  );
}
