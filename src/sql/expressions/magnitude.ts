import type { Call, Expr } from "../../plan/ir/types.ts";

const intBound = 2n ** 31n;
const longBound = 2n ** 63n;

/** The greatest absolute value that an integer `expr` can have; undefined if it may be any long. */
export function boundOf(expr: Expr): bigint | undefined {
  switch (expr.kind) {
    case "literal":
      return expr.type === "int" || expr.type === "long" ? literalBound(expr.value) : undefined;
    case "call":
      return callBound(expr);
    default:
      return typeBound(expr);
  }
}

/** True if no value of `bound` leaves the range of a long. */
export function fitsLong(bound: bigint | undefined): boolean {
  return bound !== undefined && bound < longBound;
}

/** The bound of a sum, a difference or a product; undefined for any other call, or if that of an argument is not known. */
export function arithmeticBound(name: string, args: readonly Expr[]): bigint | undefined {
  const [left, right] = args.map(boundOf);
  if (left === undefined) return undefined;
  if (name === "unary-") return left;
  if (right === undefined) return undefined;
  switch (name) {
    case "+":
    case "-":
      return left + right;
    case "*":
      return left * right;
    default:
      return undefined;
  }
}

function literalBound(value: string | number | boolean | null): bigint {
  if (value === null) return 0n;
  const number = BigInt(value);
  return number < 0n ? -number : number;
}

function callBound(call: Call): bigint | undefined {
  const { name, args } = call;
  switch (name) {
    case "+":
    case "-":
    case "*":
    case "unary-": {
      const bound = arithmeticBound(name, args);
      return fitsLong(bound) ? bound : undefined;
    }
    case "iff":
    case "case":
      return greatest(args.filter((_, at) => at % 2 === 1 || at === args.length - 1));
    default:
      return typeBound(call);
  }
}

function greatest(values: readonly Expr[]): bigint | undefined {
  let most = 0n;
  for (const bound of values.map(boundOf)) {
    if (bound === undefined) return undefined;
    if (bound > most) most = bound;
  }
  return most;
}

function typeBound({ type }: Expr): bigint | undefined {
  if (type === "bool") return 1n;
  return type === "int" ? intBound : undefined;
}
