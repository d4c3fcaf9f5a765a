import {
  kindOf,
  nameOf,
  present,
  scalarType,
  textOf,
  type Expression,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import { lookUp, type Lowering, type Scope } from "../lowering.ts";
import type { Expr } from "../../ir/types.ts";

/** Functions that give another value for each row, and whether a call of theirs makes a program draw. */
export const randomFunctions: ReadonlySet<string> = new Set(["rand", "new_guid"]);

/**
 * A call whose value is drawn from the instant of the run, the place of the call and the row's number: the first two
 * arguments are the place and the number, then come those that are written.
 */
export function planRandom(
  node: Expression,
  args: readonly Expression[],
  lowering: Lowering,
): Expr {
  const name = textOf(node).split("(", 1)[0]?.trim() ?? "";
  const span = lowering.span(node);
  const uses = (lowering.place.uses ?? []).map(({ TextStart }) => TextStart);
  const place = [span.start, node.TextStart, ...uses].join(" ");
  return {
    kind: "call",
    name,
    args: [
      { kind: "literal", type: "string", value: place, span },
      rowNumber(node, name, lowering),
      ...args.map((arg) => lowering.scalar(arg)),
    ],
    type: scalarType(node.ResultType) ?? "real",
    span,
  };
}

function rowNumber(node: Expression, name: string, lowering: Lowering): Expr {
  const span = lowering.span(node);
  if (lowering.place.isOnce === true) {
    return { kind: "literal", type: "long", value: "1", span };
  }
  if (lowering.windows !== undefined) {
    return lowering.windows.add(
      { window: "number", args: [], type: "long", partitionBy: [] },
      span,
    );
  }
  if (isPrinted(node, lowering)) return { kind: "literal", type: "long", value: "1", span };
  return lowering.refuse(node, {
    code: "KT0240",
    message: `\`${name}\` has no translation in this operator`,
    hint: "make it a column with `extend` first",
  });
}

/** True where `node` draws, in itself or by a name of `scope`; what `toscalar` is given draws by itself. */
export function draws(node: SyntaxNode, scope: Scope): boolean {
  const kind = kindOf(node);
  if (kind === "ToScalarExpression") return false;
  if (kind === "FunctionCallExpression" || kind === "NameReference") {
    const name = nameOf(kind === "NameReference" ? node : present((node as Call).Name));
    const meaning = lookUp(scope, name);
    if (meaning?.kind === "calculation") return true;
    if (meaning?.kind === "function" && meaning.body !== undefined) {
      if (draws(meaning.body, meaning.scope)) return true;
    } else if (meaning === undefined && kind === "FunctionCallExpression") {
      if (randomFunctions.has(name)) return true;
    }
  }
  return childrenOf(node).some((child) => draws(child, scope));
}

type Call = Kusto.Language.Syntax.FunctionCallExpression;

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return Array.from({ length: node.ChildCount }, (_, at) => node.GetChild(at)).filter(
    (child) => child !== null && child.ChildCount > 0,
  ) as readonly SyntaxNode[];
}

/** True in `print`, whose one row needs no number; what `let` declares is where it is used. */
function isPrinted(node: SyntaxNode, { place: { uses = [] } }: Lowering): boolean {
  for (const start of [node, ...uses.toReversed()]) {
    for (let at: SyntaxNode | null = start; at !== null; at = at.Parent) {
      if (kindOf(at) === "LetStatement") break;
      if (kindOf(at).endsWith("Operator")) return kindOf(at) === "PrintOperator";
    }
  }
  return false;
}
