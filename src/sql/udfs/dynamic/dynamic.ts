import { bagUdfs } from "./bags.ts";
import {
  arrayText,
  elementsOf,
  identityOf,
  membersOf,
  numberOf,
  objectText,
  stringOf,
  withTimes,
} from "./json-text.ts";
import { rangeUdfs } from "./ranges.ts";
import { setUdfs } from "./sets.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of arrays. They take and give JSON text, so that numbers stay as they are written. */
export const dynamicUdfs: UdfTable = {
  ...bagUdfs,
  ...setUdfs,
  ...rangeUdfs,
  kql_json_times: { takes: ["text"], gives: "text", call: withTimes },
  kql_array_index_of: {
    takes: ["text", "text", "long", "long", "long"],
    gives: "long",
    call: indexOf,
  },
  kql_array_slice: {
    takes: ["text", "long", "long"],
    gives: "text",
    call: (array: string, start: bigint, end: bigint) => {
      const elements = elementsOf(array);
      if (elements === undefined) return null;
      const size = BigInt(elements.length);
      const from = start < 0n ? start + size : start;
      const to = end < 0n ? end + size : end;
      return arrayText(elements.slice(Number(from < 0n ? 0n : from), Math.max(0, Number(to) + 1)));
    },
  },
  kql_array_split: { takes: ["text", "text"], gives: "text", call: split },
  kql_array_rotate: { takes: ["text", "long"], gives: "text", call: rotate },
  // SQL cannot negate the least long.
  kql_array_rotate_right: {
    takes: ["text", "long"],
    gives: "text",
    call: (array: string, right: bigint) => rotate(array, -right),
  },
  kql_array_shift: {
    takes: ["text", "long", "text"],
    gives: "text",
    nulls: true,
    call: (array: string | null, left: bigint | null, filler: string | null) => {
      const elements = elementsOf(array);
      if (elements === undefined || left === null) return null;
      const by = Number(left);
      return arrayText(elements.map((_, at) => elements[at + by] ?? filler ?? "null"));
    },
  },
  kql_array_reverse: {
    takes: ["text"],
    gives: "text",
    call: (array: string) => {
      const elements = elementsOf(array);
      return elements === undefined ? null : arrayText(elements.toReversed());
    },
  },
  kql_array_sort: { takes: ["text", "bool", "bool"], gives: "text", nulls: true, call: sort },
  kql_array_sort_by: { takes: ["text", "bool", "bool"], gives: "text", nulls: true, call: sortBy },
  kql_array_sum: {
    takes: ["text"],
    gives: "real",
    call: (array: string) => {
      const numbers = elementsOf(array)
        ?.filter((element) => element !== "null")
        .map(numberOf);
      if (numbers === undefined) return null;
      return numbers.reduce<number | null>(
        (sum, number) => (sum === null || number === undefined ? null : sum + number),
        0,
      );
    },
  },
  kql_array_iff: { takes: ["text", "text", "text"], gives: "text", nulls: true, call: choose },
  kql_zip: {
    takes: ["text"],
    gives: "text",
    call: (arrays: string) => {
      const lists = (elementsOf(arrays) ?? []).map((array) => elementsOf(array) ?? []);
      const size = Math.max(0, ...lists.map((list) => list.length));
      return arrayText(
        Array.from({ length: size }, (_, at) => arrayText(lists.map((list) => list[at] ?? "null"))),
      );
    },
  },
  kql_dynamic_to_json: { takes: ["text"], gives: "text", call: canonical },
  kql_treepath: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => {
      if (membersOf(text) === undefined && elementsOf(text) === undefined) return null;
      return arrayText([...new Set(pathsOf(text, ""))].map((path) => JSON.stringify(path)));
    },
  },
};

// oxlint-disable-next-line max-params -- the arguments of `array_index_of`
function indexOf(
  array: string,
  value: string,
  start: bigint,
  length: bigint,
  occurrence: bigint,
): bigint | null {
  const elements = elementsOf(array);
  if (elements === undefined) return null;
  const size = BigInt(elements.length);
  const from = start < 0n ? (start + size < 0n ? 0n : start + size) : start;
  const wanted = identityOf(value);
  const places = elements
    .map((element, at) => (identityOf(element) === wanted ? at : -1))
    .filter((at) => at >= from && (length < 0n || at < from + length));
  return BigInt(places[Number(occurrence) - 1] ?? -1);
}

