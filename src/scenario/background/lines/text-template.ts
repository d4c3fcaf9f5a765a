import type { Random } from "../../../base/random.ts";
import { guid } from "../../model/draw.ts";

/** A text with places that are drawn anew each time: fixed parts and placeholders in turn, a fixed part first. */
export interface TextTemplate {
  readonly fixed: readonly string[];
  readonly drawn: readonly { readonly kind: string; readonly length: number }[];
}

const placeholder = /\{(word|guid|hex|digits)(?::(\d{1,3}))?\}/g;

/** `text` with `{user}` and `{domain}` filled in and its other placeholders ready to be drawn. */
export function compileText(
  text: string,
  names: { readonly user: string; readonly domain: string },
): TextTemplate {
  if (!text.includes("{")) return { fixed: [text], drawn: [] };
  const known = text.replaceAll("{user}", names.user).replaceAll("{domain}", names.domain);
  const fixed: string[] = [];
  const drawn: { kind: string; length: number }[] = [];
  let end = 0;
  for (const match of known.matchAll(placeholder)) {
    fixed.push(known.slice(end, match.index));
    drawn.push({ kind: match[1] ?? "", length: Number(match[2] ?? 8) });
    end = match.index + match[0].length;
  }
  fixed.push(known.slice(end));
  return { fixed, drawn };
}

/** The text of `template` with its placeholders drawn from `random`. */
export function fillText({ fixed, drawn }: TextTemplate, random: Random): string {
  let text = fixed[0] ?? "";
  for (const [index, { kind, length }] of drawn.entries()) {
    text += drawText(kind, length, random) + (fixed[index + 1] ?? "");
  }
  return text;
}

function drawText(kind: string, length: number, random: Random): string {
  switch (kind) {
    case "word":
      return random.pick(words);
    case "guid":
      return guid(random);
    case "hex":
      return random.hex(length);
    default:
      // No number begins with 0.
      return String(random.integer(10 ** (length - 1), 10 ** length - 1));
  }
}

// oxfmt-ignore
const words: readonly string[] = [
  "atlas", "budget", "catalog", "compass", "contract", "dashboard", "delivery", "forecast", "gateway", "harbor",
  "inventory", "invoice", "journal", "ledger", "manual", "minutes", "offer", "orders", "outline", "payroll",
  "planning", "portal", "pricing", "quality", "report", "review", "roadmap", "schedule", "shipping", "summary",
  "survey", "toolkit", "training", "travel", "warehouse", "workshop",
];
