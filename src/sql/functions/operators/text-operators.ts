import { argAt } from "../../expressions/args.ts";
import { castSql } from "../../expressions/cast.ts";
import { stringLiteral } from "../../text/quote.ts";
import { patternAt, subjectAt } from "../../text/regex.ts";
import { termSql, type TermMatch } from "../../text/terms.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

/** Operators on text. Those without `_cs` ignore case. */
// oxfmt-ignore
export const textOperators: FunctionTable<ScalarFunction> = {
  "=~": { sql: (call) => foldedSql(call, "="), examples: [["'A' =~ 'a'", true]] },
  "!~": { sql: (call) => foldedSql(call, "<>"), examples: [["'A' !~ 'a'", false]] },
  ...pair("has", { sql: (call, caseSensitive) => hasSql(call, { before: true, after: true, caseSensitive }) }, [["'https://pastebin.com/raw' has 'pastebin.com'", true], ["'notpastebin.com' has 'pastebin.com'", false]]),
  ...pair("hasprefix", { sql: (call, caseSensitive) => hasSql(call, { before: true, after: false, caseSensitive }) }, [["'North America' hasprefix 'ame'", true]]),
  ...pair("hassuffix", { sql: (call, caseSensitive) => hasSql(call, { before: false, after: true, caseSensitive }) }, [["'North America' hassuffix 'ica'", true]]),
  ...pair("contains", { sql: substring("contains") }, [["'notpastebin.com' contains 'PASTEBIN'", true]]),
  ...pair("startswith", { sql: substring("starts_with") }, [["'Fabrikam' startswith 'fab'", true]]),
  ...pair("endswith", { sql: substring("ends_with") }, [["'Fabrikam' endswith 'KAM'", true]]),
  "matches regex": { sql: (call) => `regexp_matches(${subjectAt(call, 0, 1)}, ${patternAt(call, 1)})`, examples: [["'abc123' matches regex '[0-9]{3}$'", true], ["'naïve' matches regex @'^\\w+$'", true]] },
};

interface TextOperator {
  readonly sql: (call: SqlCall, caseSensitive: boolean) => string;
}

/** The four spellings of one text operator: `has`, `!has`, `has_cs`, `!has_cs`. The examples are those of the first. */
function pair(
  name: string,
  { sql }: TextOperator,
  examples: ScalarFunction["examples"],
): FunctionTable<ScalarFunction> {
  const negated = examples.map(
    ([kql, value]) => [kql.replace(name, `!${name}`), value !== true] as const,
  );
  const same = ["'abc' NAME 'abc'".replace("NAME", `${name}_cs`), true] as const;
  const other = ["'abc' NAME 'ABC'".replace("NAME", `!${name}_cs`), true] as const;
  return {
    [name]: { sql: (call) => sql(call, false), examples },
    [`!${name}`]: {
      sql: (call) => `(NOT ${sql(call, false)})`,
      examples: negated as unknown as ScalarFunction["examples"],
    },
    [`${name}_cs`]: { sql: (call) => sql(call, true), examples: [same] },
    [`!${name}_cs`]: { sql: (call) => `(NOT ${sql(call, true)})`, examples: [other] },
  };
}

function texts(call: SqlCall): readonly string[] {
  return call.args.map((each) => castSql(each, "string"));
}

function foldedSql(call: SqlCall, operator: "=" | "<>"): string {
  const [left, right] = call.args.map((each) =>
    each.expr.kind === "literal" && each.type === "string"
      ? stringLiteral(String(each.expr.value).toLowerCase())
      : `lower(${castSql(each, "string")})`,
  );
  return `(${left} ${operator} ${right})`;
}

function substring(name: string): TextOperator["sql"] {
  return (call, caseSensitive) => {
    const [text = "", needle = ""] = texts(call);
    if (caseSensitive) return `${name}(${text}, ${needle})`;
    const { expr, type } = argAt(call, 1);
    const folded =
      expr.kind === "literal" && type === "string"
        ? stringLiteral(String(expr.value).toLowerCase())
        : `lower(${needle})`;
    return `${name}(lower(${text}), ${folded})`;
  };
}

function hasSql(call: SqlCall, match: TermMatch): string {
  const [text = "", needle = ""] = texts(call);
  const { expr } = argAt(call, 1);
  if (expr.kind === "literal") {
    return termSql(text, [String(expr.value ?? "")], { match, context: call.context });
  }
  return `kql_term(${text}, ${needle}, ${match.before}, ${match.after}, ${match.caseSensitive})`;
}
