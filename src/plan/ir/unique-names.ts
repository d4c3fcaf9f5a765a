/** `names` with a number behind each that stood before: `[c, c, c1]` is `[c, c2, c1]`. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  const suffixes = new Map<string, number>();
  return names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let suffix = (suffixes.get(name) ?? 0) + 1;
    while (taken.has(`${name}${suffix}`)) suffix += 1;
    suffixes.set(name, suffix);
    taken.add(`${name}${suffix}`);
    return `${name}${suffix}`;
  });
}
