/**
 * Stops the query: what Kusto gives for such a value is not known, or an error as `code` says. The engine makes a
 * diagnostic of it.
 */
export function refuseValue(message: string, code = "KT0249"): never {
  throw new Error(`${code}: ${message}`);
}

/** The diagnostic in the text of an error that DuckDB passed on; undefined where `refuseValue` did not throw it. */
export function refusedValue(text: string): { code: string; message: string } | undefined {
  const [, code, message] = /^Invalid Input Error: (KT\d{4}): (.*)$/m.exec(text) ?? [];
  return code === undefined || message === undefined ? undefined : { code, message };
}
