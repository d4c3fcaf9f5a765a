import type { Expr } from "../../../plan/ir/types.ts";
import { jsonAt, longAt, realAt } from "../../expressions/args.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

/** Functions of points, lines and polygons on a sphere. A place or shape that is not valid gives null. */
// oxfmt-ignore
export const geoFunctions: FunctionTable<ScalarFunction> = {
  geo_distance_2points: { refuse: spheroid(4), sql: (call) => `kql_geo_distance(${reals(call, 0, 4)})`, examples: [["geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056)", 1546754.35197381], ["geo_distance_2points(300, 1, 1, 1)", null]] },
  geo_distance_point_to_line: { refuse: spheroid(3), sql: (call) => `kql_geo_to_line(${reals(call, 0, 2)}, ${jsonAt(call, 2)})`, examples: [["geo_distance_point_to_line(0, 1, dynamic({'type':'LineString','coordinates':[[-1,0],[1,0]]}))", 111195.101177484], ["geo_distance_point_to_line(1, 1, dynamic({'type':'LineString'}))", null]] },
  geo_distance_point_to_polygon: { refuse: spheroid(3), sql: (call) => `kql_geo_to_polygon(${reals(call, 0, 2)}, ${jsonAt(call, 2)})`, examples: [["geo_distance_point_to_polygon(5, 2, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}))", 0], ["geo_distance_point_to_polygon(500, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}))", null]] },
  geo_point_in_circle: { sql: (call) => `kql_geo_in_circle(${reals(call, 0, 5)})`, examples: [["geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500)", true], ["geo_point_in_circle(-122.137575, 47.630683, -122.100896, 47.527351, 3500)", false], ["geo_point_in_circle(200, 1, 1, 1, 10)", null]] },
  geo_point_in_polygon: { sql: (call) => `kql_geo_in_polygon(${reals(call, 0, 2)}, ${jsonAt(call, 2)})`, examples: [["geo_point_in_polygon(9, 5, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}))", true], ["geo_point_in_polygon(1, 5, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}))", false], ["geo_point_in_polygon(1, 1, dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,10],[0,0]]]}))", null]] },
  geo_azimuth: { sql: (call) => `kql_geo_azimuth(${reals(call, 0, 4)})`, examples: [["geo_azimuth(5, 10, 10, -40)", 3.05459939796449], ["geo_azimuth(5, 10, 5, 10)", null]] },
  geo_closest_point_on_line: { sql: (call) => `kql_geo_nearest_on_line(${reals(call, 0, 2)}, ${jsonAt(call, 2)})`, examples: [["geo_closest_point_on_line(0, 1, dynamic({'type':'LineString','coordinates':[[-1,0],[1,0]]}))", { type: "Point", coordinates: [0, 0] }]] },
  geo_closest_point_on_polygon: { sql: (call) => `kql_geo_nearest_on_polygon(${reals(call, 0, 2)}, ${jsonAt(call, 2)})`, examples: [["geo_closest_point_on_polygon(-73.9839, 40.7705, dynamic({'type':'Polygon','coordinates':[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]}))", { type: "Point", coordinates: [-73.98120558015391, 40.76935945284321] }]] },
  geo_line_length: { refuse: spheroid(1), sql: (call) => `kql_geo_line_length(${jsonAt(call, 0)})`, examples: [["geo_line_length(dynamic({'type':'LineString','coordinates':[[0,0],[1,0]]}))", 111195.101177484], ["geo_line_length(dynamic({'type':'LineString','coordinates':[[1,1]]}))", null]] },
  geo_line_centroid: { sql: (call) => `kql_geo_line_centroid(${jsonAt(call, 0)})`, examples: [["geo_line_centroid(dynamic({'type':'LineString','coordinates':[[-73.95796,40.80042],[-73.97317,40.764486]]}))", { type: "Point", coordinates: [-73.965567057230942, 40.782453249627416] }]] },
  geo_line_locate_point: { refuse: spheroid(3), sql: (call) => `kql_geo_line_locate(${jsonAt(call, 0)}, ${reals(call, 1, 3)})`, examples: [["geo_line_locate_point(dynamic({'type':'LineString','coordinates':[[-73.95796,40.80042],[-73.97317,40.764486]]}), -73.965, 40.792)", 0.255601351003076]] },
  geo_line_interpolate_point: { sql: (call) => `kql_geo_line_interpolate(${jsonAt(call, 0)}, ${realAt(call, 1)})`, examples: [["geo_line_interpolate_point(dynamic({'type':'LineString','coordinates':[[-73.95796,40.80042],[-73.97317,40.764486]]}), 0.25)", { type: "Point", coordinates: [-73.961764043218281, 40.791436687257232] }]] },
  geo_line_densify: { refuse: crossing, sql: (call) => `kql_geo_line_densify(${jsonAt(call, 0)}, ${realAt(call, 1, 10)})`, examples: [["array_length(geo_line_densify(dynamic({'type':'LineString','coordinates':[[50,50],[51,51]]})).coordinates)", 9], ["geo_line_densify(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), 0)", null], ["tostring(geo_line_densify(dynamic({'type':'LineString','coordinates':[[-73.949247,40.79686],[-73.973017,40.764323]]})))", '{"type":"LineString","coordinates":[[-73.949247,40.79686],[-73.973017,40.764323000000008]]}']] },
  geo_line_to_s2cells: { sql: (call) => `kql_geo_line_cells(${jsonAt(call, 0)}, ${longAt(call, 1, 11)}, ${realAt(call, 2, 0)})`, examples: [["geo_line_to_s2cells(dynamic({'type':'LineString','coordinates':[[-73.95,40.79],[-73.951,40.791]]}), 8)", ["89c2f"]]] },
  geo_polygon_area: { sql: (call) => `kql_geo_polygon_area(${jsonAt(call, 0)})`, examples: [["geo_polygon_area(dynamic({'type':'Polygon','coordinates':[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]}))", 3475207.28346606]] },
  geo_polygon_perimeter: { sql: (call) => `kql_geo_polygon_perimeter(${jsonAt(call, 0)})`, examples: [["geo_polygon_perimeter(dynamic({'type':'Polygon','coordinates':[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]}))", 9930.30149604938]] },
  geo_polygon_centroid: { sql: (call) => `kql_geo_polygon_centroid(${jsonAt(call, 0)})`, examples: [["geo_polygon_centroid(dynamic({'type':'Polygon','coordinates':[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]}))", { type: "Point", coordinates: [-73.965735689907618, 40.782550538057812] }]] },
  geo_polygon_densify: { refuse: crossing, sql: (call) => `kql_geo_polygon_densify(${jsonAt(call, 0)}, ${realAt(call, 1, 10)})`, examples: [["array_length(geo_polygon_densify(dynamic({'type':'Polygon','coordinates':[[[10,10],[11,10],[11,11],[10,11],[10,10]]]})).coordinates[0])", 11]] },
  geo_polygon_to_s2cells: { sql: (call) => `kql_geo_polygon_cells(${jsonAt(call, 0)}, ${longAt(call, 1, 11)}, ${realAt(call, 2, 0)})`, examples: [["array_length(geo_polygon_to_s2cells(dynamic({'type':'Polygon','coordinates':[[[0,0],[0,50],[100,50],[0,0]]]}), 5))", 286]] },
  geo_polygon_to_h3cells: { sql: (call) => `kql_geo_polygon_hexagons(${jsonAt(call, 0)}, ${longAt(call, 1, 6)}, ${realAt(call, 2, 0)})`, examples: [["geo_polygon_to_h3cells(dynamic({'type':'Polygon','coordinates':[[[-3.659,40.553],[-3.913,40.409],[-3.729,40.273],[-3.524,40.440],[-3.659,40.553]]]}), 5)", ["85390ca3fffffff", "85390cbbfffffff", "85390cb3fffffff"]], ["geo_polygon_to_h3cells(dynamic({'type':'Polygon','coordinates':[[[0,0],[1,1]]]}))", null]] },
};

function reals(call: SqlCall, from: number, to: number): string {
  return call.args
    .slice(from, to)
    .map((_, at) => realAt(call, from + at))
    .join(", ");
}

/** Refuses what the flag at `index` asks for: to measure on a spheroid. */
function spheroid(index: number): (args: readonly Expr[]) => string | undefined {
  return (args) =>
    isFalse(args[index]) ? undefined : "has no translation for distances on a spheroid";
}

function crossing(args: readonly Expr[]): string | undefined {
  return isFalse(args[2]) ? undefined : "has no translation for `preserve_crossing`";
}

function isFalse(arg: Expr | undefined): boolean {
  return arg === undefined || (arg.kind === "literal" && arg.value === false);
}
