import type { AggregateFunction, FunctionTable, ScalarFunction } from "../types.ts";
import { collectionAggregates } from "./aggregates/collection-aggregates.ts";
import { statisticAggregates } from "./aggregates/statistic-aggregates.ts";
import { basicAggregates } from "./aggregates/basic-aggregates.ts";
import { conversions } from "./conversions.ts";
import { binFunctions, datetimeFunctions } from "./datetime.ts";
import { distributionFunctions } from "./distributions.ts";
import { dynamicFunctions } from "./dynamic.ts";
import { geoCellFunctions } from "./geo/geo-cells.ts";
import { geoOverlayFunctions } from "./geo/geo-overlays.ts";
import { geoFunctions } from "./geo/geo.ts";
import { fixtureFunctions } from "./internal/fixture-functions.ts";
import { graphFunctions } from "./graphs.ts";
import { lineage } from "./internal/lineage.ts";
import { networkFunctions } from "./network.ts";
import { numberFunctions } from "./numbers.ts";
import { arithmetic } from "./operators/arithmetic.ts";
import { comparison } from "./operators/comparison.ts";
import { textOperators } from "./operators/text-operators.ts";
import { pairFunctions } from "./pairs.ts";
import { randomFunctions } from "./random.ts";
import { seriesFunctions } from "./series/series.ts";
import { seriesDecompositions } from "./series/series-decompose.ts";
import { seriesTransforms } from "./series/series-transforms.ts";
import { seriesArrays } from "./series/series-arrays.ts";
import { sketches } from "./aggregates/sketches.ts";
import { stringFunctions } from "./strings.ts";
import { tieFunctions } from "./internal/ties.ts";
import { unitFunctions } from "./units.ts";

/** Every scalar function and operator that has a translation, by its KQL spelling. */
export const scalarFunctions: FunctionTable<ScalarFunction> = {
  ...comparison,
  ...arithmetic,
  ...textOperators,
  ...conversions,
  ...datetimeFunctions,
  ...binFunctions,
  ...numberFunctions,
  ...distributionFunctions,
  ...randomFunctions,
  ...unitFunctions,
  ...stringFunctions,
  ...dynamicFunctions,
  ...networkFunctions,
  ...pairFunctions,
  ...geoFunctions,
  ...geoCellFunctions,
  ...geoOverlayFunctions,
  ...seriesFunctions,
  ...seriesDecompositions,
  ...seriesTransforms,
  ...seriesArrays.scalars,
  ...lineage.scalars,
  ...fixtureFunctions,
  ...tieFunctions,
  ...graphFunctions,
  ...sketches.scalars,
};

/** Every aggregate function that has a translation. */
export const aggregateFunctions: FunctionTable<AggregateFunction> = {
  ...basicAggregates,
  ...collectionAggregates,
  ...statisticAggregates,
  ...seriesArrays.aggregates,
  ...lineage.aggregates,
  ...sketches.aggregates,
};
