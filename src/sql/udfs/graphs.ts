import type { UdfTable } from "./udf.ts";

/** What joins cannot say of a graph. */
export const graphUdfs: UdfTable = {
  kql_graph_components: { takes: ["json", "json", "bool"], gives: "json", call: components },
};

type Pair = readonly [string, string];

/** Each id with the number of its component, those numbered from 0 in the order of their first ids. `ends` are those of one edge after the other. */
function components(
  ends: readonly string[],
  ids: readonly string[],
  strong: boolean,
): readonly (readonly [string, number])[] {
  const sorted = ids.toSorted();
  const pairs = Array.from({ length: ends.length / 2 }, (_, at): Pair => [
    ends[2 * at] ?? "",
    ends[2 * at + 1] ?? "",
  ]);
  const there = neighbours(pairs);
  const back = neighbours(pairs.map(([from, to]) => [to, from] as const));
  const found = new Map<string, number>();
  let count = 0;
  for (const id of sorted) {
    if (found.has(id)) continue;
    for (const member of strong ? strongComponent(id, there, back) : reached(id, [there, back])) {
      found.set(member, count);
    }
    count += 1;
  }
  return sorted.map((id) => [id, found.get(id) ?? -1] as const);
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function neighbours(pairs: readonly Pair[]): Neighbours {
  const result = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    const list = result.get(from);
    if (list === undefined) result.set(from, [to]);
    else list.push(to);
  }
  return result;
}

/** Every node that is reached from `start` along `ways`, itself among them. */
function reached(start: string, ways: readonly Neighbours[]): ReadonlySet<string> {
  const seen = new Set([start]);
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const from = id;
    for (const next of ways.flatMap((way) => way.get(from) ?? [])) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}

/** The nodes from which `start` is reached, and which it reaches. */
function strongComponent(start: string, there: Neighbours, back: Neighbours): readonly string[] {
  const behind = reached(start, [back]);
  return [...reached(start, [there])].filter((id) => behind.has(id));
}
