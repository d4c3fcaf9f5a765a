import { listOf, parameterText, present, type SyntaxNode } from "../../../../kql/syntax.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { columnRef, keep } from "../../items.ts";
import type { Lowering } from "../../lowering.ts";
import type { Expr, Item, Rel } from "../../../ir/types.ts";
import {
  groupName,
  patternParts,
  patternRegex,
  type ParseKind,
  type PatternColumn,
  type PatternPart,
} from "./parse-pattern.ts";

type ParseNode = Kusto.Language.Syntax.ParseOperator | Kusto.Language.Syntax.ParseWhereOperator;

/** `parse`: a row whose text does not have the pattern keeps its place, without values. */
export function planParse(
  node: Kusto.Language.Syntax.ParseOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const parsed = readPattern(node, input, lowering);
  return parsed.columns.length === 0 ? input : withColumns(parsed);
}

/** `parse-where`: only the rows whose text has the pattern. */
export function planParseWhere(
  node: Kusto.Language.Syntax.ParseWhereOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  const parsed = readPattern(node, input, lowering);
  if (parsed.kind === "relaxed") {
    return lowering.refuse(node, {
      code: "KT0233",
      message: "`parse-where kind=relaxed` has no translation",
      hint: "use `parse kind=relaxed` with a `where` behind it",
    });
  }
  return withColumns(parsed, true);
}

interface Parsed {
  readonly kind: ParseKind;
  readonly input: Rel;
  readonly source: Expr;
  readonly regex: Expr;
  readonly columns: readonly PatternColumn[];
  readonly span: Rel["span"];
}

function readPattern(node: ParseNode, input: Rel, lowering: Lowering): Parsed {
  const span = lowering.span(node);
  const kind = kindOfParse(node);
  const flags = parameterText(node.Parameters, "flags") ?? "";
  if (!/^[Umsi]*$/.test(flags)) {
    return lowering.refuse(node, {
      code: "KT0233",
      message: `\`flags=${flags}\` has no translation`,
      hint: "the flags are `U`, `m`, `s` and `i`",
    });
  }
  const parts = patternParts(listOf<SyntaxNode>(node.Patterns));
  refuseUnclear(parts, { kind, flags, lowering });
  const text = lowering.over(input).scalar(present(node.Expression));
  const source: Expr =
    text.type === "string"
      ? text
      : { kind: "cast", operand: text, type: "string", span: text.span };
  const regex = stringLiteral(patternRegex(parts, { kind, flags }), span);
  const columns = parts.filter((part) => part.kind === "column");
  return { kind, input, source, regex, columns, span };
}

/** The parser takes no other kind than these. */
function kindOfParse({ Parameters }: ParseNode): ParseKind {
  const written = parameterText(Parameters, "kind");
  return written === "regex" || written === "relaxed" ? written : "simple";
}

interface PatternSite {
  readonly kind: ParseKind;
  readonly flags: string;
  readonly lowering: Lowering;
}

/** Types of which it is known how `parse kind=regex` finds their end. */
const regexTypes: ReadonlySet<string> = new Set(["string", "int", "long", "datetime"]);

/** Refuses a column of which it is not known where its value ends. */
function refuseUnclear(
  parts: readonly PatternPart[],
  { kind, flags, lowering }: PatternSite,
): void {
  parts.forEach((part, at) => {
    if (part.kind !== "column") return;
    const next = parts[at + 1];
    const isWhole = part.type === "int" || part.type === "long";
    const isUnclear =
      (next?.kind === "star" && !isWhole) ||
      (kind === "regex" && !regexTypes.has(part.type)) ||
      // Of a pattern that prefers short matches, the last would be empty.
      (kind === "regex" && flags.includes("U") && next === undefined && !isWhole);
    if (!isUnclear) return;
    lowering.refuse(part.node, {
      code: "KT0234",
      message: `where the value of \`${part.name}\` ends is not known`,
      hint: "parse it as a `string` up to a text behind it, and convert it in an `extend`",
    });
  });
}

function stringLiteral(value: string, span: Rel["span"]): Expr {
  return { kind: "literal", type: "string", value, span };
}

