import { argAt } from "../expressions/args.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";

/** What `parse-kv` computes with: a bag of the keys and their values as text. Names with `$` cannot be called. */
export const pairFunctions: FunctionTable<ScalarFunction> = {
  "$word-pairs": { sql: "kql_word_pairs($1, $2)", examples: [["", null]] },
  $pairs: { sql: "kql_pairs($1, $2)", examples: [["", null]] },
  "$pairs-of-regex": { sql: (call) => regexPairsSql(call), examples: [["", null]] },
};

/** The first group of each match is a key, the second its value. */
function regexPairsSql(call: SqlCall): string {
  const text = argAt(call, 0).sql;
  const pattern = argAt(call, 1).sql;
  return `kql_bag_of_lists(regexp_extract_all(${text}, ${pattern}, 1), regexp_extract_all(${text}, ${pattern}, 2))`;
}
