import { nameOf, present, type Expression } from "../../kql/syntax.ts";
import { columnsOf } from "../columns.ts";
import { columnRef } from "../items.ts";
import { nullOf } from "../outside.ts";
import { uniqueNames } from "../unique-names.ts";
import type { Expr, Item, JoinColumn, Rel } from "../types.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

const numberColumn = "$number";
const rightPrefix = "$right ";

/** `evaluate ipv4_lookup(T, ip, network, keys…, return_unmatched)`: each row with the rows of `T` whose network has its address. */
export function planIpLookup(plugin: PluginCall): Rel {
  const { node, call, input, lowering } = plugin;
  const { positional, named } = argumentsOf(call);
  const [table, address, network, ...extra] = positional;
  const flag = named.get("return_unmatched") ?? extra.find(isFlag);
  const keys = extra.filter((arg) => arg !== flag).map(nameOf);
  const span = lowering.span(node);
  const right = lowering.rel(present(table));
  const keepsUnmatched = flag !== undefined && isTrue(lowering.scalar(flag));
  const left = keepsUnmatched ? numbered(plugin) : input;
  const version = nameOf(present(call.Name)).startsWith("ipv6") ? "ipv6" : "ipv4";
  const matched = matches(left, right, {
    keys,
    address: nameOf(present(address)),
    network: nameOf(present(network)),
    test: `${version}_is_in_range`,
    span,
  });
  const own = columnsOf(input).map(({ name, type }) => ({ name, from: name, type }));
  const found = columnsOf(right)
    .filter(({ name }) => !keys.includes(name))
    .map(({ name, type }) => ({ name, from: rightPrefix + name, type }));
  // Kusto's two plugins differ in what they put first.
  const columns = version === "ipv6" ? [...found, ...own] : [...own, ...found];
  const names = uniqueNames(columns.map(({ name }) => name));
  const items = columns.map(({ name, from, type }, index): Item => ({
    name: names[index] ?? name,
    expr: columnRef({ name: from, type }, span),
  }));
  const pairs: Rel = { kind: "project", input: matched, items, span };
  if (!keepsUnmatched) return pairs;
  const unmatched: Rel = {
    kind: "join",
    join: "leftanti",
    left,
    right: matched,
    on: [{ left: numberColumn, right: numberColumn, nullsMatch: false }],
    columns: columnsOf(left).map(({ name, type }) => ({ name, type, side: "left", column: name })),
    span,
  };
  const alone = items.map(({ name, expr }): Item => ({
    name,
    expr:
      expr.kind === "column" && expr.name.startsWith(rightPrefix) ? nullOf(expr.type, span) : expr,
  }));
  const rest: Rel = { kind: "project", input: unmatched, items: alone, span };
  return { kind: "union", inputs: [pairs, rest], span };
}

function isFlag(node: Expression): boolean {
  return /^(true|false)$/i.test(String(node).trim());
}

function isTrue(expr: Expr): boolean {
  return expr.kind === "literal" && expr.value === true;
}

/** The input under a name of its own, since it is read twice, its rows numbered. */
function numbered({ node, input, lowering }: PluginCall): Rel {
  const span = lowering.span(node);
  const rel: Rel = {
    kind: "window",
    input,
    items: [{ name: numberColumn, window: "number", args: [], type: "long", partitionBy: [] }],
    orderBy: [],
    partitionBy: [],
    span,
  };
  return lowering.bind("$lookup", rel, { materialized: true });
}

interface Match {
  readonly keys: readonly string[];
  readonly address: string;
  readonly network: string;
  readonly test: string;
  readonly span: Expr["span"];
}

/** The pairs of rows that match. The right side's columns have names that no query can write. */
function matches(left: Rel, right: Rel, { keys, address, network, test, span }: Match): Rel {
  const columns: readonly JoinColumn[] = [
    ...columnsOf(left).map((column) => ({ ...column, side: "left" as const, column: column.name })),
    ...columnsOf(right).map(({ name, type }) => ({
      name: rightPrefix + name,
      type,
      side: "right" as const,
      column: name,
    })),
  ];
  const joined: Rel = {
    kind: "join",
    join: "inner",
    left,
    right,
    on: keys.map((key) => ({ left: key, right: key, nullsMatch: true })),
    columns,
    span,
  };
  const args: readonly Expr[] = [
    columnRef({ name: address, type: "string" }, span),
    columnRef({ name: rightPrefix + network, type: "string" }, span),
  ];
  const where: Expr = { kind: "call", name: test, args, type: "bool", span };
  return { kind: "filter", input: joined, where, span };
}
