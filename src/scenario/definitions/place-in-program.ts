import type { Span } from "../../base/source.ts";
import type { YamlPath } from "../../base/yaml.ts";

/** Where in `text`, a program, the key or the value at `path` of the `data` that it made is written; undefined where nothing there is surely it, as where it was put together. */
export function placeInProgram(
  text: string,
  data: unknown,
  { path, isKey }: { readonly path: YamlPath; readonly isKey: boolean },
): Span | undefined {
  const key = path.findLast((part) => typeof part === "string") ?? "";
  if (isKey) return only(text, keyPattern(key));
  return placeOf(text, key, valueAt(data, path));
}

function placeOf(text: string, key: string, value: unknown): Span | undefined {
  if (typeof value === "object" && value !== null) {
    // A step is where the first of what it says stands.
    for (const [name, part] of Object.entries(value)) {
      const place = typeof part === "object" ? undefined : placeOf(text, name, part);
      if (place !== undefined) return place;
    }
    return undefined;
  }
  const literal = literalPattern(value);
  return only(text, `(?<=${keyPattern(key)}\\s*:\\s*)${literal}`) ?? textPlace(text, value);
}

/** A text may come from a constant; a number or `true` without its key could be anything. */
function textPlace(text: string, value: unknown): Span | undefined {
  return typeof value === "string" && value !== "" ? only(text, literalPattern(value)) : undefined;
}

function keyPattern(key: string): string {
  const name = escaped(key);
  return `(?<![\\w$.])(?:${name}|"${name}"|'${name}')(?=\\s*:)`;
}

/** The forms in which a program writes `value`. */
function literalPattern(value: unknown): string {
  if (typeof value !== "string") return `${escaped(String(value))}(?![\\w.])`;
  const inner = JSON.stringify(value).slice(1, -1);
  const single = inner.replaceAll('\\"', '"').replaceAll("'", "\\'");
  const forms = [`"${inner}"`, `'${single}'`, `\`${inner.replaceAll('\\"', '"')}\``];
  return `(?:${forms.map(escaped).join("|")})`;
}

/** The only place where `text` matches. */
function only(text: string, pattern: string): Span | undefined {
  const [first, ...others] = [...text.matchAll(new RegExp(pattern, "g"))];
  if (first === undefined || others.length > 0) return undefined;
  return { start: first.index, end: first.index + first[0].length };
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}

function valueAt(data: unknown, path: YamlPath): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return value;
}
