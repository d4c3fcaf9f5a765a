import { columnsOf } from "../../ir/columns.ts";
import type { Rel, SortKey } from "../../ir/types.ts";
import { forEachScenario } from "./hidden.ts";

/** A relation whose rows belong to scenarios (`scoped`: it has the hidden columns), or to none. */
export interface Isolated {
  readonly rel: Rel;
  readonly scoped: boolean;
}

/** Isolates one relation, everything below it included. */
export interface Isolator {
  rel(rel: Rel): Isolated;
  /** The order of the rows of a relation that is not isolated, as the function of that name gives it. */
  orderOf(rel: Rel): readonly SortKey[] | undefined;
}

/** Thrown where a construct cannot be isolated exactly. */
export class NotIsolable extends Error {
  override readonly name = "NotIsolable";
}

/** The relation of `isolated` with the hidden columns, in any case. */
export function scope({ rel, scoped }: Isolated): Rel {
  return scoped ? rel : forEachScenario(rel, columnsOf(rel));
}
