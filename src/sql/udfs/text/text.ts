import { gunzipSync, inflateSync } from "node:zlib";
import { arrayText, elementsOf, numberOf, stringOf } from "../dynamic/json-text.ts";
import {
  asksForBorders,
  dialectProblem,
  emptyMatches,
  groupsOf,
  portablePattern,
  wordCharacter,
} from "../../text/regex-dialect.ts";
import { refuseValue } from "../refuse-value.ts";
import type { UdfTable } from "../udf.ts";

/** Strings are counted and cut by code points, as Kusto does. */
export const textUdfs: UdfTable = {
  kql_reverse: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => Array.from(text).toReversed().join(""),
  },
  kql_ascii_words: {
    takes: ["text"],
    gives: "text",
    call: (text: string) =>
      Array.from(text).some((each) => each > "\u007f" && wordCharacter.test(each))
        ? refuseValue("`\\b` in a pattern over a text with letters beyond ASCII")
        : text,
  },
  kql_checked_pattern: {
    takes: ["text", "long", "bool"],
    gives: "text",
    nulls: true,
    call: checkedPattern,
  },
  kql_joined: {
    takes: ["json", "text"],
    gives: "text",
    call: (texts: readonly (string | null)[], by: string) =>
      texts.filter((text) => text !== null).join(by),
  },
  kql_indexof: { takes: ["text", "text", "long", "long", "long"], gives: "long", call: indexOf },
  // Matches of a plain text may overlap.
  kql_countof: {
    takes: ["text", "text"],
    gives: "long",
    call: (text: string, search: string) => BigInt(offsets(text, search).length),
  },
  kql_translate: { takes: ["text", "text", "text"], gives: "text", call: translate },
  kql_replace_strings: { takes: ["text", "text", "text"], gives: "text", call: replaceStrings },
  kql_base64_text: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => utf8(bytesOfBase64(text)) ?? "",
  },
  kql_base64_array: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => {
      const bytes = bytesOfBase64(text);
      return bytes === undefined ? null : arrayText(Array.from(bytes, String));
    },
  },
  kql_base64_of_array: {
    takes: ["text"],
    gives: "text",
    nulls: true,
    call: (array: string | null) => {
      const bytes = elementsOf(array)?.map((element) => numberOf(element) ?? -1);
      if (bytes?.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256) !== true) {
        return "";
      }
      return Buffer.from(bytes).toString("base64");
    },
  },
  kql_base64_guid: { takes: ["text"], gives: "text", call: guidOfBase64 },
  kql_base64_of_guid: {
    takes: ["text"],
    gives: "text",
    nulls: true,
    call: (guid: string | null) =>
      guid === null
        ? ""
        : swapGuid(Buffer.from(guid.replaceAll("-", ""), "hex")).toString("base64"),
  },
  kql_gunzip: { takes: ["text"], gives: "text", call: (text: string) => expand(text, gunzipSync) },
  kql_inflate: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => expand(text, inflateSync),
  },
  kql_url_encode: {
    takes: ["text"],
    gives: "text",
    call: (text: string) =>
      percentEncode(text, /[A-Za-z0-9\-_.!*()]/).replaceAll(/%20|%[0-9A-F]{2}/g, (code) =>
        code === "%20" ? "+" : code.toLowerCase(),
      ),
  },
  kql_url_encode_component: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => percentEncode(text, /[A-Za-z0-9\-_.~]/),
  },
  kql_url_decode: { takes: ["text"], gives: "text", call: urlDecode },
  kql_codepoints: {
    takes: ["text"],
    gives: "text",
    call: (text: string) => arrayText(Array.from(text, (char) => String(char.codePointAt(0) ?? 0))),
  },
  kql_of_codepoints: { takes: ["text"], gives: "text", nulls: true, call: textOfCodepoints },
};

/** The offsets in code points at which `search` stands in `text`, overlaps included. */
function offsets(text: string, search: string): number[] {
  if (search === "") return [];
  const found: number[] = [];
  let codePoints = 0;
  let counted = 0;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) {
    codePoints += Array.from(text.slice(counted, at)).length;
    counted = at;
    found.push(codePoints);
  }
  return found;
}

