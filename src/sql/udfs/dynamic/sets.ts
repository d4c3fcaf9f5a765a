import { arrayText, elementsOf, identityOf } from "./json-text.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of sets. Several sets arrive as one array of arrays; an element keeps its first place. */
export const setUdfs: UdfTable = {
  kql_set_union: {
    takes: ["text"],
    gives: "text",
    call: (sets: string) => arrayText([...merged(sets).values()]),
  },
  kql_set_intersect: {
    takes: ["text"],
    gives: "text",
    call: (sets: string) => {
      const [first = [], ...others] = listsOf(sets);
      const known = others.map(identities);
      return arrayText(
        distinct(first).filter((each) => known.every((set) => set.has(identityOf(each)))),
      );
    },
  },
  kql_set_difference: {
    takes: ["text"],
    gives: "text",
    call: (sets: string) => {
      const [first = [], ...others] = listsOf(sets);
      const known = identities(others.flat());
      return arrayText(distinct(first).filter((each) => !known.has(identityOf(each))));
    },
  },
  kql_set_has_element: {
    takes: ["text", "text"],
    gives: "bool",
    call: (set: string, value: string) => {
      const elements = elementsOf(set);
      return elements === undefined ? null : identities(elements).has(identityOf(value));
    },
  },
  kql_set_equals: {
    takes: ["text", "text"],
    gives: "bool",
    call: (left: string, right: string) => {
      const [a, b] = [elementsOf(left), elementsOf(right)];
      if (a === undefined || b === undefined) return null;
      const [known, others] = [identities(a), identities(b)];
      return known.size === others.size && [...known].every((each) => others.has(each));
    },
  },
  kql_jaccard_index: {
    takes: ["text", "text"],
    gives: "real",
    call: (left: string, right: string) => {
      const [a, b] = [elementsOf(left), elementsOf(right)];
      if (a === undefined || b === undefined) return null;
      const [known, others] = [identities(a), identities(b)];
      const common = [...known].filter((each) => others.has(each)).length;
      return common / (known.size + others.size - common);
    },
  },
};

function listsOf(sets: string): readonly string[][] {
  return (elementsOf(sets) ?? []).map((set) => elementsOf(set) ?? []);
}

function identities(elements: readonly string[]): ReadonlySet<string> {
  return new Set(elements.map(identityOf));
}

function distinct(elements: readonly string[]): readonly string[] {
  return [...merged(arrayText([arrayText(elements)])).values()];
}

function merged(sets: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const element of listsOf(sets).flat()) {
    const identity = identityOf(element);
    if (!found.has(identity)) found.set(identity, element);
  }
  return found;
}
