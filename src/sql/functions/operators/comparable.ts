import type { Expr } from "../../../plan/ir/types.ts";
import type { KqlType } from "../../../schema/types.ts";

/** Kusto wants one of the two in a type of its own. */
export function comparesDynamics(args: readonly Expr[]): string | undefined {
  return args.every(({ type }) => type === "dynamic")
    ? "compares two dynamic values, which Kusto refuses; convert them with `tostring()` or the like"
    : undefined;
}

/** How each type is written as text: whether Kusto compares as text or as values does not matter for it. */
const canonical: Partial<Readonly<Record<KqlType, RegExp>>> = {
  bool: /^(?:True|False)$/,
  guid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/,
  timespan: /^(?!)/,
};

/** Numbers are compared with text as text. What Kusto does with other types is not known where their text differs. */
export function comparesApart(args: readonly Expr[]): string | undefined {
  const text = args.find(({ type }) => type === "string");
  const form = args.map(({ type }) => canonical[type]).find((each) => each !== undefined);
  if (text === undefined || form === undefined) return comparesDynamics(args);
  const isSame = text.kind === "literal" && form.test(String(text.value));
  const other = args.find(({ type }) => type !== "string")?.type ?? "string";
  return isSame ? undefined : `compares a \`${other}\` with a string; convert one of them`;
}
