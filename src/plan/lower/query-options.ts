import { kindOf, nameOf, present, textOf, type Expression } from "../../kql/syntax.ts";
import { suggestion } from "../../base/text.ts";
import type { Lowering } from "./lowering.ts";
import { queryOptions } from "./option-table.ts";
import type { Expr, Literal, Rel } from "../ir/types.ts";

/** The options that are obeyed, and what each takes. */
export const obeyed = {
  now: "query_now",
  binSize: "query_bin_auto_size",
  binAt: "query_bin_auto_at",
  take: "query_take_max_records",
} as const;

/** Notes the value of an option that changes answers. Refuses what is neither obeyed nor known to change none. */
export function declareOption(
  { Name, ValueClause }: Kusto.Language.Syntax.SetOptionStatement,
  lowering: Lowering,
): void {
  const nameNode = present(Name);
  const name = nameOf(nameNode).toLowerCase();
  const option = Object.hasOwn(queryOptions, name) ? queryOptions[name] : undefined;
  if (option === undefined) return refuseUnknown(nameNode, name, lowering);
  const value = ValueClause?.Expression ?? undefined;
  if ("refused" in option) {
    const written = value === undefined ? "" : lowering.written(value).replaceAll(/["']/g, "");
    if (value !== undefined && option.unless?.test(written) === true) return;
    return lowering.refuse(nameNode, {
      code: "KT0267",
      message: `option \`${name}\` is not supported: ${option.refused}`,
      hint: option.hint,
    });
  }
  if ("obeyed" in option) {
    const literal = literalOf(value, lowering);
    if (literal === undefined || !isValueOf(name, literal)) {
      return lowering.refuse(value ?? nameNode, {
        code: "KT0268",
        message: `option \`${name}\` needs a value: ${option.value}`,
        hint: `for example: \`${option.example}\``,
      });
    }
    lowering.options.set(name, literal);
  }
}

function refuseUnknown(
  node: Kusto.Language.Syntax.SyntaxNode,
  name: string,
  lowering: Lowering,
): never {
  const guess = suggestion(name, Object.keys(queryOptions));
  return lowering.refuse(node, {
    code: "KT0267",
    message: `unknown option \`${name}\``,
    hint: guess ?? "remove it, or see docs/operators.md for the options that are known",
  });
}

/** The constant that an option is set to. */
function literalOf(value: Expression | undefined, lowering: Lowering): Literal | undefined {
  if (value === undefined || !/Literal|UnaryMinus/.test(kindOf(value))) return undefined;
  const expr = lowering.scalar(value);
  if (expr.kind === "literal") return expr;
  // A minus in front of a number is a call.
  if (expr.kind !== "call" || expr.name !== "unary-") return undefined;
  return { kind: "literal", type: expr.type, value: textOf(value).replaceAll(/\s/g, ""), span: expr.span }; // oxfmt-ignore
}

function isValueOf(name: string, { type, value }: Literal): boolean {
  if (value === null) return false;
  switch (name) {
    case obeyed.now:
      return type === "datetime";
    case obeyed.take:
      return (type === "long" || type === "int") && Number(value) > 0;
    default:
      return true;
  }
}

/** The value of the option `name`; undefined where it is not set. */
export function optionOf(
  name: (typeof obeyed)[keyof typeof obeyed],
  lowering: Lowering,
): Literal | undefined {
  return lowering.options.get(name);
}

/** The rows of a query's result, of which `set query_take_max_records` keeps the first. */
export function limitedResult(body: Rel, lowering: Lowering): Rel {
  const count: Expr | undefined = optionOf(obeyed.take, lowering);
  if (count === undefined) return body;
  return { kind: "limit", input: body, count, keys: [], partitionBy: [], span: body.span };
}
