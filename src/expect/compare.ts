import { parseInstant } from "../schema/time.ts";
import type { Row, Value } from "../schema/types.ts";

/**
 * Whether a value in an expectation is the one in a row. Exact, but for three ways of writing the same:
 * instants, a `long` as number or text, and nothing for an empty text.
 */
export function sameValue(expected: Value, actual: Value): boolean {
  if (expected === actual) return true;
  if (actual === null) return false;
  if (expected === null) return actual === "";
  if (typeof expected === "object" || typeof actual === "object") {
    return typeof expected === typeof actual && sameDynamic(expected as object, actual as object);
  }
  if (typeof expected === "boolean" || typeof actual === "boolean") return false;
  return String(expected) === String(actual) || sameInstant(String(expected), String(actual));
}

/** How a datetime leaves the engine; only such a value is compared as an instant. */
const datetime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/;

function sameInstant(expected: string, actual: string): boolean {
  if (!datetime.test(actual)) return false;
  const instant = parseInstant(expected);
  return instant !== undefined && instant === parseInstant(actual);
}

function sameDynamic(expected: object, actual: object): boolean {
  if (Array.isArray(expected) !== Array.isArray(actual)) return false;
  const [left, right] = [expected as Row, actual as Row];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) => Object.hasOwn(right, key) && sameValue(left[key] ?? null, right[key] ?? null),
    )
  );
}

/** Whether `actual` has the values of `expected` in the columns that `expected` lists. */
export function matchesRow(expected: Row, actual: Row): boolean {
  return Object.entries(expected).every(([column, value]) =>
    sameValue(value, actual[column] ?? null),
  );
}

/** What is left when each expected row has taken one actual row of its own, as many of them as can. */
export interface Unmatched {
  readonly expected: readonly Row[];
  readonly actual: readonly Row[];
}

/**
 * Pairs expected with actual rows. Rows that list few columns fit several, so that taking the first that
 * fits could leave another without; a row gives way where it has an alternative (Kuhn's matching).
 */
export function unmatchedRows(expected: readonly Row[], actual: readonly Row[]): Unmatched {
  const owner: (number | undefined)[] = actual.map(() => undefined);
  const claim = (index: number, tried: Set<number>): boolean => {
    const row = expected[index] ?? {};
    const places = [...actual.keys()].filter(
      (place) => !tried.has(place) && matchesRow(row, actual[place] ?? {}),
    );
    const free = places.find((place) => owner[place] === undefined);
    const taken =
      free ??
      places.find((place) => {
        tried.add(place);
        return claim(owner[place] ?? -1, tried);
      });
    if (taken === undefined) return false;
    owner[taken] = index;
    return true;
  };
  const missing = expected.filter((_, index) => !claim(index, new Set()));
  return { expected: missing, actual: actual.filter((_, place) => owner[place] === undefined) };
}
