import {
  columnsOfNode,
  isOpen,
  rawColumns,
  scalarType,
  type Expression,
} from "../../../kql/syntax.ts";
import type { Column } from "../../../schema/types.ts";
import { columnsOf } from "../../ir/columns.ts";
import type { Lowering } from "../lowering.ts";
import type { Expr, Literal, Rel } from "../../ir/types.ts";

/** Whether data that is outside of the tables is answered for: with no rows, and with null. */
export function answersOutside(lowering: Lowering): boolean {
  return lowering.bound.environment.missingFixtures === "empty";
}

/** Something that no table holds. */
interface Outside {
  /** As the query calls it. */
  readonly what: string;
  /** The fixture that would answer, and what to write there. */
  readonly declare: string;
  readonly lowering: Lowering;
}

/** Stops at something that reads data outside of the tables. */
export function refuseOutside(node: Expression, { what, declare, lowering }: Outside): never {
  return lowering.refuse(node, {
    code: "KT0250",
    message: `\`${what}\` reads data outside of the tables`,
    hint: `declare ${declare}; or answer it with nothing: \`--missing-fixtures empty\``,
  });
}

/** The rows of a table that is outside and that no fixture answers for: none. */
export function outsideTable(node: Expression, outside: Outside): Rel {
  const { lowering } = outside;
  if (!answersOutside(lowering)) return refuseOutside(node, outside);
  const columns = columnsOfNode(node) ?? [];
  return { kind: "values", columns, rows: [], span: lowering.span(node) };
}

/** True where the binder took a name for a column only because the table around it may have any. */
export function isInferred(node: Expression): boolean {
  return (node.ResultType as { Name?: string } | null)?.Name === "unknown";
}

/** The value of a column that only an outside table could have: no row of the query comes from one. */
export function nothing(name: string, span: Expr["span"]): Literal {
  return { kind: "literal", type: inferredType(name), value: null, span };
}

/** The type of a column of which no more than its name is known: every table has its time under one of these. */
function inferredType(name: string): Column["type"] {
  return name === "TimeGenerated" || name === "Timestamp" ? "datetime" : "dynamic";
}

/** `rel` with every column that the binder has come to expect of an open table. */
export function withInferred(rel: Rel, node: Expression): Rel {
  if (!isOpen(node)) return rel;
  const columns = rawColumns(node.ResultType).map(({ name, type }): Column => ({
    name,
    type: scalarType({ Name: type }) ?? inferredType(name),
  }));
  return withColumns(rel, columns);
}

/** `rel` with `columns` too; those it lacks are null. */
export function withColumns(rel: Rel, columns: readonly Column[]): Rel {
  const own = new Set(columnsOf(rel).map(({ name }) => name));
  const items = columns
    .filter(({ name }) => !own.has(name))
    .map(({ name, type }) => ({ name, expr: nullOf(type, rel.span) }));
  return items.length === 0 ? rel : { kind: "extend", input: rel, items, span: rel.span };
}

/** What a column of `type` holds where nothing is known of it. */
export function nullOf(type: Column["type"], span: Expr["span"]): Literal {
  return { kind: "literal", type, value: type === "string" ? "" : null, span };
}
