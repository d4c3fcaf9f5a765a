import type { Expression } from "../../kql/syntax.ts";
import type { Lowering } from "./lowering.ts";
import type { Expr } from "../ir/types.ts";

/**
 * The number of rows that `take`, `top` and the like are to give. Refuses a constant that is negative or null, as Kusto
 * does; what only a run can tell, the database refuses.
 */
export function rowCount(node: Expression, lowering: Lowering): Expr {
  const count = lowering.scalar(node);
  const value = constant(count);
  if (value === null || (value !== undefined && value < 0n)) {
    return lowering.refuse(node, {
      code: "KT0282",
      message: `invalid number of rows \`${value}\``,
      hint: "use 0 or more",
    });
  }
  if (value === undefined) {
    return { kind: "call", name: "$row-count", args: [count], type: "long", span: count.span };
  }
  return { kind: "literal", type: "long", value: value.toString(), span: count.span };
}

/** The value of a whole number that is computed from constants alone; undefined where it is not sure to be one. */
function constant(expr: Expr): bigint | null | undefined {
  if (expr.kind === "literal") {
    if (expr.value === null) return null;
    return /^-?\d+$/.test(String(expr.value)) ? BigInt(String(expr.value)) : undefined;
  }
  if (expr.kind !== "call") return undefined;
  const values = expr.args.map(constant);
  const [first, second] = values;
  if (first === undefined || first === null || second === null) return undefined;
  const value = computed(expr.name, first, second);
  const bits = expr.type === "int" ? 32 : 64;
  // What leaves the type's range wraps or is null: the database says which.
  return value === undefined || BigInt.asIntN(bits, value) !== value ? undefined : value;
}

function computed(name: string, first: bigint, second: bigint | undefined): bigint | undefined {
  if (second === undefined) {
    if (name === "unary-") return -first;
    return name === "toint" || name === "tolong" ? first : undefined;
  }
  switch (name) {
    case "+":
      return first + second;
    case "-":
      return first - second;
    case "*":
      return first * second;
    default:
      return undefined;
  }
}
