import { array, assert, asyncProperty, constantFrom, option, record, tuple } from "fast-check";
import { expect, test } from "vitest";
import { rowsOf } from "../../support/engine.ts";

/** An edge of a graph, and one of a pattern: `range` where its length varies. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly number: number;
}
interface Step {
  readonly direction: "right" | "left" | "any";
  readonly range: readonly [number, number] | undefined;
}
interface Walk {
  readonly edges: readonly Edge[];
  readonly nodes: readonly string[];
}

const marks = { right: ["-[", "]->"], left: ["<-[", "]-"], any: ["-[", "]-"] } as const;

/** Every walk of so many edges from `node`, one step after the other. */
function walks(graph: readonly Edge[], node: string, length: number, step: Step): readonly Walk[] {
  if (length === 0) return [{ edges: [], nodes: [node] }];
  return walks(graph, node, length - 1, step).flatMap(({ edges, nodes }) =>
    graph.flatMap((edge) => {
      const ends = [
        ...(step.direction === "left" ? [] : [[edge.from, edge.to] as const]),
        ...(step.direction === "right" ? [] : [[edge.to, edge.from] as const]),
      ];
      return ends
        .filter(([from]) => from === nodes.at(-1))
        .map(([, to]) => ({ edges: [...edges, edge], nodes: [...nodes, to] }));
    }),
  );
}

/** What a pattern of `steps` finds: the ids of its nodes and the numbers of its edges. */
function expected(
  graph: readonly Edge[],
  steps: readonly Step[],
  cycles: string,
): readonly string[] {
  // oxfmt-ignore
  let found: readonly (readonly Walk[])[] = [...new Set(graph.flatMap(({ from, to }) => [from, to]))].map((node) => [{ edges: [], nodes: [node] }]); // oxfmt-ignore
  for (const step of steps) {
    const [least, most] = step.range ?? [1, 1];
    const lengths = Array.from({ length: most - least + 1 }, (_, at) => least + at);
    found = found.flatMap((match) =>
      lengths.flatMap((length) =>
        walks(graph, match.at(-1)?.nodes.at(-1) ?? "", length, step).map((walk) => [
          ...match,
          walk,
        ]),
      ),
    );
  }
  return found
    .filter((match) => {
      const edges = match.flatMap((walk) => walk.edges);
      const nodes = match.flatMap((walk, at) => (at === 0 ? walk.nodes : walk.nodes.slice(1)));
      if (cycles === "none") return new Set(nodes).size === nodes.length;
      return cycles === "all" || new Set(edges).size === edges.length;
    })
    .map((match) =>
      JSON.stringify([
        ...match.map(({ nodes }) => nodes.at(-1)),
        ...match.slice(1).map(({ edges }) => edges.map(({ number }) => number)),
      ]),
    ) // oxfmt-ignore
    .toSorted();
}

const node = constantFrom("a", "b", "c");
const graphs = array(tuple(node, node), { minLength: 1, maxLength: 6 })
  .map((pairs) =>
    pairs
      .filter(([from, to]) => from !== to)
      .map(([from, to], number): Edge => ({ from, to, number })),
  ) // oxfmt-ignore
  .filter((edges) => edges.length > 0);
const step = record<Step>({
  direction: constantFrom("right", "left", "any"),
  range: option(constantFrom([0, 1] as const, [1, 2] as const, [2, 3] as const), { nil: undefined }), // oxfmt-ignore
});

test("a pattern finds the walks that go along it, and no others", async () => {
  const patterns = array(step, { minLength: 1, maxLength: 2 }).filter((steps) => steps.filter(({ range }) => range?.[0] === 0).length < 2); // oxfmt-ignore
  const property = asyncProperty(
    graphs,
    patterns,
    constantFrom("all", "none", "unique_edges"),
    async (graph, steps, cycles) => {
      // oxfmt-ignore
      const table = graph.map(({ from, to, number }) => `'${from}', '${to}', ${number}`).join(", ");
      const pattern = steps.map(({ direction, range }, at) => {
        const [open, close] = marks[direction];
        return `${open}e${at}${range === undefined ? "" : `*${range[0]}..${range[1]}`}${close}(p${at + 1})`;
      });
      const ids = [...steps, undefined].map((_, at) => `p${at}.id`);
      const numbers = steps.map(({ range }, at) => `x${at} = ${range === undefined ? `pack_array(e${at}.n)` : `map(e${at}, n)`}`); // oxfmt-ignore
      const kql = `datatable(f:string, t:string, n:long)[${table}] | make-graph f --> t with_node_id=id | graph-match cycles=${cycles} (p0)${pattern.join("")} project ${[...ids, ...numbers].join(", ")}`;
      const rows = (await rowsOf(kql)).map((row) => JSON.stringify(row)).toSorted();
      expect(rows, kql).toEqual(expected(graph, steps, cycles));
    },
  );
  await assert(property, { numRuns: 60, seed: 1102 });
}, 60_000);
