import { defined } from "../../../base/defined.ts";
import { loadKusto } from "../../../kql/load.ts";
import {
  elementsOf,
  kindOf,
  listOf,
  nameOf,
  present,
  scalarType,
  spanOf,
  type Expression,
} from "../../../kql/syntax.ts";
import { bindConstant } from "../../../kql/constant.ts";
import {
  lookUp,
  usedAt,
  type FunctionParameter,
  type Lowering,
  type Meaning,
  type Scope,
} from "../lowering.ts";
import { requireSize, sharedScalar, sharedTable } from "../sharing.ts";
import { givesColumnsAlone } from "../items.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { contextFunctions } from "./context-functions.ts";
import { windowFunctions } from "./window-functions.ts";

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
  make_dictionary: "make_bag",
  notempty: "isnotempty",
  notnull: "isnotnull",
  pack: "bag_pack",
  pack_dictionary: "bag_pack",
  parsejson: "parse_json",
  todynamic: "parse_json",
  toobject: "parse_json",
  toboolean: "tobool",
  // Of one rank; several give a column each.
  percentiles: "percentile",
  percentilesw: "percentilew",
  toreal: "todouble",
  totime: "totimespan",
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

/** True for a call of the scalar function that is named as an aggregate, `hll_merge(a, b)`. */
function isNamesake({ ReferencedSymbol }: Kusto.Language.Syntax.FunctionCallExpression): boolean {
  const scalars = listOf<unknown>(loadKusto().Language.Functions.All);
  return ReferencedSymbol !== null && scalars.includes(ReferencedSymbol);
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
  const window = windowFunctions[name];
  if (window !== undefined) return window(node, args, lowering);
  const context = contextFunctions[name];
  if (context !== undefined) return context(node, args, lowering);
  const saved = savedFunction(node, lowering);
  if (saved !== undefined) return planCall(node, saved, { args, lowering });
  if (givesColumnsAlone(name)) {
    return lowering.refuse(node, {
      code: "KT0210",
      message: "an expression that gives several columns has no translation here",
    });
  }
  const call = {
    name,
    args: args.filter((arg) => kindOf(arg) !== "StarExpression").map((arg) => lowering.scalar(arg)),
    type: scalarType(node.ResultType) ?? "dynamic",
    span: lowering.span(node),
  };
  if (!isAggregate(written)) return { kind: "call", ...call };
  if (isNamesake(node)) return { kind: "call", ...call, name: written === "hll_merge" ? "$hll-merge" : "$tdigest-merge" }; // oxfmt-ignore
  return { kind: "aggregate", ...call };
}

type FunctionMeaning = Extract<Meaning, { kind: "function" }>;

/** A call: the arguments as they are written, behind the table that is piped in. */
interface CallSite {
  readonly args: readonly Expression[];
  readonly lowering: Lowering;
  readonly piped?: Rel;
}

/** The scalar that a function's body gives for the arguments of `node`. */
export function planCall(node: Expression, meaning: FunctionMeaning, site: CallSite): Expr {
  const { body, lowering } = enter(node, meaning, site);
  const expression = present(body.Expression);
  if (lowering.isTabular(expression)) {
    return lowering.refuse(node, { code: "KT0207", message: "a table stands where a scalar must" });
  }
  return requireSize(lowering.scalar(expression), node, site.lowering);
}

/** The table that a function's body gives for the arguments of `node`. */
export function planTableCall(node: Expression, meaning: FunctionMeaning, site: CallSite): Rel {
  const { body, lowering } = enter(node, meaning, site);
  return lowering.rel(present(body.Expression));
}

/** What the saved function that `node` calls or names stands for; undefined where it is none. */
export function savedFunction(node: Expression, lowering: Lowering): FunctionMeaning | undefined {
  const symbol = node.ReferencedSymbol as Kusto.Language.Symbols.FunctionSymbol | null;
  if (expandedBody(node) === null || symbol === null) return undefined;
  const [signature] = listOf<Kusto.Language.Symbols.Signature>(symbol.Signatures);
  const parameters = listOf<Kusto.Language.Symbols.Parameter>(signature?.Parameters).map(
    ({ Name, DefaultValue }): FunctionParameter =>
      DefaultValue === null
        ? { name: present(Name) }
        : { name: present(Name), fallback: bindConstant(String(DefaultValue)) },
  );
  // It sees no name of the query's, and its text is not the query's.
  const scope: Scope = { names: new Map() };
  const text = lowering.bound.environment.functions?.get(symbol.Name ?? "")?.body;
  const called = { span: lowering.span(node), ...defined({ text }) };
  return { kind: "function", parameters, scope, place: { offset: 0, called } };
}

function expandedBody(node: Expression): Kusto.Language.Syntax.FunctionBody | null {
  const { GetCalledFunctionBody } = node as Expression & {
    GetCalledFunctionBody?(): Kusto.Language.Syntax.SyntaxNode | null;
  };
  return (GetCalledFunctionBody?.call(node) ?? null) as Kusto.Language.Syntax.FunctionBody | null;
}

/** The body of `meaning` as the binder expanded it for this call, and a lowering in which the parameters have values. */
function enter(
  node: Expression,
  meaning: FunctionMeaning,
  site: CallSite,
): { body: Kusto.Language.Syntax.FunctionBody; lowering: Lowering } {
  const expanded = expandedBody(node);
  const body = present(expanded ?? meaning.body);
  // The expanded body is a tree of its own, whose offsets begin at its own brace.
  const place = { ...meaning.place, offset: meaning.place.offset - spanOf(body).start };
  const at = usedAt(node, place, site.lowering);
  const scope: Scope = { names: parameterMeanings(meaning, site), outer: meaning.scope };
  const inner = site.lowering.within(scope, at);
  inner.declare(elementsOf<Kusto.Language.Syntax.Statement>(body.Statements));
  return { body, lowering: inner };
}

function parameterMeanings(
  { parameters }: FunctionMeaning,
  { args, lowering, piped }: CallSite,
): Map<string, Meaning> {
  const named = new Map<string, Expression>();
  // An argument without a name belongs to the parameter of its place, whatever stands before it.
  const positional = new Map<number, Expression>();
  for (const [index, arg] of args.entries()) {
    if (kindOf(arg) === "SimpleNamedExpression") {
      const { Name, Expression } = arg as Kusto.Language.Syntax.SimpleNamedExpression;
      named.set(nameOf(present(Name)), present(Expression));
    } else {
      positional.set(index, arg);
    }
  }
  const names = new Map<string, Meaning>();
  const [first] = parameters;
  if (piped !== undefined && first !== undefined) {
    names.set(first.name, { kind: "table", rel: piped });
  }
  const own = piped === undefined ? parameters : parameters.slice(1);
  own.forEach(({ name, fallback }, index) => {
    const arg = named.get(name) ?? positional.get(index);
    // A default stands in the declaration, where only constants may.
    const value = arg ?? present(fallback);
    names.set(
      name,
      lowering.isTabular(value)
        ? { kind: "table", rel: sharedTable(name, value, lowering) }
        : sharedScalar(name, value, lowering),
    );
  });
  return names;
}
