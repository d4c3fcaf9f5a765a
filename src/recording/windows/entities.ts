const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  quot: '"',
};

/** `text` with the five entities of XML as the characters they stand for, as some recorders escape what is not XML. */
export function unescapeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(
    /&(amp|apos|gt|lt|quot);/g,
    (whole, name: string) => entities[name] ?? whole,
  );
}
