import { castSql } from "../expressions/cast.ts";
import { stringLiteral } from "../text/quote.ts";
import type { Expr } from "../../plan/ir/types.ts";
import type { KqlType } from "../../schema/types.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";

function to(type: KqlType): (call: SqlCall) => string {
  return ({ args }) => {
    const [value] = args;
    if (value === undefined) throw new Error("a conversion of nothing");
    return castSql(value, type);
  };
}

/** Conversions, choice, and tests for null and empty. */
// oxfmt-ignore
export const conversions: FunctionTable<ScalarFunction> = {
  tostring: { sql: to("string"), examples: [["tostring(1)", "1"], ["tostring(true)", "True"], ["tostring(1.0)", "1.0"], ["tostring(int(null))", ""], ["tostring(1d)", "1.00:00:00"]] },
  tolong: { sql: to("long"), examples: [["tolong('5')", 5], ["tolong('5.9')", null], ["tolong('0x1F')", 31], ["tolong(2.9)", 2]] },
  toint: { sql: to("int"), examples: [["toint('2147483648')", null], ["toint('0xFFFFFFFF')", -1], ["toint('0x1FFFFFFFF')", null], ["toint(dynamic('2147483648'))", null], ["toint(2147483648)", -2147483648], ["toint(true)", 1]] },
  todouble: { sql: to("real"), examples: [["todouble('2.5')", 2.5], ["todouble('NaN')", "NaN"]] },
  todatetime: { sql: to("datetime"), examples: [["todatetime('2020-01-01')", "2020-01-01T00:00:00.0000000Z"], ["todatetime('no date')", null]] },
  totimespan: { sql: to("timespan"), examples: [["totimespan('1.02:03:04')", "1.02:03:04.0000000"], ["totimespan('abc')", null]] },
  tobool: { sql: to("bool"), examples: [["tobool('true')", true], ["tobool('1.0')", null], ["tobool(5)", true]] },
  toguid: { sql: to("guid"), examples: [["toguid('0123456789abcdef0123456789abcdef')", "01234567-89ab-cdef-0123-456789abcdef"], ["toguid('no guid')", null]] },
  gettype: { refuse: typedInside, sql: ({ args: [value] }) => (value?.type === "dynamic" ? `kql_gettype(${value.sql})` : stringLiteral(value?.type ?? "")), examples: [["gettype(1.0)", "real"], ["gettype(dynamic({'a': 1}))", "dictionary"], ["gettype(dynamic([1]))", "array"], ["gettype(dynamic(null))", "null"], ["gettype(parse_json('123'))", "long"], ["gettype(toint(''))", "int"], ["gettype(bag_pack('a', now()).a)", "datetime"], ["gettype(parse_json('9223372036854775808'))", "real"]] },
  coalesce: { sql: (call) => coalesceSql(call), examples: [["coalesce(tolong('not a number'), tolong('42'), 33)", 42], ["coalesce('', 'a', 'b')", "a"], ["coalesce(real(null), real(null))", null]] },
  max_of: { sql: ({ args, type }) => `greatest(${args.map((arg) => castSql(arg, type)).join(", ")})`, examples: [["max_of(10, 1, -3, 17)", 17], ["max_of(int(null), 2)", 2]] },
  min_of: { sql: ({ args, type }) => `least(${args.map((arg) => castSql(arg, type)).join(", ")})`, examples: [["min_of(10, 1, -3, 17)", -3], ["min_of(int(null), 5)", 5]] },
  iff: { refuse: mixedNumbers, sql: (call) => choiceSql(call), examples: [["iff(1 == 1, 'a', 'b')", "a"], ["iff(bool(null), 1, 2)", 2]] },
  case: { refuse: mixedNumbers, sql: (call) => choiceSql(call), examples: [["case(1 == 2, 'a', 2 == 2, 'b', 'c')", "b"]] },
  isnull: { sql: (call) => (call.args[0]?.type === "string" ? "false" : `(${call.args[0]?.sql} IS NULL)`), examples: [["isnull(int(null))", true], ["isnull('')", false]] },
  isnotnull: { sql: (call) => (call.args[0]?.type === "string" ? "true" : `(${call.args[0]?.sql} IS NOT NULL)`), examples: [["isnotnull(int(null))", false]] },
  isempty: { sql: (call) => `(${to("string")(call)} = '')`, examples: [["isempty('')", true], ["isempty(int(null))", true]] },
  isnotempty: { sql: (call) => `(${to("string")(call)} <> '')`, examples: [["isnotempty('a')", true]] },
};

/** A dynamic value is JSON here, in which a timespan or a GUID is text; a datetime is known by its form. */
function typedInside(args: readonly Expr[]): string | undefined {
  const isTyped = (expr: Expr): boolean =>
    expr.kind === "call" &&
    expr.type === "dynamic" &&
    expr.args.some((arg) => notInJson.has(arg.type) || isTyped(arg));
  return args.some((arg) => isTyped(arg) || (arg.kind === "member" && isTyped(arg.object)))
    ? "has no translation for what is made of a timespan, a GUID or a decimal"
    : undefined;
}

const notInJson: ReadonlySet<KqlType> = new Set(["timespan", "guid", "decimal"]);

/** Kusto takes no real beside an integer: the values of a choice have one type. */
function mixedNumbers(args: readonly Expr[]): string | undefined {
  const values = args.filter((_, at) => at % 2 === 1 || at === args.length - 1);
  const types = new Set(values.map(({ type }) => (type === "int" ? "long" : type)));
  const [first, second] = [...types].filter((type) => numbers.has(type));
  return second === undefined
    ? undefined
    : `has values of the types \`${first}\` and \`${second}\``;
}

const numbers: ReadonlySet<KqlType> = new Set(["long", "real", "decimal"]);

/** The first value that is not null, or not empty where they are strings. */
function coalesceSql({ args, type }: SqlCall): string {
  const values = args.map((arg) => castSql(arg, type));
  if (type !== "string") return `coalesce(${values.join(", ")})`;
  return `coalesce(${values.map((value) => `nullif(${value}, '')`).join(", ")}, '')`;
}

/** `iff` and `case`: conditions and values in turn, then the value for the rest, all in the type of the result. */
function choiceSql({ args, type }: SqlCall): string {
  const branches: string[] = [];
  for (let at = 0; at + 1 < args.length; at += 2) {
    const [condition, value] = [args[at], args[at + 1]];
    if (condition === undefined || value === undefined) break;
    branches.push(`WHEN ${castSql(condition, "bool")} THEN ${castSql(value, type)}`);
  }
  const last = args.at(-1);
  return `CASE ${branches.join(" ")} ELSE ${last === undefined ? "NULL" : castSql(last, type)} END`;
}
