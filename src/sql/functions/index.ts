import type { AggregateFunction, FunctionTable, ScalarFunction } from "../types.ts";
import { basicAggregates } from "./aggregates.ts";
import { conversions } from "./conversions.ts";
import { lineage } from "./lineage.ts";
import { arithmetic, textOperators } from "./operators.ts";

/** Every scalar function and operator that has a translation, by its KQL spelling. */
export const scalarFunctions: FunctionTable<ScalarFunction> = {
  ...arithmetic,
  ...textOperators,
  ...conversions,
  ...lineage.scalars,
};

/** Every aggregate function that has a translation. */
export const aggregateFunctions: FunctionTable<AggregateFunction> = {
  ...basicAggregates,
  ...lineage.aggregates,
};
