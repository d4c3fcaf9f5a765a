import type { Expr, Program, Rel } from "../../plan/ir/types.ts";
import { childrenOf, exprsOf, partsOf } from "../../plan/ir/walk.ts";
import { isAscii } from "./terms.ts";

/** Functions whose result may have characters beyond ASCII though their arguments have none. */
const makesOthers: ReadonlySet<string> = new Set([
  "$geo",
  "base64_decode_tostring",
  "extractjson",
  "gzip_decompress_from_base64_string",
  "parse_json",
  "parse_url",
  "parse_urlquery",
  "parse_xml",
  "replace_regex",
  "unicode_codepoints_to_string",
  "url_decode",
  "zlib_decompress_from_base64_string",
]);

/** True where no text that `program` writes or makes has a character beyond ASCII, if its tables have none. */
export function isAsciiProgram(program: Program): boolean {
  const exprIs = (expr: Expr): boolean => {
    if (expr.kind === "literal" && typeof expr.value === "string" && !isAscii(expr.value)) {
      return false;
    }
    // A JSON text may spell any character with an escape.
    if (expr.kind === "member" || (expr.kind === "call" && makesOthers.has(expr.name)))
      return false;
    if ((expr.kind === "in-table" || expr.kind === "scalar-query") && !relIs(expr.table))
      return false;
    return partsOf(expr).every(exprIs);
  };
  const relIs = (rel: Rel): boolean => exprsOf(rel).every(exprIs) && childrenOf(rel).every(relIs);
  return program.bindings.every(({ rel }) => relIs(rel)) && relIs(program.body);
}
