/** `name` as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `text` as an SQL string literal. DuckDB knows no escapes in it but the doubled quote. */
export function stringLiteral(text: string): string {
  // A NUL would end the statement in DuckDB's C interface.
  if (text.includes("\0")) {
    return text
      .split("\0")
      .map((part) => stringLiteral(part))
      .join(" || chr(0) || ");
  }
  return `'${text.replaceAll("'", "''")}'`;
}
