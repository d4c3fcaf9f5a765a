/** One system call as `strace -f -ttt` wrote it, its halves put together where another process came between. */
export interface StraceCall {
  /** Of the thread. */
  readonly pid: number;
  /** When it began, in seconds since 1970: `1795520024.623575`. */
  readonly seconds: string;
  readonly name: string;
  /** What stands in the parentheses. */
  readonly args: string;
  /** `0`, `-1 ENOENT (No such file or directory)`; `?` where it never came back. */
  readonly result: string;
}

/** What a line of a trace tells. */
export type StraceEntry =
  | { readonly kind: "call"; readonly call: StraceCall }
  /** A thread's first sign of life may come before the call that made it has come back. */
  | { readonly kind: "begun"; readonly pid: number }
  /** An exit or a signal. */
  | { readonly kind: "note" }
  | { readonly kind: "unreadable" };

/** The lines of `text`, written by `strace -f -ttt -o`. A call that was cut in two is told of where it came back. */
export function straceEntries(text: string): readonly StraceEntry[] {
  const open = new Map<number, Begun>();
  const entries = text.split("\n").flatMap((line) => (line === "" ? [] : [entryOf(line, open)]));
  for (const { pid, seconds, name, head } of open.values()) {
    entries.push({ kind: "call", call: { pid, seconds, name, args: head, result: "?" } });
  }
  return entries;
}

interface Begun {
  readonly pid: number;
  readonly seconds: string;
  readonly name: string;
  readonly head: string;
}

function entryOf(line: string, open: Map<number, Begun>): StraceEntry {
  const [, id, seconds = "", body = ""] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? [];
  const pid = Number(id);
  if (id === undefined) return { kind: "unreadable" };
  if (/^(?:\+\+\+|---) /.test(body)) return { kind: "note" };
  const resumed = /^<\.\.\. (\w+) resumed>(.*)$/.exec(body);
  if (resumed !== null) return resumedCall(resumed, open.get(pid), open);
  const begun = /^(\w+)\((.*) <unfinished \.\.\.>$/.exec(body);
  if (begun !== null) {
    open.set(pid, { pid, seconds, name: begun[1] ?? "", head: begun[2] ?? "" });
    return { kind: "begun", pid };
  }
  return callOf({ pid, seconds }, body);
}

function resumedCall(
  [, name = "", rest = ""]: RegExpExecArray,
  begun: Begun | undefined,
  open: Map<number, Begun>,
): StraceEntry {
  if (begun === undefined || begun.name !== name) return { kind: "unreadable" };
  open.delete(begun.pid);
  return callOf(begun, `${name}(${begun.head}${rest}`);
}

function callOf(at: { readonly pid: number; readonly seconds: string }, body: string): StraceEntry {
  // Texts among the arguments may hold anything, but the last `) = ` is behind them.
  const parts = /^(\w+)\((.*)\)\s+= (.*)$/.exec(body);
  if (parts === null) return { kind: "unreadable" };
  const [, name = "", args = "", result = ""] = parts;
  return { kind: "call", call: { pid: at.pid, seconds: at.seconds, name, args, result } };
}

const literal = /"((?:[^"\\]|\\.)*)"(\.\.\.)?/y;

/** A text of C as strace writes it, from `at` on: what it stands for, where it ends, and whether strace cut it. */
export function readLiteral(
  text: string,
  at: number,
): { readonly value: string; readonly end: number; readonly isCut: boolean } | undefined {
  literal.lastIndex = at;
  const match = literal.exec(text);
  if (match === null) return undefined;
  const [whole, inner = "", cut] = match;
  return { value: unescape(inner), end: at + whole.length, isCut: cut !== undefined };
}

/** Texts in brackets from `at` on; `isCut` where strace left something out. */
export function readList(
  text: string,
  at: number,
): { readonly values: readonly string[]; readonly isCut: boolean } | undefined {
  if (text[at] !== "[") return undefined;
  const values: string[] = [];
  let isCut = false;
  let next = at + 1;
  while (text[next] !== "]") {
    const read = readLiteral(text, next);
    if (read === undefined) {
      // `...` stands for the rest of a long list.
      if (!text.startsWith("...]", next)) return undefined;
      return { values, isCut: true };
    }
    values.push(read.value);
    isCut ||= read.isCut;
    next = text.startsWith(", ", read.end) ? read.end + 2 : read.end;
  }
  return { values, isCut };
}

const named: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8 };

/** The bytes that the escapes of C stand for, read as UTF-8. */
function unescape(text: string): string {
  const bytes = [...text.matchAll(/\\([0-7]{1,3}|x[\da-f]{2}|.)|[^\\]+/gi)].map(
    ([whole, escape]) => {
      if (escape === undefined) return Buffer.from(whole);
      if (/^[0-7]/.test(escape)) return Buffer.from([Number.parseInt(escape, 8) & 0xff]);
      if (/^x./i.test(escape)) return Buffer.from([Number.parseInt(escape.slice(1), 16)]);
      return Buffer.from([named[escape] ?? escape.charCodeAt(0)]);
    },
  );
  return Buffer.concat(bytes).toString("utf8");
}
