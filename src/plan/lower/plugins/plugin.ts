import {
  elementsOf,
  kindOf,
  nameOf,
  present,
  type Expression,
  type SyntaxNode,
} from "../../../kql/syntax.ts";
import type { Discovery, Rel } from "../../ir/types.ts";
import type { Lowering } from "../lowering.ts";
import { isInferred } from "../tables/missing-fixtures.ts";
import { isWhole } from "../whole.ts";

/** A call of a plugin by `evaluate`. */
export interface PluginCall {
  readonly node: Kusto.Language.Syntax.EvaluateOperator;
  readonly call: Kusto.Language.Syntax.FunctionCallExpression;
  readonly input: Rel;
  readonly lowering: Lowering;
}

export type Plugin = (call: PluginCall) => Rel;

/** The arguments of a call: those without a name in order, and those with one. */
export function argumentsOf(call: PluginCall["call"]): {
  readonly positional: readonly Expression[];
  readonly named: ReadonlyMap<string, Expression>;
} {
  const named = new Map<string, Expression>();
  const positional: Expression[] = [];
  for (const arg of elementsOf(present(call.ArgumentList).Expressions)) {
    if (kindOf(arg) === "SimpleNamedExpression") {
      const { Name, Expression } = arg as Kusto.Language.Syntax.SimpleNamedExpression;
      named.set(nameOf(present(Name)), present(Expression));
    } else {
      positional.push(arg);
    }
  }
  return { positional, named };
}

/** Leaves it to a run to find out which columns the call gives; until then it gives none but those of `rel`. */
export function discoverLater(
  { node, call, lowering }: PluginCall,
  { rel, probe, finds }: { rel: Rel } & Pick<Discovery, "probe" | "finds">,
): Rel {
  const span = lowering.span(call);
  if (lowering.place.called !== undefined || !isWhole(probe, lowering)) {
    const saved = lowering.place.called !== undefined;
    return lowering.refuse(node, {
      code: "KT0258",
      message: `columns that depend on data have no translation inside of a ${saved ? "saved function" : "subquery"}`,
      hint: "write the columns behind the call: `evaluate bag_unpack(d) : (*, Name:string)`",
    });
  }
  const expected = expectedNames(lowering.bound.root, span.end);
  lowering.discover({ at: span.end, span, probe, finds, again: [], expected });
  return rel;
}

/** The names between `from` and the next plugin's call that the binder takes for columns without knowing them. */
function expectedNames(root: SyntaxNode, from: number): readonly string[] {
  const names: { readonly name: string; readonly at: number }[] = [];
  let next = Number.POSITIVE_INFINITY;
  const visit = (node: SyntaxNode): void => {
    const kind = kindOf(node);
    // What the next one is called with still comes from this one.
    if (kind === "EvaluateOperator" && node.TextStart > from) next = Math.min(next, node.End);
    if (kind === "NameReference" && node.TextStart > from && isInferred(node as Expression)) {
      names.push({ name: nameOf(node), at: node.TextStart });
    }
    for (let index = 0; index < node.ChildCount; index++) {
      const child = node.GetChild(index);
      if (child !== null && child.ChildCount > 0) visit(child);
    }
  };
  visit(root);
  return [...new Set(names.filter(({ at }) => at < next).map(({ name }) => name))];
}
