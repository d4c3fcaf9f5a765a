import { arrayText, elementsOf, identityOf, membersOf, objectText } from "./json-text.ts";
import type { UdfTable } from "../udf.ts";

/** What gathers the values of a group. Arrays and bags come and go as JSON text, so that no number loses a digit. */
export const listUdfs: UdfTable = {
  kql_array_head: {
    takes: ["text", "long"],
    gives: "text",
    call: (array: string, count: bigint) => head(elementsOf(array) ?? [], count),
  },
  kql_array_distinct: {
    takes: ["text", "long"],
    gives: "text",
    call: (array: string, count: bigint) => head(distinct(elementsOf(array) ?? []), count),
  },
  kql_merged_bag: { takes: ["text", "long"], gives: "text", call: mergedBag },
};

function head(elements: readonly string[], count: bigint): string {
  return arrayText(elements.slice(0, count < 0n ? 0 : Number(count)));
}

/** Each value once, where it comes first. */
function distinct(elements: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const element of elements) {
    const identity = identityOf(element);
    if (!found.has(identity)) found.set(identity, element);
  }
  return [...found.values()];
}

/** The bags of an array in one; the first that has a key decides its value, and what is no bag is left out. */
function mergedBag(array: string, count: bigint): string {
  const merged = new Map<string, string>();
  for (const bag of elementsOf(array) ?? []) {
    for (const [key, value] of membersOf(bag) ?? []) {
      if (!merged.has(key) && merged.size < count) merged.set(key, value);
    }
  }
  return objectText(merged);
}
