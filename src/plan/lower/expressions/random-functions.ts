import {
  kindOf,
  scalarType,
  textOf,
  type Expression,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
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
  const place = `${span.start} ${node.TextStart}`;
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
  if (lowering.windows !== undefined) {
    return lowering.windows.add(
      { window: "number", args: [], type: "long", partitionBy: [] },
      span,
    );
  }
  if (isPrinted(node)) return { kind: "literal", type: "long", value: "1", span };
  return lowering.refuse(node, {
    code: "KT0240",
    message: `\`${name}\` has no translation in this operator`,
    hint: "make it a column with `extend` first",
  });
}

/** True in `print`, whose one row needs no number; what `let` declares may stand anywhere. */
function isPrinted(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at !== null; at = at.Parent) {
    if (kindOf(at) === "PrintOperator") return true;
    if (kindOf(at) === "LetStatement") return false;
  }
  return false;
}
