/** What a terminal or a viewer acts upon: control characters other than line feed and tab, marks that change the direction of text, and what else ends a line. */
const controls =
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** What a build service takes for an order to itself: `::error …::` at the beginning of a line (GitHub), `##[…]` and `##vso[…]` (Azure), `##teamcity[…]`. */
const orders = /^([^\S\n]*):(?=:\w[^\n]*?::)|#(?=#\w*\[)/gm;

/** `text` with control characters other than line feed and tab written as `\u001b`, and likewise what a build service would obey, so that no input can steer a terminal or a build. What is JSON stays the same JSON. */
export function escapeControls(text: string): string {
  return text
    .replaceAll(controls, escaped)
    .replaceAll(orders, (found, blank: string | undefined) =>
      found.startsWith("#") ? escaped("#") : `${blank ?? ""}${escaped(":")}`,
    );
}

/** The name of a file, a rule or a scenario as it is printed: on one line, every character of it told from others. */
export function escapeName(name: string): string {
  return escapeControls(name.replaceAll(/[\n\t]/g, escaped));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** `text` as it stands in the middle of a sentence: what begins with two capitals is a name, and stays. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** The candidate nearest to `word` by edits, case ignored, or undefined where none is near enough to be meant: `most` edits. */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  most: number = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  let best: string | undefined;
  let bestDistance = most + 1;
  const wanted = word.toLowerCase();
  for (const candidate of candidates) {
    // Each character too many is an edit.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** "did you mean `x`?" for the nearest candidate, else the candidates themselves where they are few. */
export function suggestion(word: string, candidates: readonly string[]): string | undefined {
  const guess = nearest(word, candidates);
  if (guess !== undefined) return `did you mean \`${guess}\`?`;
  if (candidates.length === 0 || candidates.length > 20) return undefined;
  return `possible: ${candidates.map((candidate) => `\`${candidate}\``).join(", ")}`;
}

/** Insertions, deletions, replacements and swaps of neighbours from `a` to `b` (optimal string alignment), or `limit` where they are no fewer. */
function editDistance(a: string, b: string, limit: number): number {
  let before: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = isSwapped(a.slice(Math.max(0, i - 2), i), b.slice(Math.max(0, j - 2), j))
        ? (before[j - 2] ?? 0) + 1
        : substitution;
      current.push(Math.min(substitution, swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    before = previous;
    previous = current;
    // What follows is built on these two rows.
    if (Math.min(...before) >= limit && Math.min(...previous) >= limit) return limit;
  }
  return previous[b.length] ?? 0;
}

function isSwapped(a: string, b: string): boolean {
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}

/** Whether a text is `pattern`, in which a `*` is any part of it. Case counts. */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!pattern.includes("*")) return (text) => text === pattern;
  const parts = pattern.split("*").map((part) => part.replaceAll(/[$()+.?[\\\]^{|}]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "s");
  return (text) => expression.test(text);
}

/** `text` as code in a table of Markdown: a backtick or a bar in it must not end either. */
export function markdownCode(text: string): string {
  const escaped = text.replaceAll("|", "\\|").replaceAll("\n", "\\n");
  return escaped.includes("`") ? `\`\` ${escaped} \`\`` : `\`${escaped}\``;
}
