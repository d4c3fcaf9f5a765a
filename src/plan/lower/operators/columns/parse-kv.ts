import { elementsOf, nameOf, present, type NamedParameter } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { columnRef, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Expr, Item, Rel } from "../../../ir/types.ts";
import { converted } from "./parse.ts";
import { patternParts, type PatternColumn } from "./parse-pattern.ts";

/** What `parse-kv` is told of the text, and which function reads it so. */
interface KvFormat {
  readonly reader: string;
  readonly told: string;
}

const pairsName = "$pairs";

/** `parse-kv`: the value of each key where it stands first in the text; none where it does not. */
export function planParseKv(
  node: Kusto.Language.Syntax.ParseKvOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const span = lowering.span(node);
  const columns = patternParts(elementsOf(present(node.Keys).Columns)) as readonly PatternColumn[];
  const text = lowering.over(input).scalar(present(node.Expression));
  const source: Expr =
    text.type === "string"
      ? text
      : { kind: "cast", operand: text, type: "string", span: text.span };
  const properties = elementsOf<NamedParameter>(node.WithClause?.Properties);
  const regex = valueOf(properties, "regex", lowering);
  const keys = columns.map(({ name }) => name);
  const { reader, told } =
    regex === undefined
      ? formatOf(node, keys, { properties, lowering })
      : { reader: "$pairs-of-regex", told: textOf(regex) };
  const pairs: Expr = {
    kind: "call",
    name: reader,
    args: [source, literal(told, span)],
    type: "dynamic",
    span,
  };
  const read: Rel = { kind: "extend", input, items: [{ name: pairsName, expr: pairs }], span };
  const extended: Rel = {
    kind: "extend",
    input: read,
    items: columns.map((column) => valueItem(column, span)),
    span,
  };
  const shown = columnsOf(extended).filter(({ name }) => name !== pairsName);
  return { kind: "project", input: extended, items: keep(shown, span), span };
}

function literal(value: string, span: Rel["span"]): Expr {
  return { kind: "literal", type: "string", value, span };
}

function valueItem({ name, type }: PatternColumn, span: Rel["span"]): Item {
  const found: Expr = {
    kind: "member",
    object: columnRef({ name: pairsName, type: "dynamic" }, span),
    key: literal(name, span),
    type: "dynamic",
    span,
  };
  return { name, expr: converted({ kind: "cast", operand: found, type: "string", span }, type) };
}

/** The constant of the property `name`; undefined where there is none. */
function valueOf(
  properties: readonly NamedParameter[],
  name: string,
  lowering: Lowering,
): Expr | undefined {
  const [first] = valuesOf(properties, name, lowering);
  return first;
}

function valuesOf(
  properties: readonly NamedParameter[],
  name: string,
  lowering: Lowering,
): readonly Expr[] {
  return properties
    .filter((property) => nameOf(present(property.Name)) === name)
    .map((property) => lowering.scalar(present(property.Expression)));
}

function textOf(expr: Expr): string {
  return expr.kind === "literal" ? String(expr.value ?? "") : "";
}

interface Properties {
  readonly properties: readonly NamedParameter[];
  readonly lowering: Lowering;
}

function formatOf(
  node: Kusto.Language.Syntax.ParseKvOperator,
  keys: readonly string[],
  { properties, lowering }: Properties,
): KvFormat {
  const texts = (name: string): readonly string[] =>
    valuesOf(properties, name, lowering).map((value) => textOf(value));
  const [pair = ""] = texts("pair_delimiter");
  const [kv = ""] = texts("kv_delimiter");
  const wrapping = { quotes: texts("quote"), escapes: texts("escape") };
  const greedyValue = valueOf(properties, "greedy", lowering);
  const greedy = greedyValue?.kind === "literal" && greedyValue.value === true;
  if (pair === "" && kv === "" && !greedy) {
    return { reader: "$word-pairs", told: JSON.stringify({ keys, ...wrapping }) };
  }
  if (pair === "" || kv === "") {
    return lowering.refuse(node, {
      code: "KT0235",
      message: "`parse-kv` with one delimiter alone has no translation",
      hint: "name both: `with (pair_delimiter=',', kv_delimiter='=')`",
    });
  }
  return { reader: "$pairs", told: JSON.stringify({ pair, kv, greedy, ...wrapping }) };
}