/** Adds the columns; with `filters` it drops the rows without the pattern. */
function withColumns(parsed: Parsed, filters = false): Rel {
  const { input, source, columns, span } = parsed;
  // The text is looked at once for every column: it is computed in front of them.
  const textName = "$parsed";
  const isColumn = source.kind === "column";
  const text = isColumn ? source : columnRef({ name: textName, type: "string" }, span);
  const texts: Rel = isColumn
    ? input
    : { kind: "extend", input, items: [{ name: textName, expr: source }], span };
  const read = { ...parsed, source: text, filters };
  const isStrict = parsed.kind !== "relaxed" && columns.some(({ type }) => type !== "string");
  const added: Rel =
    isStrict || filters
      ? checked(texts, columns, read)
      : {
          kind: "extend",
          input: texts,
          items: columns.map(({ name, type }, at) => ({
            name,
            expr: converted(textOf(at, read), type),
          })),
          span,
        };
  const names = [
    ...columnsOf(input),
    ...columns.filter(({ name }) => !columnsOf(input).some((column) => column.name === name)),
  ].map(({ name }) => name);
  const types = new Map(columnsOf(added).map(({ name, type }) => [name, type]));
  const shown = names.map((name) => ({ name, type: types.get(name) ?? "dynamic" }) as const);
  if (shown.length === columnsOf(added).length) return added;
  return { kind: "project", input: added, items: keep(shown, span), span };
}

/** The text that one column has where the whole has the pattern. */
function textOf(index: number, { source, regex, span }: Parsed): Expr {
  return {
    kind: "call",
    name: "extract",
    args: [regex, stringLiteral(groupName(index), span), source],
    type: "string",
    span,
  };
}

/** Parsed text as `type`. */
export function converted(text: Expr, type: Expr["type"]): Expr {
  if (type === "string") return text;
  if (type === "dynamic") {
    return { kind: "call", name: "parse_json", args: [text], type, span: text.span };
  }
  return { kind: "cast", operand: text, type, span: text.span };
}

/** A strict pattern: one column whose text is none of its type, and the row has no values at all. */
function checked(
  texts: Rel,
  columns: readonly PatternColumn[],
  parsed: Parsed & { readonly filters: boolean },
): Rel {
  const { source, regex, span, filters } = parsed;
  // The groups of one match, side by side: DuckDB then looks for the pattern once.
  const groups = columns.map((_, at) => ({ name: `$text ${at}`, expr: textOf(at, parsed) }));
  const refs = groups.map(({ name }) => columnRef({ name, type: "string" }, span));
  const values = columns.flatMap(({ type }, at): readonly Item[] => {
    const text = refs[at];
    if (type === "string" || text === undefined) return [];
    return [{ name: `$value ${at}`, expr: converted(text, type) }];
  });
  const typed = values.map(({ name, expr }) => columnRef({ name, type: expr.type }, span));
  // No text is a value of another type, so that such a value tells of a match.
  const conditions: readonly Expr[] =
    typed.length === 0
      ? [{ kind: "call", name: "matches regex", args: [source, regex], type: "bool", span }]
      : typed.map((ref) => ({ kind: "call", name: "isnotnull", args: [ref], type: "bool", span }));
  const [first] = conditions;
  const matches: Expr =
    conditions.length === 1 && first !== undefined
      ? first
      : { kind: "and", items: conditions, type: "bool", span };
  const shown = columns.map(({ name }, at): Item => {
    const ref = typed.find((candidate) => candidate.name === `$value ${at}`) ?? refs[at];
    if (ref === undefined) throw new Error("a parsed column without a value");
    return { name, expr: filters ? ref : orNothing(matches, ref) };
  });
  const grouped: Rel = { kind: "extend", input: texts, items: groups, span };
  const extended: Rel =
    values.length === 0 ? grouped : { kind: "extend", input: grouped, items: values, span };
  const input: Rel = filters ? { kind: "filter", input: extended, where: matches, span } : extended;
  return { kind: "extend", input, items: shown, span };
}

function orNothing(matches: Expr, value: Expr): Expr {
  const { type, span } = value;
  const nothing: Expr = { kind: "literal", type, value: type === "string" ? "" : null, span };
  return { kind: "call", name: "iff", args: [matches, value, nothing], type, span };
}
