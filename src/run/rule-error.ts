import { defined } from "../base/defined.ts";
import { InputError, type Diagnostic } from "../base/diagnostic.ts";
import type { Rule } from "../kql/rules/rule.ts";
import type { RuleError } from "./types.ts";

/** The error of `rule`, on all scenarios or on `scenario`, that an `InputError` tells; any other error is a bug and goes on. */
export function ruleError(rule: Rule, error: unknown, scenario?: string): RuleError {
  if (!(error instanceof InputError)) throw error;
  return {
    rule: rule.name,
    ...defined({ scenario }),
    diagnostics: error.diagnostics.map((diagnostic) => placed(diagnostic, rule)),
  };
}

function placed(diagnostic: Diagnostic, { file }: Rule): Diagnostic {
  return diagnostic.source === undefined
    ? { ...diagnostic, source: { file, text: "" } }
    : diagnostic;
}
