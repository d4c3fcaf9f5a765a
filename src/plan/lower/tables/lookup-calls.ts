import { enrichmentOf } from "../../../kql/functions/enrichments.ts";
import { lookupColumns } from "../../../kql/functions/fixture-functions.ts";
import { elementsOf, nameOf, present } from "../../../kql/syntax.ts";
import type { FixtureTable } from "../../../schema/fixtures.ts";
import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import { fixtureScan, fixturesOf } from "./fixture-scans.ts";
import { columnRef } from "../items.ts";
import type { Lowering } from "../lowering.ts";
import { nullOf } from "./missing-fixtures.ts";
import type { Expr, Item, JoinColumn, Rel } from "../../ir/types.ts";

type Call = Kusto.Language.Syntax.FunctionCallExpression;

/** `invoke FileProfile(SHA1)` over the rows that are declared for the function; undefined where none are. */
export function planLookupCall(call: Call, input: Rel, lowering: Lowering): Rel | undefined {
  const name = nameOf(present(call.Name));
  const { functions = {} } = fixturesOf(lowering);
  const table = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (table === undefined) return undefined;
  const keys = enrichmentOf(name)?.keys ?? table.columns.slice(0, 1).map((column) => column.name);
  const written = writtenKey(call, lowering) ?? keys[0] ?? "";
  const left = columnsOf(input).find((column) => column.name === written);
  // `InitiatingProcessSHA256` is found by the SHA256 of the rows.
  const key = keys.find((candidate) => written.endsWith(candidate)) ?? keys[0] ?? "";
  const right = table.columns.find((column) => column.name === key);
  if (left === undefined) {
    const message = `the rows have no column \`${written}\` for \`${name}\` to look up`;
    return lowering.refuse(call, { code: "KT0731", message });
  }
  if (right?.type !== left.type) {
    const message =
      right === undefined
        ? `the fixture of \`${name}\` has no column \`${key}\` to find rows by`
        : `\`${written}\` is of type ${left.type}, \`${key}\` in the fixture of \`${name}\` of type ${right.type}`;
    return lowering.refuse(call, { code: "KT0731", message });
  }
  const adds = addedColumns(name, table);
  return joined(call, { input, left, right, adds, table, name, lowering });
}

function addedColumns(name: string, table: FixtureTable): readonly Column[] {
  const enrichment = enrichmentOf(name);
  if (enrichment === undefined) return lookupColumns(table);
  return Object.entries(enrichment.adds).map(([column, type]) => ({ name: column, type }));
}

/** The column that the call names as its first argument, in a text or bare. */
function writtenKey(call: Call, lowering: Lowering): string | undefined {
  const [first] = elementsOf(present(call.ArgumentList).Expressions);
  if (first === undefined) return undefined;
  const value = (first as { ConstantValue?: unknown }).ConstantValue;
  if (typeof value === "string" && value !== "") return value;
  // A bare name was blanked for the binder, which knows no columns here.
  return /\(\s*([A-Za-z_]\w*)/.exec(lowering.written(call))?.[1];
}

interface Lookup {
  readonly input: Rel;
  readonly left: Column;
  readonly right: Column;
  readonly adds: readonly Column[];
  readonly table: FixtureTable;
  readonly name: string;
  readonly lowering: Lowering;
}

/** Says of a row whether one was found for it. */
const foundColumn = "$found";

/** The input with the columns that it lacks, from the row that its key finds. Its own stay as they are. */
function joined(call: Call, { input, left, right, adds, table, name, lowering }: Lookup): Rel {
  const span = lowering.span(call);
  const own = columnsOf(input);
  const added = adds.filter((column) => own.every((each) => each.name !== column.name));
  const given = new Set(table.columns.map((column) => column.name));
  const from = added.filter((column) => given.has(column.name));
  const scan = fixtureScan(
    call,
    { kind: "lookup", name, key: right.name },
    { columns: [right, ...from.filter((column) => column.name !== right.name)], lowering },
  );
  const columns: readonly JoinColumn[] = [
    ...own.map((column) => ({ ...column, side: "left" as const, column: column.name })),
    ...from.map((column) => ({ ...column, side: "right" as const, column: column.name })),
    { name: foundColumn, type: right.type, side: "right", column: right.name },
  ];
  const rel: Rel = {
    kind: "join",
    join: "leftouter",
    left: input,
    right: scan,
    on: [{ left: left.name, right: right.name, nullsMatch: false }],
    columns,
    span,
  };
  const items = [...own, ...added].map((column): Item => {
    const isThere = own.includes(column) || from.includes(column);
    const expr = isThere ? columnRef(column, span) : nullOf(column.type, span);
    const isState = name === "FileProfile" && column.name === "ProfileAvailability";
    return {
      name: column.name,
      expr: isState && added.includes(column) ? availability(expr, left, right) : expr,
    };
  });
  return { kind: "project", input: rel, items, span };
}

/** What the service says of a profile: of a file that is not declared it has none, and without a hash there is nothing to ask for. */
function availability(declared: Expr, key: Column, found: Column): Expr {
  const { span } = declared;
  const text = (value: string): Expr => ({ kind: "literal", type: "string", value, span });
  const call = (name: string, type: "string" | "bool", args: readonly Expr[]): Expr => ({
    kind: "call",
    name,
    args,
    type,
    span,
  });
  const isEmpty = (expr: Expr): Expr => call("isempty", "bool", [expr]);
  const wasFound = { name: foundColumn, type: found.type };
  const state = call("iff", "string", [isEmpty(declared), text("Available"), declared]);
  const known = call("iff", "string", [isEmpty(columnRef(wasFound, span)), text("Missing"), state]);
  return call("iff", "string", [isEmpty(columnRef(key, span)), text(""), known]);
}
