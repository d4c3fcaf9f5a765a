import { parseInstant, parseTimespan } from "./time.ts";
import type { KqlType, Value } from "./types.ts";

const bools: Readonly<Record<string, boolean>> = {
  true: true,
  "1": true,
  false: false,
  "0": false,
};

const readers: Readonly<Record<Exclude<KqlType, "string">, (text: string) => Value | undefined>> = {
  bool: (text) => bools[text.toLowerCase()],
  int: (text) => (/^[+-]?\d{1,10}$/.test(text) ? Number(text) : undefined),
  long: (text) => (/^[+-]?\d{1,19}$/.test(text) ? whole(text) : undefined),
  real: (text) => (Number.isNaN(Number(text)) ? undefined : Number(text)),
  decimal: (text) => (/^[+-]?\d{1,20}(\.\d*)?$/.test(text) ? text : undefined),
  datetime: (text) => (parseInstant(text) === undefined ? undefined : text),
  timespan: (text) => (parseTimespan(text) === undefined ? undefined : text),
  guid: (text) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : undefined),
  dynamic: (text) => {
    try {
      return JSON.parse(text) as Value;
    } catch {
      return text;
    }
  },
};

/** The value that the cell of a text file stands for in a column of `type`: null for none, undefined for what is no such value. */
export function textValue(text: string, type: KqlType): Value | undefined {
  if (type === "string") return text;
  const trimmed = text.trim();
  return trimmed === "" ? null : readers[type](trimmed);
}

function whole(text: string): Value {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}
