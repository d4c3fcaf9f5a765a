/** `name` as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `text` as an SQL string literal, on one line: whoever indents SQL would change it otherwise. */
export function stringLiteral(text: string): string {
  // A NUL would end the statement in DuckDB's C interface.
  if (text.includes("\0")) {
    const parts = text.split("\0").map((part) => stringLiteral(part));
    return `(${parts.join(" || chr(0) || ")})`;
  }
  const quoted = text.replaceAll("'", "''");
  if (!/[\n\r]/.test(text)) return `'${quoted}'`;
  const escaped = quoted.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `E'${escaped}'`;
}
