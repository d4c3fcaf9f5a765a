import { boundColumns } from "../items.ts";
import { builderAt } from "../build.ts";
import { columnsOf } from "../../ir/columns.ts";
import type { Expr, Rel } from "../../ir/types.ts";
import { argumentsOf, type PluginCall } from "./plugin.ts";

/** `evaluate dcount_intersect(hll, hll…)`: how many values the first has, the first two have in common, and so on. */
export function planDcountIntersect({ node, call, input, lowering }: PluginCall): Rel {
  const build = builderAt(lowering.span(node));
  const row = lowering.over(input);
  const sets = argumentsOf(call).positional.map((arg) => row.scalar(arg));
  const before = new Set(columnsOf(input).map(({ name }) => name));
  const names = boundColumns(node).filter(({ name }) => !before.has(name));
  let common: Expr | undefined;
  const counts = sets.flatMap((set, at): (readonly [string, Expr])[] => {
    common = common === undefined ? set : build.call("$hll-intersect", "dynamic", common, set);
    const name = names[at]?.name;
    return name === undefined ? [] : [[name, build.call("dcount_hll", "long", common)]];
  });
  return build.extend(input, Object.fromEntries(counts));
}
