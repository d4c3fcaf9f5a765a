import { longAt, realAt, textAt } from "../../expressions/args.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

/** Functions of the cells of geohash, S2 and H3. What is no cell gives null. */
// oxfmt-ignore
export const geoCellFunctions: FunctionTable<ScalarFunction> = {
  geo_point_to_geohash: { sql: (call) => cellSql(call, "kql_geohash", 5), examples: [["geo_point_to_geohash(-80.195829, 25.802215, 8)", "dhwfz15h"], ["geo_point_to_geohash(200, 1, 8)", ""], ["geo_point_to_geohash(1, 1, int(null))", ""]] },
  geo_geohash_to_central_point: { sql: (call) => `kql_geohash_centre(${textAt(call, 0)})`, examples: [["geo_geohash_to_central_point('sunny')", { type: "Point", coordinates: [42.47314453125, 23.70849609375] }], ["geo_geohash_to_central_point('a')", null]] },
  geo_geohash_to_polygon: { sql: (call) => `kql_geohash_polygon(${textAt(call, 0)})`, examples: [["geo_geohash_to_polygon('dr5ru')", { type: "Polygon", coordinates: [[[-74.00390625, 40.7373046875], [-73.9599609375, 40.7373046875], [-73.9599609375, 40.78125], [-74.00390625, 40.78125], [-74.00390625, 40.7373046875]]] }]] },
  geo_geohash_neighbors: { sql: (call) => `kql_geohash_neighbours(${textAt(call, 0)})`, examples: [["geo_geohash_neighbors('sunny')", ["sunnv", "sunnt", "sunnw", "sunnx", "sunpp", "sunnz", "sunpn", "sunpj"]], ["geo_geohash_neighbors('a')", null]] },
  geo_point_to_s2cell: { sql: (call) => cellSql(call, "kql_s2cell", 11), examples: [["geo_point_to_s2cell(-80.195829, 25.802215, 8)", "88d9b"], ["geo_point_to_s2cell(300, 1, 8)", ""]] },
  geo_s2cell_to_central_point: { sql: (call) => `kql_s2cell_centre(${textAt(call, 0)})`, examples: [["geo_s2cell_to_central_point('a')", null]] },
  geo_s2cell_to_polygon: { sql: (call) => `kql_s2cell_polygon(${textAt(call, 0)})`, examples: [["geo_s2cell_to_polygon('89c259')", { type: "Polygon", coordinates: [[[-74.03001224983848, 40.8012684339439], [-74.03001224983848, 40.7222262918358], [-73.93598211433742, 40.70888048980456], [-73.93598211433742, 40.78791713450684], [-74.03001224983848, 40.8012684339439]]] }]] },
  geo_s2cell_neighbors: { sql: (call) => `kql_s2cell_neighbours(${textAt(call, 0)})`, examples: [["geo_s2cell_neighbors('89c259')", ["89c25d", "89c25b", "89c2f7", "89c257", "89c2f5", "89c251", "89c25f", "89c2f9"]]] },
  geo_point_to_h3cell: { sql: (call) => cellSql(call, "kql_h3cell", 6), examples: [["geo_point_to_h3cell(-74.04450446039874, 40.689250859314974, 6)", "862a1072fffffff"], ["geo_point_to_h3cell(1, 1, 16)", ""]] },
  geo_h3cell_to_central_point: { sql: (call) => `kql_h3cell_centre(${textAt(call, 0)})`, examples: [["geo_h3cell_to_central_point('1')", null]] },
  geo_h3cell_to_polygon: { sql: (call) => `kql_h3cell_polygon(${textAt(call, 0)})`, examples: [["geo_h3cell_to_polygon('862a1072fffffff')", { type: "Polygon", coordinates: [[[-74.0022744646159, 40.73537602621501], [-74.04690802968624, 40.72798622248911], [-74.06061071222366, 40.69677514034901], [-74.02972440815668, 40.672970047595456], [-73.98514098370819, 40.680349049267576], [-73.97139376102862, 40.71154393543933], [-74.0022744646159, 40.73537602621501]]] }]] },
  geo_h3cell_neighbors: { sql: (call) => `kql_h3cell_neighbours(${textAt(call, 0)})`, examples: [["geo_h3cell_neighbors('862a1072fffffff')", ["862a10777ffffff", "862a100d7ffffff", "862a100dfffffff", "862a1070fffffff", "862a10707ffffff", "862a10727ffffff"]]] },
  geo_h3cell_level: { sql: (call) => `kql_h3cell_level(${textAt(call, 0)})`, examples: [["geo_h3cell_level('862a1072fffffff')", 6], ["geo_h3cell_level('abc')", null]] },
  geo_h3cell_parent: { sql: (call) => `coalesce(kql_h3cell_parent(${textAt(call, 0)}, ${levelSql(call)}), '')`, examples: [["geo_h3cell_parent('862a1072fffffff')", "852a1073fffffff"], ["geo_h3cell_parent('862a1072fffffff', 3)", "832a10fffffffff"], ["geo_h3cell_parent('123')", ""]] },
  geo_h3cell_children: { sql: (call) => `kql_h3cell_children(${textAt(call, 0)}, ${levelSql(call)})`, examples: [["geo_h3cell_children('862a1072fffffff')", ["872a10728ffffff", "872a10729ffffff", "872a1072affffff", "872a1072bffffff", "872a1072cffffff", "872a1072dffffff", "872a1072effffff"]], ["geo_h3cell_children('862a1072fffffff', 12)", null]] },
  geo_h3cell_rings: { sql: (call) => `kql_h3cell_rings(${textAt(call, 0)}, ${longAt(call, 1)})`, examples: [["geo_h3cell_rings('861f8894fffffff', 1)", [["861f8894fffffff"], ["861f88947ffffff", "861f8895fffffff", "861f88867ffffff", "861f8d497ffffff", "861f8d4b7ffffff", "861f8896fffffff"]]], ["geo_h3cell_rings('861f8894fffffff', 150)", null]] },
  geo_from_wkt: { sql: (call) => `kql_wkt(${textAt(call, 0)})`, examples: [["geo_from_wkt('LINESTRING (1 2, 3 4)')", { type: "LineString", coordinates: [[1, 2], [3, 4]] }], ["geo_from_wkt('MULTIPOINT (1 1, 2 2, 3 3)')", { type: "MultiPoint", coordinates: [[1, 1], [2, 2], [3, 3]] }], ["geo_from_wkt('LINESTRING')", null]] },
};

/** The cell that holds a place; the empty text where place or level is not valid. */
function cellSql(call: SqlCall, udf: string, level: number): string {
  const [longitude, latitude] = [realAt(call, 0), realAt(call, 1)];
  return `coalesce(${udf}(${longitude}, ${latitude}, ${longAt(call, 2, level)}), '')`;
}

function levelSql(call: SqlCall): string {
  return call.args.length > 1 ? longAt(call, 1) : "CAST(NULL AS BIGINT)";
}
