import type { KindName } from "../../../kql/syntax.ts";
import type { ListOperator } from "../../ir/types.ts";

/** Operators of two operands by the kind of their node, as KQL spells them. */
export const binaryOperators: Partial<Record<KindName, string>> = {
  AddExpression: "+",
  SubtractExpression: "-",
  MultiplyExpression: "*",
  DivideExpression: "/",
  ModuloExpression: "%",
  LessThanExpression: "<",
  LessThanOrEqualExpression: "<=",
  GreaterThanExpression: ">",
  GreaterThanOrEqualExpression: ">=",
  EqualExpression: "==",
  NotEqualExpression: "!=",
  EqualTildeExpression: "=~",
  BangTildeExpression: "!~",
  HasExpression: "has",
  HasCsExpression: "has_cs",
  NotHasExpression: "!has",
  NotHasCsExpression: "!has_cs",
  HasPrefixExpression: "hasprefix",
  HasPrefixCsExpression: "hasprefix_cs",
  NotHasPrefixExpression: "!hasprefix",
  NotHasPrefixCsExpression: "!hasprefix_cs",
  HasSuffixExpression: "hassuffix",
  HasSuffixCsExpression: "hassuffix_cs",
  NotHasSuffixExpression: "!hassuffix",
  NotHasSuffixCsExpression: "!hassuffix_cs",
  ContainsExpression: "contains",
  ContainsCsExpression: "contains_cs",
  NotContainsExpression: "!contains",
  NotContainsCsExpression: "!contains_cs",
  StartsWithExpression: "startswith",
  StartsWithCsExpression: "startswith_cs",
  NotStartsWithExpression: "!startswith",
  NotStartsWithCsExpression: "!startswith_cs",
  EndsWithExpression: "endswith",
  EndsWithCsExpression: "endswith_cs",
  NotEndsWithExpression: "!endswith",
  NotEndsWithCsExpression: "!endswith_cs",
  MatchesRegexExpression: "matches regex",
};

/** Operators of an operand and a list. */
export const listOperators: Partial<Record<KindName, ListOperator>> = {
  // The parser's names are the wrong way round: its `InCs` is the keyword `in~`, which ignores case.
  InExpression: "in",
  InCsExpression: "in~",
  NotInExpression: "!in",
  NotInCsExpression: "!in~",
  HasAnyExpression: "has_any",
  HasAllExpression: "has_all",
};
