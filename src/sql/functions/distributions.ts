import { castSql } from "../expressions/cast.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";

/** Distributions. Kusto's digits beyond the tenth may be others. */
// oxfmt-ignore
export const distributionFunctions: FunctionTable<ScalarFunction> = {
  beta_cdf: { sql: reals("kql_beta_cdf"), examples: [["beta_cdf(0.5, 10.0, 20.0)", 0.9692858271300796], ["beta_cdf(1.5, 10.0, 20.0)", "NaN"]] },
  beta_inv: { sql: reals("kql_beta_inv"), examples: [["beta_inv(0.1, 10.0, 20.0)", 0.22641502238874897], ["beta_inv(1.5, 10.0, 20.0)", null], ["beta_inv(0.1, -1.0, 20.0)", "NaN"]] },
  beta_pdf: { sql: reals("kql_beta_pdf"), examples: [["beta_pdf(0.5, 10.0, 20.0)", 0.746176019310951], ["beta_pdf(-10.0, 10.0, 20.0)", "NaN"]] },
  welch_test: { sql: reals("kql_welch_test"), examples: [["welch_test(20.82, 7.8674285714, 15, 22.986666666666668, 3.8126666667, 15)", 0.02137800146286441]] },
};

function reals(name: string): (call: SqlCall) => string {
  return ({ args }) => `${name}(${args.map((arg) => castSql(arg, "real")).join(", ")})`;
}
