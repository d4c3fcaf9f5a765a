import { elementsOf, membersOf, objectText, stringOf } from "./json-text.ts";
import type { UdfTable } from "../udf.ts";

/** Functions of property bags. They take and give JSON text. A key that begins with `$.` is a path into the bag. */
export const bagUdfs: UdfTable = {
  // The first bag that has a key gives its value.
  kql_bag_merge: {
    takes: ["text"],
    gives: "text",
    call: (bags: string) => {
      const all = (elementsOf(bags) ?? []).flatMap((bag) => membersOf(bag) ?? []);
      if (all.length === 0) return null;
      const merged = new Map<string, string>();
      for (const [key, value] of all.flatMap((bag) => [...bag])) {
        if (!merged.has(key)) merged.set(key, value);
      }
      return objectText(merged);
    },
  },
  kql_bag_has_key: {
    takes: ["text", "text"],
    gives: "bool",
    call: (bag: string, key: string) => {
      if (membersOf(bag) === undefined) return null;
      let value: string | undefined = bag;
      for (const step of stepsOf(key)) value = membersOf(value ?? null)?.get(step);
      return value !== undefined;
    },
  },
  kql_bag_remove_keys: {
    takes: ["text", "text"],
    gives: "text",
    call: (bag: string, keys: string) => {
      if (membersOf(bag) === undefined) return null;
      const names = (elementsOf(keys) ?? []).flatMap((key) => stringOf(key) ?? []);
      return names.reduce((rest, key) => removeAt(rest, stepsOf(key)), bag);
    },
  },
  kql_bag_set_key: {
    takes: ["text", "text", "text"],
    gives: "text",
    nulls: true,
    call: (bag: string | null, key: string, value: string | null) =>
      membersOf(bag) === undefined ? null : setAt(bag ?? "{}", stepsOf(key), value ?? "null"),
  },
  kql_bag_zip: {
    takes: ["text", "text"],
    gives: "text",
    call: (keys: string, values: string) => {
      const [names, items] = [elementsOf(keys), elementsOf(values)];
      if (names === undefined || items === undefined) return null;
      const bag = new Map<string, string>();
      names.forEach((name, at) => {
        const key = stringOf(name);
        if (key !== undefined && !bag.has(key)) bag.set(key, items[at] ?? "null");
      });
      return objectText(bag);
    },
  },
};

/** The keys on the way that `key` names: `$.a.b`, `$['a'].b`; any other text is one key. */
function stepsOf(key: string): readonly string[] {
  if (!/^\$(?:\.[^.[\]]+|\['[^']*'\]|\["[^"]*"\])+$/.test(key)) return [key];
  return Array.from(
    key.matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\["([^"]*)"\]/g),
    ([, plain, single, double]) => plain ?? single ?? double ?? "",
  );
}

function removeAt(text: string, [step, ...rest]: readonly string[]): string {
  const members = membersOf(text);
  if (members === undefined || step === undefined) return text;
  const value = members.get(step);
  if (value === undefined) return text;
  if (rest.length === 0) members.delete(step);
  else members.set(step, removeAt(value, rest));
  return objectText(members);
}

/** What is set goes to the end. */
function setAt(text: string, [step, ...rest]: readonly string[], value: string): string {
  if (step === undefined) return value;
  const members = membersOf(text) ?? new Map<string, string>();
  if (rest.length > 0) {
    members.set(step, setAt(members.get(step) ?? "{}", rest, value));
  } else {
    members.delete(step);
    members.set(step, value);
  }
  return objectText(members);
}
