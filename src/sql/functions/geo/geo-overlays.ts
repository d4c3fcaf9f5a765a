import { jsonAt, realAt } from "../../expressions/args.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../../types.ts";

/** What shapes share, are together, or have around them. A shape that is not valid gives null; what S2 alone could tell is refused. */
// oxfmt-ignore
export const geoOverlayFunctions: FunctionTable<ScalarFunction> = {
  geo_intersects_2lines: { sql: pair("kql_geo_lines_meet"), examples: [["geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[-73.978929,40.785155],[-73.980903,40.782621]]}), dynamic({'type':'LineString','coordinates':[[-73.985195,40.788275],[-73.974552,40.779761]]}))", true], ["geo_intersects_2lines(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[3,3]]}))", null]] },
  geo_intersects_line_with_polygon: { sql: pair("kql_geo_line_meets_polygon"), examples: [["geo_intersects_line_with_polygon(dynamic({'type':'LineString','coordinates':[[3,2],[4,3]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}))", true], ["geo_intersects_line_with_polygon(dynamic({'type':'LineString','coordinates':[[3,12],[4,13]]}), dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}))", false]] },
  geo_intersects_2polygons: { sql: pair("kql_geo_polygons_meet"), examples: [["geo_intersects_2polygons(dynamic({'type':'Polygon','coordinates':[[[0,0],[10,10],[10,1],[0,0]]]}), dynamic({'type':'Polygon','coordinates':[[[5,3],[6,4],[6,3],[5,3]]]}))", true]] },
  geo_intersection_2lines: { sql: pair("kql_geo_lines_shared"), examples: [["geo_intersection_2lines(dynamic({'type':'LineString','coordinates':[[-73.978929,40.785155],[-73.980903,40.782621]]}), dynamic({'type':'LineString','coordinates':[[-73.985195,40.788275],[-73.974552,40.779761]]}))", { type: "Point", coordinates: [-73.97983711667098, 40.783989289772165] }], ["geo_intersection_2lines(dynamic({'type':'LineString','coordinates':[[1,1],[2,2]]}), dynamic({'type':'LineString','coordinates':[[3,3],[4,4]]}))", { type: "GeometryCollection", geometries: [] }]] },
  geo_intersection_line_with_polygon: { sql: pair("kql_geo_line_within"), examples: [["geo_intersection_line_with_polygon(dynamic({'type':'LineString','coordinates':[[-73.985195,40.788275],[-73.974552,40.779761]]}), dynamic({'type':'Polygon','coordinates':[[[-73.9712905883789,40.78580561168767],[-73.98004531860352,40.775276834803655],[-73.97000312805176,40.77852663535664],[-73.9712905883789,40.78580561168767]]]}))", { type: "LineString", coordinates: [[-73.975611956578192, 40.78060906714618], [-73.974552, 40.779761]] }]] },
  geo_intersection_2polygons: { sql: pair("kql_geo_polygons_shared"), examples: [["geo_intersection_2polygons(dynamic({'type':'Polygon','coordinates':[[[2,45],[0,45],[1,44],[2,45]]]}), dynamic({'type':'Polygon','coordinates':[[[3,44],[2,45],[2,43],[3,44]]]}))", { type: "Point", coordinates: [2, 45] }]] },
  geo_union_lines_array: { sql: (call) => `kql_geo_lines_union(${jsonAt(call, 0)})`, examples: [["geo_union_lines_array(dynamic([{'type':'LineString','coordinates':[[0,0],[1,0]]}, {'type':'LineString','coordinates':[[1,0],[2,1]]}]))", { type: "LineString", coordinates: [[0, 0], [1, 0], [2, 1]] }]] },
  geo_union_polygons_array: { sql: (call) => `kql_geo_polygons_union(${jsonAt(call, 0)})`, examples: [["geo_union_polygons_array(dynamic([{'type':'Polygon','coordinates':[[[0,0],[1,0],[1,1],[0,0]]]}, {'type':'Polygon','coordinates':[[[0,0],[1,1],[0,1],[0,0]]]}]))", { type: "Polygon", coordinates: [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]] }]] },
  geo_point_buffer: { sql: (call) => `kql_geo_point_buffer(${realAt(call, 0)}, ${realAt(call, 1)}, ${realAt(call, 2)}, ${realAt(call, 3, 10)})`, examples: [["geo_point_in_polygon(10.0, 10.0001, geo_point_buffer(10, 10, 100))", true], ["geo_point_buffer(10, 10, -1)", null]] },
  geo_line_buffer: { sql: shapeBuffer("kql_geo_line_buffer"), examples: [["array_length(geo_line_buffer(dynamic({'type':'LineString','coordinates':[[-80.66634997047466,24.894526340592122],[-80.67373241820246,24.890808090321286]]}), 4, 0.1).coordinates[0])", 19], ["geo_line_buffer(dynamic({'type':'LineString'}), 5)", null]] },
  geo_polygon_buffer: { sql: shapeBuffer("kql_geo_polygon_buffer"), examples: [["geo_polygon_buffer(dynamic({'type':'p'}), 1)", null]] },
};

function pair(udf: string): (call: SqlCall) => string {
  return (call) => `${udf}(${jsonAt(call, 0)}, ${jsonAt(call, 1)})`;
}

function shapeBuffer(udf: string): (call: SqlCall) => string {
  return (call) => `${udf}(${jsonAt(call, 0)}, ${realAt(call, 1)}, ${realAt(call, 2, 10)})`;
}
