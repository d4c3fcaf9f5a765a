import { InputError } from "../base/diagnostic.ts";
import { parseInstant } from "../schema/time.ts";

/** What `now()` is where nothing else is said: fixed, so that two runs give the same. */
export const defaultNow = "2025-01-15T12:00:00Z";

/** Reads an ISO 8601 instant, in ticks; `defaultNow` where there is none. */
export function readNow(text: string = defaultNow): bigint {
  const now = parseInstant(text);
  if (now !== undefined) return now;
  throw new InputError({
    code: "KT0709",
    message: `\`now\` is \`${text}\`, which is no instant`,
    hint: `write it like \`${defaultNow}\``,
  });
}
