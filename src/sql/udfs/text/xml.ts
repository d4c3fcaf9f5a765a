/** What an element becomes in JSON: null, its text, or an object of attributes, text and children. */
type Node = string | null | { [name: string]: Node | Node[] };

interface Open {
  readonly name: string;
  readonly members: Map<string, Node[]>;
}

const nameOf = String.raw`[^\s<>/=!?"'][^\s<>/="']*`;
const token = new RegExp(
  [
    String.raw`<!--[\s\S]*?-->`,
    String.raw`<\?[\s\S]*?\?>`,
    String.raw`<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>`,
    String.raw`<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>`,
    String.raw`</(?<close>${nameOf})\s*>`,
    String.raw`<(?<open>${nameOf})(?<attributes>(?:\s+${nameOf}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>/?)>`,
    String.raw`(?<text>[^<]+)`,
  ].join("|"),
  "gy",
);
const attribute = new RegExp(String.raw`(${nameOf})\s*=\s*(?:"([^"]*)"|'([^']*)')`, "g");

/** The longest text that Kusto reads, in bytes. */
const maxBytes = 1_048_576;

/** An XML document as an object with its root's name as the only key; undefined where `text` is none. */
export function parseXml(text: string): Node | undefined {
  if (Buffer.byteLength(text) > maxBytes) return undefined;
  const document: Open = { name: "", members: new Map() };
  const stack: Open[] = [document];
  let end = 0;
  for (const match of text.matchAll(token)) {
    end = match.index + match[0].length;
    if (!take(match.groups ?? {}, stack)) return undefined;
  }
  const roots = [...document.members.values()];
  const isWhole = end === text.length && stack.length === 1;
  return isWhole && roots.length === 1 && roots[0]?.length === 1 ? nodeOf(document) : undefined;
}

/** Takes one token in; false where it may not stand there. */
function take(groups: Readonly<Record<string, string | undefined>>, stack: Open[]): boolean {
  const top = stack.at(-1);
  if (top === undefined) return false;
  const { open, close, text = "", cdata } = groups;
  if (open !== undefined) {
    const element = opened(open, groups["attributes"] ?? "");
    if (groups["empty"] === "/") add(top, open, nodeOf(element));
    else stack.push(element);
    return true;
  }
  if (close !== undefined) return closeTop(close, stack);
  const content = cdata ?? decode(text).trim();
  if (content === "") return true;
  add(top, "#text", content);
  return stack.length > 1;
}

function opened(name: string, attributes: string): Open {
  const element: Open = { name, members: new Map() };
  for (const [, key = "", double, single = ""] of attributes.matchAll(attribute)) {
    add(element, `@${key}`, decode(double ?? single));
  }
  return element;
}

/** Ends the innermost element, which must be called `name`. */
function closeTop(name: string, stack: Open[]): boolean {
  const top = stack.pop();
  const parent = stack.at(-1);
  if (top === undefined || parent === undefined || top.name !== name) return false;
  add(parent, name, nodeOf(top));
  return true;
}

function add(element: Open, name: string, node: Node): void {
  const list = element.members.get(name);
  if (list === undefined) element.members.set(name, [node]);
  else list.push(node);
}

function nodeOf({ members }: Open): Node {
  const [only] = members.keys();
  const texts = members.get("#text");
  if (members.size === 0) return null;
  if (members.size === 1 && only === "#text" && texts?.length === 1) return texts[0] ?? null;
  const entries = [...members].map(([name, list]) => [
    name,
    list.length === 1 ? (list[0] ?? null) : list,
  ]);
  return Object.fromEntries(entries) as Node;
}

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function decode(text: string): string {
  return text.replaceAll(/&(#\d+|#x[0-9a-f]+|\w+);/gi, (whole: string, name: string) => {
    if (!name.startsWith("#")) return entities[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
