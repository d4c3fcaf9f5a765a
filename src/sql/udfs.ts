import { buildSchemaUdfs } from "./udfs/build-schema.ts";
import { compressUdfs } from "./udfs/compress.ts";
import { distributionUdfs } from "./udfs/distributions.ts";
import { dynamicUdfs } from "./udfs/dynamic.ts";
import { geoBufferUdfs } from "./udfs/geo-buffers.ts";
import { geoCellUdfs } from "./udfs/geo-cells.ts";
import { geoLineUdfs } from "./udfs/geo-lines.ts";
import { geoOverlayUdfs } from "./udfs/geo-overlays.ts";
import { geoPointUdfs } from "./udfs/geo-points.ts";
import { geoPolygonUdfs } from "./udfs/geo-polygons.ts";
import { graphUdfs } from "./udfs/graphs.ts";
import { hashUdfs } from "./udfs/hash.ts";
import { listUdfs } from "./udfs/lists.ts";
import { networkUdfs } from "./udfs/network.ts";
import { numberUdfs } from "./udfs/numbers.ts";
import { pairUdfs } from "./udfs/pairs.ts";
import { parserUdfs } from "./udfs/parsers.ts";
import { punycodeUdfs } from "./udfs/punycode.ts";
import { seriesArrayUdfs } from "./udfs/series-arrays.ts";
import { seriesDecomposeUdfs } from "./udfs/series-decompose.ts";
import { seriesElementUdfs } from "./udfs/series-elements.ts";
import { seriesFillUdfs } from "./udfs/series-fill.ts";
import { seriesFilterUdfs } from "./udfs/series-filters.ts";
import { seriesStatisticUdfs } from "./udfs/series-statistics.ts";
import { seriesTransformUdfs } from "./udfs/series-transforms.ts";
import { sketchUdfs } from "./udfs/sketches.ts";
import { textUdfs } from "./udfs/text.ts";
import { timeUdfs } from "./udfs/time.ts";
import { unitUdfs } from "./udfs/units.ts";
import { userAgentUdfs } from "./udfs/user-agent.ts";
import type { UdfTable } from "./udfs/udf.ts";

/** Every function in JavaScript that SQL may name. */
export const udfs: UdfTable = {
  ...textUdfs,
  ...dynamicUdfs,
  ...networkUdfs,
  ...parserUdfs,
  ...pairUdfs,
  ...hashUdfs,
  ...buildSchemaUdfs,
  ...compressUdfs,
  ...distributionUdfs,
  ...punycodeUdfs,
  ...unitUdfs,
  ...userAgentUdfs,
  ...listUdfs,
  ...numberUdfs,
  ...timeUdfs,
  ...geoPointUdfs,
  ...geoLineUdfs,
  ...geoPolygonUdfs,
  ...geoCellUdfs,
  ...geoOverlayUdfs,
  ...geoBufferUdfs,
  ...seriesArrayUdfs,
  ...seriesDecomposeUdfs,
  ...seriesElementUdfs,
  ...seriesFillUdfs,
  ...seriesFilterUdfs,
  ...seriesStatisticUdfs,
  ...graphUdfs,
  ...sketchUdfs,
  ...seriesTransformUdfs,
};
