import { loadKusto } from "../../kql/load.ts";
import {
  elementsOf,
  kindOf,
  listOf,
  nameOf,
  present,
  scalarType,
  spanOf,
  type Expression,
} from "../../kql/syntax.ts";
import type { Lowering, Meaning, Scope } from "../lowering.ts";
import { lookUp } from "../lowering.ts";
import type { Expr, Rel } from "../types.ts";
import { contextFunctions } from "./context-functions.ts";

/** Older and alternative spellings, each with the one the registry knows. */
const aliases: Readonly<Record<string, string>> = {
  any: "take_any",
  anyif: "take_anyif",
  argmax: "arg_max",
  argmin: "arg_min",
  array_strcat: "strcat_array",
  arraylength: "array_length",
  base64_decodestring: "base64_decode_tostring",
  base64_encodestring: "base64_encode_tostring",
  columnifexists: "column_ifexists",
  datepart: "datetime_part",
  extract_json: "extractjson",
  getyear: "getyear",
  iif: "iff",
  notempty: "isnotempty",
  notnull: "isnotnull",
  pack: "bag_pack",
  pack_dictionary: "bag_pack",
  parsejson: "parse_json",
  todynamic: "parse_json",
  toobject: "parse_json",
  toboolean: "tobool",
  toreal: "todouble",
  ceil: "ceiling",
  array_iif: "array_iff",
  extractall: "extract_all",
  make_string: "unicode_codepoints_to_string",
  parseurl: "parse_url",
  parseurlquery: "parse_urlquery",
  to_utf8: "unicode_codepoints_from_string",
};

let aggregateNames: ReadonlySet<string> | undefined;

function isAggregate(name: string): boolean {
  aggregateNames ??= new Set(
    listOf<{ Name: string }>(loadKusto().Language.Aggregates.All).map((symbol) => symbol.Name),
  );
  return aggregateNames.has(name);
}

/** The scalar that a function call gives: a built-in function by its current name, or the body of one that `let` declares. */
export function planFunction(
  node: Kusto.Language.Syntax.FunctionCallExpression,
  lowering: Lowering,
): Expr {
  const written = nameOf(present(node.Name));
  const args = elementsOf(present(node.ArgumentList).Expressions);
  const meaning = lookUp(lowering.scope, written);
  if (meaning?.kind === "function") return planCall(node, meaning, { args, lowering });
  const name = aliases[written] ?? written;
  const context = contextFunctions[name];
  if (context !== undefined) return context(node, args, lowering);
  const call = {
    name,
    args: args.filter((arg) => kindOf(arg) !== "StarExpression").map((arg) => lowering.scalar(arg)),
    type: scalarType(node.ResultType) ?? "dynamic",
    span: lowering.span(node),
  };
  return isAggregate(written) ? { kind: "aggregate", ...call } : { kind: "call", ...call };
}

type FunctionMeaning = Extract<Meaning, { kind: "function" }>;

interface CallSite {
  readonly args: readonly Expression[];
  readonly lowering: Lowering;
}

/** The scalar that a `let` function's body gives for the arguments of `node`. */
export function planCall(node: Expression, meaning: FunctionMeaning, site: CallSite): Expr {
  const { body, lowering } = enter(node, meaning, site);
  const expression = present(body.Expression);
  if (lowering.isTabular(expression)) {
    return lowering.refuse(node, { code: "KT0207", message: "a table stands where a scalar must" });
  }
  return lowering.scalar(expression);
}

/** The table that a `let` function's body gives for the arguments of `node`. */
export function planTableCall(node: Expression, meaning: FunctionMeaning, site: CallSite): Rel {
  const { body, lowering } = enter(node, meaning, site);
  return lowering.rel(present(body.Expression));
}

/** The body of `meaning` as the binder expanded it for this call, and a lowering in which the parameters have values. */
function enter(
  node: Expression,
  meaning: FunctionMeaning,
  { args, lowering }: CallSite,
): { body: Kusto.Language.Syntax.FunctionBody; lowering: Lowering } {
  const expanded = (
    node as Expression & { GetCalledFunctionBody(): Kusto.Language.Syntax.SyntaxNode | null }
  ).GetCalledFunctionBody();
  const body = present(expanded ?? meaning.declaration.Body) as Kusto.Language.Syntax.FunctionBody;
  // The expanded body is a tree of its own, whose offsets begin at its own brace.
  const offset = expanded === null ? meaning.offset - spanOf(body).start : meaning.offset;
  const names = parameterMeanings(meaning, args, lowering);
  const scope: Scope = { names, outer: meaning.scope };
  const inner = lowering.within(scope, offset);
  inner.declare(elementsOf<Kusto.Language.Syntax.Statement>(body.Statements));
  return { body, lowering: inner };
}

function parameterMeanings(
  meaning: FunctionMeaning,
  args: readonly Expression[],
  lowering: Lowering,
): Map<string, Meaning> {
  const parameters = elementsOf<Kusto.Language.Syntax.FunctionParameter>(
    present(meaning.declaration.Parameters).Parameters,
  ).map((parameter) => ({
    name: nameOf(present(present(parameter.NameAndType).Name)),
    fallback: parameter.DefaultValue?.Value ?? undefined,
  }));
  const named = new Map<string, Expression>();
  const positional: Expression[] = [];
  for (const arg of args) {
    if (kindOf(arg) === "SimpleNamedExpression") {
      const { Name, Expression } = arg as Kusto.Language.Syntax.SimpleNamedExpression;
      named.set(nameOf(present(Name)), present(Expression));
    } else {
      positional.push(arg);
    }
  }
  const names = new Map<string, Meaning>();
  parameters.forEach(({ name, fallback }, index) => {
    const arg = named.get(name) ?? positional[index];
    // A default stands in the declaration, where only constants may.
    const value = arg ?? present(fallback);
    names.set(
      name,
      lowering.isTabular(value)
        ? { kind: "table", rel: lowering.rel(value) }
        : { kind: "scalar", expr: lowering.scalar(value) },
    );
  });
  return names;
}
