import { defined } from "../../../base/defined.ts";
import {
  elementsOf,
  kindOf,
  listOf,
  nameOf,
  present,
  textOf,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import { refuseGraph } from "./graph.ts";

/** Which way an edge of a pattern leads: from its left node to its right one, the other way, or either. */
export type Direction = "right" | "left" | "any";

/** An edge of a pattern between two of its nodes. Those without a name in the query have one that it cannot write. */
export interface PatternEdge {
  readonly name: string;
  readonly direction: Direction;
  readonly left: string;
  readonly right: string;
  /** How many edges it stands for, where that varies. */
  readonly range?: { readonly from: number; readonly to: number };
  /** The number of the sequence in the pattern. */
  readonly sequence: number;
  readonly node: SyntaxNode;
}

export interface Pattern {
  /** Nodes in the order in which they are written, each once. */
  readonly nodes: readonly string[];
  readonly edges: readonly PatternEdge[];
  readonly sequences: number;
}

/** So long a path is not followed: each step is a join. */
const longest = 20;

/** Reads what is between `graph-match` and `where`. */
export function readPattern(patterns: unknown, lowering: Lowering): Pattern {
  const nodes = new Set<string>();
  const edges: PatternEdge[] = [];
  const sequences = elementsOf<Kusto.Language.Syntax.GraphMatchPattern>(patterns);
  let anonymous = 0;
  const nameIn = ({ Name }: { readonly Name: SyntaxNode | null }): string =>
    Name === null ? `$${++anonymous}` : nameOf(Name);
  for (const [sequence, { PatternElements }] of sequences.entries()) {
    let left: string | undefined;
    let open: Omit<PatternEdge, "right"> | undefined;
    for (const element of listOf<SyntaxNode>(PatternElements)) {
      if (kindOf(element) === "GraphMatchPatternNode") {
        const name = nameIn(element as Kusto.Language.Syntax.GraphMatchPatternNode);
        nodes.add(name);
        if (open !== undefined) edges.push({ ...open, right: name });
        left = name;
        continue;
      }
      const edge = element as Kusto.Language.Syntax.GraphMatchPatternEdge;
      const name = nameIn(edge);
      const range = rangeOf(edge, lowering);
      open = {
        name,
        direction: directionOf(edge),
        left: present(left),
        sequence,
        node: edge,
        ...defined({ range }),
      };
    }
  }
  const names = edges.map(({ name }) => name);
  const twice = edges.find(({ name }, at) => names.indexOf(name) !== at || nodes.has(name));
  if (twice !== undefined) {
    refuseGraph({ at: twice.node, lowering }, `\`${twice.name}\` stands for several things in one pattern`, "give each edge a name of its own"); // oxfmt-ignore
  }
  return { nodes: [...nodes], edges, sequences: sequences.length };
}

function directionOf({
  FirstToken,
  LastToken,
}: Kusto.Language.Syntax.GraphMatchPatternEdge): Direction {
  const [first, last] = [FirstToken, LastToken].map((token) =>
    token === null ? "" : textOf(token),
  );
  if (first?.startsWith("<")) return "left";
  return first?.endsWith(">") || last?.endsWith(">") ? "right" : "any";
}

function rangeOf(
  { Range }: Kusto.Language.Syntax.GraphMatchPatternEdge,
  lowering: Lowering,
): PatternEdge["range"] {
  if (Range === null) return undefined;
  const [from, to] = [Range.RangeStart, Range.RangeEnd].map((end) => {
    const value = lowering.scalar(present(end));
    return value.kind === "literal" ? Number(value.value) : Number.NaN;
  }) as [number, number];
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to < 1) {
    refuseGraph({ at: Range, lowering }, `\`${textOf(Range)}\` is no range of numbers`);
  }
  if (to > longest) {
    refuseGraph({ at: Range, lowering }, `paths of more than ${longest} edges have no translation`, `end the range at ${longest} or before`); // oxfmt-ignore
  }
  return { from, to };
}