/** `at` is an index or an array of indices; a negative one counts from the end. */
function split(array: string, at: string): string | null {
  const elements = elementsOf(array);
  const indices = (elementsOf(at) ?? [at]).map(numberOf);
  if (elements === undefined) return null;
  const parts: string[] = [];
  let start = 0;
  for (const index of indices) {
    if (index === undefined) return null;
    const end = index < 0 ? Math.max(0, index + elements.length) : index;
    parts.push(arrayText(elements.slice(start, Math.max(start, end))));
    start = Math.max(start, end);
  }
  return arrayText([...parts, arrayText(elements.slice(start))]);
}

/** Numbers before strings before all else; each kind in its order, nulls at the end that `nullsLast` names. */
function sort(array: string | null, descending: boolean, nullsLast: boolean): string | null {
  const elements = elementsOf(array);
  return elements === undefined
    ? null
    : arrayText(sortedPlaces(elements, descending, nullsLast).map((at) => elements[at] ?? "null"));
}

/** Every array of `arrays` in the order that sorts the first; null for one of another length. */
function sortBy(arrays: string | null, descending: boolean, nullsLast: boolean): string | null {
  const lists = (elementsOf(arrays) ?? []).map((array) => elementsOf(array));
  const [first] = lists;
  if (first === undefined) return null;
  const places = sortedPlaces(first, descending, nullsLast);
  return arrayText(
    lists.map((list) =>
      list?.length === first.length ? arrayText(places.map((at) => list[at] ?? "null")) : "null",
    ),
  );
}

function sortedPlaces(
  elements: readonly string[],
  descending: boolean,
  nullsLast: boolean,
): readonly number[] {
  const sign = descending ? -1 : 1;
  const nulls = elements.flatMap((element, at) => (element === "null" ? [at] : []));
  const others = elements
    .map((element, at) => ({ element, at }))
    .filter(({ element }) => element !== "null")
    .toSorted((left, right) => sign * compare(left.element, right.element))
    .map(({ at }) => at);
  return nullsLast ? [...others, ...nulls] : [...nulls, ...others];
}

function compare(left: string, right: string): number {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined || b !== undefined) return a === undefined ? 1 : -1;
  const [s, t] = [stringOf(left), stringOf(right)];
  if (s !== undefined && t !== undefined) return Buffer.compare(Buffer.from(s), Buffer.from(t));
  if (s !== undefined || t !== undefined) return s === undefined ? 1 : -1;
  return 0;
}

/** An element of the second for each true element of the first, of the third for a false one; each may be one value for all. */
function choose(
  conditions: string | null,
  then: string | null,
  other: string | null,
): string | null {
  const elements = elementsOf(conditions);
  if (elements === undefined) return null;
  const pick = (values: string | null, at: number): string => {
    const list = elementsOf(values);
    return (list === undefined ? values : list[at]) ?? "null";
  };
  return arrayText(
    elements.map((condition, at) => {
      const number = numberOf(condition);
      const holds = number === undefined ? condition === "true" : number !== 0;
      if (holds) return pick(then, at);
      return number === undefined && condition !== "false" ? "null" : pick(other, at);
    }),
  );
}

/** The same JSON with the members of every object in the order of their keys. */
function canonical(text: string): string {
  const elements = elementsOf(text);
  if (elements !== undefined) return arrayText(elements.map(canonical));
  const members = membersOf(text);
  if (members === undefined) return text;
  const sorted = [...members].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return objectText(sorted.map(([key, value]) => [key, canonical(value)] as const));
}

/** The paths of all members, those of an array's elements under one path for them all. */
function pathsOf(text: string, base: string): string[] {
  const elements = elementsOf(text);
  if (elements !== undefined) {
    const path = `${base}[0]`;
    return elements.flatMap((element) => [path, ...pathsOf(element, path)]);
  }
  return [...(membersOf(text) ?? [])].flatMap(([key, value]) => {
    const path = `${base}['${key}']`;
    return [path, ...pathsOf(value, path)];
  });
}

function rotate(array: string, left: bigint): string | null {
  const elements = elementsOf(array);
  if (elements === undefined) return null;
  const size = BigInt(Math.max(1, elements.length));
  const by = Number(((left % size) + size) % size);
  return arrayText([...elements.slice(by), ...elements.slice(0, by)]);
}
