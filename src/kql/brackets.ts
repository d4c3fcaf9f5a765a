/** What may hold a bracket that closes nothing, and the brackets themselves. */
const tokens =
  /\/\/[^\n]*|```[\s\S]*?```|~~~[\s\S]*?~~~|@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[()[\]{}]/g;

/** The offset of the bracket that closes the one at `open` of a KQL text; undefined where it is not closed. */
export function closingBracket(text: string, open: number): number | undefined {
  let depth = 0;
  for (const match of text.slice(open).matchAll(tokens)) {
    if ("([{".includes(match[0])) depth += 1;
    if (")]}".includes(match[0])) depth -= 1;
    if (depth === 0) return open + match.index;
  }
  return undefined;
}

/** `text` with its comments and string literals blanked, every other character in its place. */
export function codeOnly(text: string): string {
  return text.replaceAll(tokens, (match) =>
    match.length === 1 ? match : match.replaceAll(/[^\n]/g, " "),
  );
}
