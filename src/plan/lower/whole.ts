import type { Lowering } from "./lowering.ts";
import type { Rel } from "../ir/types.ts";
import { childrenOf } from "../ir/walk.ts";

/** True where all that `rel` reads can be read by itself: the rows that a subquery of `mv-apply` or `partition` runs over cannot. */
export function isWhole(rel: Rel, lowering: Lowering): boolean {
  if (rel.kind === "reference" && lowering.boundTable(rel.name) === undefined) return false;
  return childrenOf(rel).every((child) => isWhole(child, lowering));
}
