import { basketUdfs } from "./basket.ts";
import { buildSchemaUdfs } from "./dynamic/build-schema.ts";
import { compressUdfs } from "./text/compress.ts";
import { distributionUdfs } from "./distributions.ts";
import { dynamicUdfs } from "./dynamic/dynamic.ts";
import { geoBufferUdfs } from "./geo/geo-buffers.ts";
import { geoCellUdfs } from "./geo/geo-cells.ts";
import { geoLineUdfs } from "./geo/geo-lines.ts";
import { geoOverlayUdfs } from "./geo/geo-overlays.ts";
import { geoPointUdfs } from "./geo/geo-points.ts";
import { geoPolygonUdfs } from "./geo/geo-polygons.ts";
import { graphUdfs } from "./graphs.ts";
import { hashUdfs } from "./text/hash.ts";
import { listUdfs } from "./dynamic/lists.ts";
import { networkUdfs } from "./network.ts";
import { numberUdfs } from "./numbers.ts";
import { pairUdfs } from "./pairs.ts";
import { parserUdfs } from "./text/parsers.ts";
import { punycodeUdfs } from "./text/punycode.ts";
import { seriesArrayUdfs } from "./series/series-arrays.ts";
import { seriesDecomposeUdfs } from "./series/series-decompose.ts";
import { seriesElementUdfs } from "./series/series-elements.ts";
import { seriesFillUdfs } from "./series/series-fill.ts";
import { seriesFilterUdfs } from "./series/series-filters.ts";
import { seriesStatisticUdfs } from "./series/series-statistics.ts";
import { seriesTransformUdfs } from "./series/series-transforms.ts";
import { sketchUdfs } from "./sketches.ts";
import { textUdfs } from "./text/text.ts";
import { timeUdfs } from "./time.ts";
import { unitUdfs } from "./units.ts";
import { userAgentUdfs } from "./text/user-agent.ts";
import type { UdfTable } from "./udf.ts";

/** Every function in JavaScript that SQL may name. */
export const udfs: UdfTable = {
  ...basketUdfs,
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
