import { elementsOf, kindOf, nameOf, present, type Expression } from "../../kql/syntax.ts";
import {
  copyOf,
  lookUp,
  type Lowering,
  type Meaning,
  type PatternCase,
  type Place,
} from "./lowering.ts";
import type { Rel } from "../ir/types.ts";

/** `declare pattern`: tables by the texts that a call of it names. One without a definition has no cases. */
export function patternOf(
  { Pattern }: Kusto.Language.Syntax.PatternStatement,
  { lowering, place }: { lowering: Lowering; place: Place },
): Meaning {
  const cases = elementsOf<Kusto.Language.Syntax.PatternMatch>(Pattern?.Patterns).map(
    ({ ParameterValues, PathValue, Body }): PatternCase => ({
      texts: constantTexts(present(ParameterValues), lowering),
      path: PathValue === null ? undefined : constantText(present(PathValue.Value), lowering),
      body: present(Body),
    }),
  );
  return { kind: "pattern", cases, scope: copyOf(lowering.scope), place };
}

/** The table of a call of a pattern; undefined where `node` is no such call. */
export function planPattern(node: Expression, lowering: Lowering): Rel | undefined {
  const { call, selector } = callOf(node);
  const name = call === undefined ? undefined : nameOf(present(call.Name));
  const meaning = name === undefined ? undefined : lookUp(lowering.scope, name);
  if (call === undefined || meaning?.kind !== "pattern") return undefined;
  const texts = constantTexts(present(call.ArgumentList), lowering);
  const found = meaning.cases.find(
    (each) =>
      each.path === selector &&
      each.texts.length === texts.length &&
      each.texts.every((text, index) => text === texts[index]),
  );
  // The binder takes literals alone, and refuses what no case is for.
  const { body } = present(found);
  const inner = lowering.within({ names: new Map(), outer: meaning.scope }, meaning.place);
  inner.declare(elementsOf<Kusto.Language.Syntax.Statement>(body.Statements));
  return inner.rel(present(body.Expression));
}

/** The call in `pattern("a")`, `pattern("a").path` or `pattern("a").["path"]`, and its path. */
function callOf(node: Expression): {
  readonly call?: Kusto.Language.Syntax.FunctionCallExpression;
  readonly selector?: string;
} {
  switch (kindOf(node)) {
    case "FunctionCallExpression":
      return { call: node as Kusto.Language.Syntax.FunctionCallExpression };
    case "PathExpression": {
      const { Expression, Selector } = node as Kusto.Language.Syntax.PathExpression;
      const selector = present(Selector);
      if (kindOf(selector) !== "NameReference") return {};
      return { ...callOf(present(Expression)), selector: nameOf(selector) };
    }
    default:
      return {};
  }
}

function constantTexts(
  { Expressions }: { readonly Expressions: unknown },
  lowering: Lowering,
): readonly string[] {
  return elementsOf(Expressions).map((value) => constantText(value, lowering));
}

function constantText(node: Expression, lowering: Lowering): string {
  const value = lowering.scalar(node);
  return value.kind === "literal" ? String(value.value ?? "") : "";
}
