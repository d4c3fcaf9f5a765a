import {
  kindOf,
  listOf,
  present,
  scalarType,
  textOf,
  type Expression,
} from "../../../kql/syntax.ts";
import { parseDatetimeText, parseTimespanText } from "../../../schema/literal-text.ts";
import { formatReal } from "../../../schema/real-text.ts";
import { formatInstant, formatTimespan } from "../../../schema/time.ts";
import type { KqlType } from "../../../schema/types.ts";
import type { Lowering } from "../lowering.ts";
import type { Literal } from "../../ir/types.ts";

/** The constant that a literal stands for. */
export function planLiteral(node: Expression, lowering: Lowering): Literal {
  const type = scalarType(node.ResultType) ?? "dynamic";
  const span = lowering.span(node);
  if (kindOf(node) === "DynamicExpression") {
    const inner = present((node as Kusto.Language.Syntax.DynamicExpression).Expression);
    const text = jsonText(inner, lowering);
    return { kind: "literal", type: "dynamic", value: text === "null" ? null : text, span };
  }
  return { kind: "literal", type, value: literalValue(node, type, lowering), span };
}

function literalValue(node: Expression, type: KqlType, lowering: Lowering): Literal["value"] {
  if (type === "string") return String(node.LiteralValue);
  const written = insideOf(textOf(node));
  if (/^null$/i.test(written)) return null;
  const value = read(written, type);
  if (value === undefined) {
    return lowering.refuse(node, {
      code: "KT0204",
      message: `\`${textOf(node)}\` is no ${type} that can be read`,
    });
  }
  return value;
}

/** What stands in `long(…)`, quotes taken off; the whole text of a bare literal. */
function insideOf(text: string): string {
  const inside = /^[a-z]+\s*\(\s*([\s\S]*?)\s*\)$/i.exec(text)?.[1] ?? text;
  return inside.replace(/^(['"])(.*)\1$/s, "$2");
}

/** A written value as `Literal.value`, undefined where it is none of `type`. */
function read(text: string, type: KqlType): Literal["value"] | undefined {
  switch (type) {
    case "bool":
      if (/^(true|1)$/i.test(text)) return true;
      return /^(false|0)$/i.test(text) ? false : undefined;
    case "int":
    case "long":
      return /^[+-]?(0x[0-9a-f]+|\d+)l?$/i.test(text) ? integer(text, type) : undefined;
    case "real":
      return real(text);
    case "decimal":
      return isDecimal(text) ? text : undefined;
    case "datetime":
      return parseDatetimeText(text)?.toString();
    case "timespan":
      return parseTimespanText(text)?.toString();
    case "guid":
      return /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text) ? guid(text) : undefined;
    case "string":
    case "dynamic":
      return text;
    default:
      return undefined;
  }
}

/** An integer in the range of its type; hexadecimal digits are its bits. */
function integer(text: string, type: "int" | "long"): string | undefined {
  const negative = text.startsWith("-");
  const magnitude = BigInt(text.replace(/^[+-]/, "").replace(/l$/i, ""));
  const value = negative ? -magnitude : magnitude;
  const bits = type === "int" ? 32 : 64;
  const wrapped = BigInt.asIntN(bits, value);
  if (wrapped === value) return value.toString();
  return /^0x/i.test(text) && BigInt.asUintN(bits, value) === value
    ? wrapped.toString()
    : undefined;
}

/** The engine's decimals have twenty digits before the point and eighteen behind it, and this is what may be written of them. */
function isDecimal(text: string): boolean {
  const [, whole = "", fraction = "", exponent = "0"] =
    /^[+-]?(\d*)\.?(\d+)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = text.includes(".") ? fraction : "";
  const behind = digits.replace(/0+$/, "").length - Number(exponent);
  return whole + fraction !== "" && behind <= 18 && Math.abs(Number(text)) < 1e20;
}

function real(text: string): Literal["value"] | undefined {
  if (/^nan$/i.test(text)) return "NaN";
  const infinity = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinity !== null) return infinity[1] === "-" ? "-Infinity" : "Infinity";
  const value = Number(text);
  return text === "" || Number.isNaN(value) ? undefined : value;
}

function guid(text: string): string {
  const digits = text.toLowerCase().replaceAll("-", "");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The minified JSON of what stands in `dynamic(…)`. Times become text, as JSON has none. */
function jsonText(node: Expression, lowering: Lowering): string {
  switch (kindOf(node)) {
    case "JsonObjectExpression": {
      const { Pairs } = node as Kusto.Language.Syntax.JsonObjectExpression;
      const pairs = listOf<{ Element: Kusto.Language.Syntax.JsonPair }>(Pairs).map(
        ({ Element }) => {
          const name = (present(Element.Name) as unknown as { ValueText: string }).ValueText;
          const key = JSON.stringify(name.replace(/^(['"])(.*)\1$/s, "$2"));
          return `${key}:${jsonText(present(Element.Value), lowering)}`;
        },
      );
      return `{${pairs.join(",")}}`;
    }
    case "JsonArrayExpression": {
      const { Values } = node as Kusto.Language.Syntax.JsonArrayExpression;
      const values = listOf<{ Element: Expression }>(Values);
      return `[${values.map(({ Element }) => jsonText(Element, lowering)).join(",")}]`;
    }
    case "UnaryMinusExpression":
      return `-${jsonText(present((node as Kusto.Language.Syntax.PrefixUnaryExpression).Expression), lowering)}`;
    case "NullLiteralExpression":
      return "null";
    default:
      return jsonScalar(node, lowering);
  }
}

function jsonScalar(node: Expression, lowering: Lowering): string {
  const { type, value } = planLiteral(node, lowering);
  if (value === null) return "null";
  switch (type) {
    case "datetime":
      return JSON.stringify(formatInstant(BigInt(value)));
    case "timespan":
      // As `tostring` writes it, without a fraction of zero.
      return JSON.stringify(formatTimespan(BigInt(value)).replace(/\.0{7}$/, ""));
    case "int":
    case "long":
      return String(value);
    case "real":
      return typeof value === "number" ? formatReal(value) : JSON.stringify(value);
    case "bool":
      return String(value);
    case "dynamic":
      return String(value);
    case "decimal":
    case "guid":
    case "string":
      return JSON.stringify(value);
    default:
      return JSON.stringify(value);
  }
}
