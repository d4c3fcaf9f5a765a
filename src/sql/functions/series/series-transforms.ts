import { jsonAt, longAt } from "../../expressions/args.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

const digits = "Kusto's last digits may be others";

/** Transforms of series. An answer of several columns is one array of them. */
// oxfmt-ignore
export const seriesTransforms: FunctionTable<ScalarFunction> = {
  series_fft: { sql: (call) => `kql_series_fft(${jsonAt(call, 0)}, ${seriesAt(call, 1)})`, examples: [["toscalar(print (a, b) = series_fft(dynamic([1, 2, 3, 4])) | project array_concat(series_floor(series_add(a, 0.5)), series_floor(series_add(b, 0.5))))", [10, -2, -2, -2, 0, 2, 0, -2]]], differs: digits },
  series_ifft: { sql: (call) => `kql_series_ifft(${jsonAt(call, 0)}, ${seriesAt(call, 1)})`, examples: [["toscalar(print (a, b) = series_ifft(dynamic([6, 0, 0])) | project a)", [2, 2, 2]]], differs: digits },
  series_fit_poly: { sql: (call) => `kql_series_fit_poly(${jsonAt(call, 0)}, ${seriesAt(call, 1)}, ${longAt(call, 2, 1)})`, examples: [["toscalar(print (a, b, c, d, e) = series_fit_poly(dynamic([0, 1, 4, 9, 16]), dynamic([-2, -1, 0, 1, 2]), 2) | project pack_array(round(a, 9), round(toreal(b[0]), 9), round(toreal(b[1]), 9), round(toreal(b[2]), 9), c))", [1, 1, 4, 4, 43.5]]], differs: `up to the 5th degree; ${digits}` },
};

/** The series at `index`; an empty one where it was left out. */
function seriesAt(call: SqlCall, index: number): string {
  return call.args[index] === undefined ? "'[]'" : jsonAt(call, index);
}