// oxlint-disable-next-line max-params -- the arguments of `indexof`
function indexOf(
  text: string,
  search: string,
  start: bigint,
  length: bigint,
  occurrence: bigint,
): bigint | null {
  if (search === "") return null;
  const size = BigInt(Array.from(text).length);
  const from = start < 0n ? (start + size < 0n ? 0n : start + size) : start;
  // `length` counts the places where a match may begin.
  const places = offsets(text, search).filter(
    (offset) => BigInt(offset) >= from && (length < 0n || BigInt(offset) < from + length),
  );
  return BigInt(places[Number(occurrence) - 1] ?? -1);
}

/** Each character of `from` becomes the one at its place in `to`, whose last one stands in for those beyond it. */
function translate(from: string, to: string, text: string): string {
  const replacements = Array.from(to);
  const map = new Map<string, string>();
  Array.from(from).forEach((char, index) => {
    if (!map.has(char)) map.set(char, replacements[index] ?? replacements.at(-1) ?? "");
  });
  return Array.from(text, (char) => map.get(char) ?? char).join("");
}

/** Replaces by the lookups in turn; what one has matched the later ones do not see. */
function replaceStrings(text: string, lookups: string, rewrites: string): string {
  const targets = elementsOf(rewrites) ?? [];
  let pieces: readonly { readonly text: string; readonly done: boolean }[] = [
    { text, done: false },
  ];
  (elementsOf(lookups) ?? []).forEach((element, index) => {
    const lookup = stringOf(element);
    if (lookup === undefined || lookup === "") return;
    // A rewrite that is no string leaves what was matched as it is.
    const rewrite = stringOf(targets[index] ?? "") ?? lookup;
    pieces = pieces.flatMap((piece) => {
      if (piece.done) return [piece];
      const parts = piece.text.split(lookup).map((part) => ({ text: part, done: false }));
      return parts.flatMap((part, at) =>
        at === 0 ? [part] : [{ text: rewrite, done: true }, part],
      );
    });
  });
  return pieces.map((piece) => piece.text).join("");
}

function bytesOfBase64(text: string): Buffer | undefined {
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
  return valid ? Buffer.from(text, "base64") : undefined;
}

function utf8(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function expand(text: string, inflate: (bytes: Uint8Array) => Buffer): string {
  const bytes = bytesOfBase64(text);
  if (bytes === undefined || bytes.length === 0) return "";
  try {
    return utf8(inflate(bytes)) ?? "";
  } catch {
    return "";
  }
}

/** A GUID's bytes as .NET orders them from the order of its text, or back. */
function swapGuid(bytes: Buffer): Buffer {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Buffer.from(order.map((at) => bytes[at] ?? 0));
}

function guidOfBase64(text: string): string | null {
  const bytes = bytesOfBase64(text);
  if (bytes?.length !== 16) return null;
  const digits = swapGuid(bytes).toString("hex");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function percentEncode(text: string, safe: RegExp): string {
  return Array.from(Buffer.from(text), (byte) => {
    const char = String.fromCodePoint(byte);
    if (byte < 128 && safe.test(char)) return char;
    return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}

/** What is no escape stays as it is. */
function urlDecode(text: string): string {
  return text
    .replaceAll("+", " ")
    .replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (codes) =>
      Buffer.from(codes.replaceAll("%", ""), "hex").toString("utf8"),
    );
}

/** The string of the code points in an array of numbers and arrays of numbers. */
function textOfCodepoints(array: string | null): string {
  const codes = (elementsOf(array) ?? []).flatMap((element) => elementsOf(element) ?? [element]);
  return codes
    .map((code) => {
      const value = numberOf(code) ?? -1;
      return Number.isInteger(value) && value >= 0 && value <= 0x10ffff
        ? String.fromCodePoint(value)
        : "";
    })
    .join("");
}

/** A pattern that a query computes, as DuckDB reads it. Refuses what is refused of one that is written. */
function checkedPattern(given: string | null, group: bigint, ascii: boolean): string {
  const pattern = given ?? "";
  const problem = dialectProblem(pattern);
  if (problem !== undefined) return refuseValue(`a computed pattern in which ${problem}`);
  if (Number(group) > groupsOf(pattern).length) {
    return refuseValue(`a computed pattern without a capturing group ${group}`);
  }
  if (emptyMatches(pattern) !== "never") {
    return refuseValue("a computed pattern that may match an empty text");
  }
  if (!ascii && asksForBorders(pattern)) {
    return refuseValue("a computed pattern that asks for the borders of words");
  }
  return portablePattern(pattern, { ascii });
}
