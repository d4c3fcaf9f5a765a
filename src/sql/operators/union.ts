import type { Rel, Union } from "../../plan/ir/types.ts";
import type { SqlContext } from "../types.ts";

/** All rows of all inputs. An input over tables without rows has none, and a search reads a thousand of those: they are left out. */
export function unionSql(
  { inputs }: Union,
  from: (input: Rel) => string,
  context: SqlContext,
): string {
  const filled = inputs.filter((input) => !isEmpty(input, context));
  const kept = filled.length === 0 ? inputs.slice(0, 1) : filled;
  return kept.map((input) => `SELECT * FROM ${from(input)}`).join("\nUNION ALL\n");
}

function isEmpty(rel: Rel, context: SqlContext): boolean {
  switch (rel.kind) {
    case "scan":
      return context.stored(rel.table) === undefined;
    case "filter":
    case "extend":
    case "project":
    case "sort":
      return isEmpty(rel.input, context);
    default:
      return false;
  }
}
