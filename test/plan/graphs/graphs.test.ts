import { expect, test } from "vitest";
import { expectRefusal, expectRows, rowsOf, sharedEngine } from "../../support/engine.ts";
import { attacks, children, connections, fork } from "./samples.ts";

test("a node that only edges name has its id and no other property", () =>
  expectRows(`${attacks} | graph-to-table nodes | sort by name asc`, [
    ["Alice", "Person", 23],
    ["Bob", "Person", 31],
    ["Eve", "Person", 17],
    ["Mallory", "", null],
    ["Trent", "System", 99],
  ]));

test("nodes of several tables have the columns of all", () =>
  expectRows(
    `datatable(a:string, b:string)["x", "y"] | make-graph a --> b
      with (datatable(id:string, k:long)["x", 1]) on id, (datatable(id:string, w:string)["y", "w"]) on id
      | graph-to-table nodes | sort by id asc`,
    [
      ["x", 1, ""],
      ["y", null, "w"],
    ],
  ));

test.each([
  ["[1, 2]", "with (datatable(i:long, k:string)[1, 'a', 1, 'b']) on i", "different rows"],
  ["[1, long(null)]", "with_node_id=i", "without an id"],
])("a graph that is not documented stops the query: %s %s", async (edges, clause, text) => {
  const engine = await sharedEngine();
  const kql = `datatable(a:long, b:long)${edges} | make-graph a --> b ${clause} | graph-to-table nodes`;
  await expect(engine.query(kql)).rejects.toMatchObject({
    diagnostics: [{ code: "KT0249", message: expect.stringContaining(text) }],
  });
});

test("equal rows of one node are one node", () =>
  expectRows(
    "datatable(a:long, b:long)[1, 1] | make-graph a --> b with (datatable(i:long, k:string)[1, 'a', 1, 'a']) on i | graph-to-table nodes",
    [[1, "a"]],
  ));

test("components are numbered from 0", () =>
  expectRows(
    `${children} | graph-mark-components with_component_id = family | graph-to-table nodes | summarize make_set(name) by family | project array_sort_asc(set_name)`,
    [
      // oxfmt-ignore
      [["Alice", "Bob", "Carol", "Dave", "Greg", "Howard"]],
      [["Eve", "Frank", "Kirk", "Mallory"]],
    ],
  ));

test("a component is a property of its nodes from then on", () =>
  expectRows(
    `${children} | graph-mark-components with_component_id = family
      | graph-match (descendant)-[childOf*1..5]->(ancestor)
        project name = ancestor.name, lineage = map(childOf, child), family = ancestor.family
      | summarize generations = max(array_length(lineage)) by family | sort by family asc`,
    [
      [0, 2],
      [1, 2],
    ],
  ));

test("nodes of a strong component reach each other", () =>
  expectRows(
    "datatable(a:long, b:long)[1, 2, 2, 1, 2, 3] | make-graph a --> b with_node_id=n | graph-mark-components kind=strong | graph-to-table nodes | sort by n asc",
    [
      [1, 0],
      [2, 0],
      [3, 1],
    ],
  ));

const stations = `${connections} connections | make-graph from_station --> to_station with_node_id=station | graph-shortest-paths`;

test("all shortest paths, and no longer one", async () => {
  const rows = await rowsOf(
    `${stations} output=all (start)-[connections*1..5]->(destination)
      where start.station == "South-West" and destination.station == "North"
      project path = map(connections, to_station), line = map(connections, line) | sort by tostring(path) asc`,
  );
  expect(rows).toEqual([
    [
      ["South", "Central", "North"],
      ["red", "red", "red"],
    ],
    [
      ["West", "Central", "North"],
      ["red", "blue", "red"],
    ],
  ]);
});

test("paths around a node, none of them back to its start", () =>
  expectRows(
    `${stations} (start)-[connections*1..5]->(destination)
      where all(inner_nodes(connections), station != "West") and start.station == "North"
      project strcat_array(map(inner_nodes(connections), station), "->"), destination.station | sort by destination_station asc`,
    [
      ["", "Central"],
      ["Central", "East"],
      ["Central", "South"],
      ["Central->South", "South-West"],
      ["Central", "West"],
    ],
  ));

test("which of several shortest paths is taken is not known, unless all give one row", async () => {
  const engine = await sharedEngine();
  const kql = `${stations} (start)-[e*1..5]->(destination) where start.station == "South-West" and destination.station == "North"`;
  await expect(engine.query(`${kql} project map(e, line)`)).rejects.toMatchObject({
    diagnostics: [{ code: "KT0249", message: expect.stringContaining("shortest paths") }],
  });
  await expectRows(`${kql} project array_length(map(e, line))`, [[3]]);
});

test.each([
  ["make-graph a --> b with_node_id=n", "KT0202"],
  ["partition by a (make-graph a --> b with_node_id=n | graph-to-table nodes)", "KT0266"],
  ["mv-apply c = dynamic([1]) on (make-graph a --> b with_node_id=n | graph-to-table nodes)", "KT0266"], // oxfmt-ignore
  ["make-graph a --> b with_node_id=n | graph-to-table nodes with_node_id=h", "KT0266"],
  ["make-graph a --> b with_node_id=n partitioned-by a (graph-match (p)-->(q) project p.n)", "KT0266"], // oxfmt-ignore
  ["make-graph a --> b with_node_id=n | graph-mark-components with_component_id=n | graph-to-table nodes", "KT0266"], // oxfmt-ignore
  ["make-graph a --> b with (datatable(a:long)[1]) on a | graph-to-table nodes", "KT0266"],
  ["make-graph a --> b with (datatable(i:string)[]) on i, (datatable(j:string)[]) on j | graph-to-table nodes", "KT0266"], // oxfmt-ignore
  ["make-graph a --> b with (datatable(i:string, k:long)[]) on i, (datatable(i:string, k:string)[]) on i | graph-to-table nodes", "KT0266"], // oxfmt-ignore
  ["make-graph a --> b with_node_id=n | graph-shortest-paths (p)-[e*1..3]->(q) where any(e, a == 'x') project p.n", "KT0266"], // oxfmt-ignore
  ["make-graph a --> b with_node_id=n | graph-shortest-paths (p)-->(q)-[e*1..3]->(r) project p.n", "KT0266"], // oxfmt-ignore
])("refused: %s", (operators, code) =>
  expectRefusal(`datatable(a:string, b:string)["x", "y"] | ${operators}`, code),
);

test("a graph has a name as a table has", () =>
  expectRows(`${fork} graph-match (p)-->(q)-->(r) project p.id | sort by p_id asc`, [
    ["x"],
    ["y"],
  ]));
