import { expect, test } from "vitest";
import { expectRefusal, rowsOf, sharedEngine } from "../../support/engine.ts";
import { attacks, connections, fork, reports } from "./samples.ts";

async function expectBag(kql: string, rows: readonly (readonly unknown[])[]): Promise<void> {
  const texts = (list: readonly (readonly unknown[])[]) => list.map((row) => JSON.stringify(row)).toSorted(); // oxfmt-ignore
  expect(texts(await rowsOf(kql)), kql).toEqual(texts(rows));
}

const stations = `${connections} connections | make-graph from_station --> to_station with_node_id=station | `;

test("edges and nodes of one length are joins", () =>
  expectBag(
    `${attacks} | graph-match (mallory)-[attacks]->(compromised)-[hasPermission]->(trent)
      where mallory.name == "Mallory" and trent.name == "Trent" and attacks.edge_type == "attacks"
        and hasPermission.edge_type == "hasPermission"
      project Attacker = mallory.name, Compromised = compromised.name, System = trent.name`,
    [["Mallory", "Bob", "Trent"]],
  ));

test("a property of an edge of variable length is an array, in the order of the pattern", () =>
  expectBag(
    `${reports} | graph-match (alice)<-[reports*1..5]-(employee) where alice.name == "Alice" and employee.age < 30
      project employee = employee.name, age = employee.age, reportingPath = reports.manager`,
    [
      ["Joe", 29, ["Alice"]],
      ["Eve", 27, ["Alice", "Bob"]],
      ["Ben", 23, ["Alice", "Chris"]],
    ],
  ));

test("all() holds on each edge, and a path may come to a node twice but not along an edge", () =>
  expectBag(
    `${stations} graph-match (start)-[outward*1..5]->(destination)-[return*1..5]->(start)
      where start.station != destination.station and all(outward, line == "red") and all(return, line == "blue")
      project from = start.station, strcat_array(map(inner_nodes(outward), station), "->"),
        to = destination.station, strcat_array(map(inner_nodes(return), station), "->")`,
    [
      ["Central", "North->Central->South->South-West", "West", ""],
      ["West", "South-West->South->Central->North", "Central", ""],
      ["Central", "South->South-West", "West", ""],
      ["West", "South-West->South", "Central", ""],
      ["Central", "North->Central->South->South-West", "West", "Central->East"],
      ["West", "South-West->South->Central->North", "Central", "East->Central"],
      ["Central", "South->South-West", "West", "Central->East"],
      ["West", "South-West->South", "Central", "East->Central"],
    ],
  ));

test("inner nodes are those between the edges", () =>
  expectBag(
    `${reports} | graph-match (manager)<-[reports*1..5]-(employee)
      where manager.name == "Alice" and all(inner_nodes(reports), age < 40)
      project employee.name, map(inner_nodes(reports), name)`,
    [
      ["Bob", []],
      ["Chris", []],
      ["Joe", []],
      ["Eve", ["Bob"]],
      ["Richard", ["Bob"]],
    ],
  ));

test("any() holds on one of them", () =>
  expectBag(
    `${reports} | graph-match (manager)<-[reports*1..5]-(employee) where any(inner_nodes(reports), name == "Chris")
      project manager.name, employee.name, any(reports, employee == "Ben")`,
    [["Alice", "Ben", true]],
  ));

test("degrees count the edges of a node in the whole graph", () =>
  expectBag(
    `${reports} | graph-match (manager)<-[reports]-(employee) where node_degree_in(manager) == 3
      project manager.name, employee.name, node_degree_in(manager), node_degree_out(employee)`,
    [
      ["Alice", "Bob", 3, 1],
      ["Alice", "Chris", 3, 1],
      ["Alice", "Joe", 3, 1],
    ],
  ));

test("an edge of any direction matches both ways, and no edge stands for two", async () => {
  await expectBag(`${fork} graph-match (p)--(c)--(q) where p.id == "x" project c.id, q.id`, [
    ["n", "y"],
    ["n", "z"],
  ]);
  await expectBag(`${fork} graph-match cycles=all (p)--(c)--(q) where p.id == "x" project q.id`, [
    ["x"],
    ["y"],
    ["z"],
  ]);
});

test("a path of no edge begins where it ends", () =>
  expectBag(
    `${fork} graph-match (p)-[e*0..1]->(q) where p.id == "x" project q.id, map(e, a), all(e, a == "none")`,
    [
      // oxfmt-ignore
      ["x", [], true],
      ["n", ["x"], false],
    ],
  ));

test("sequences meet in the nodes that they share", () =>
  expectBag(
    `${fork} graph-match (p)-->(c)-->(q), (r)-->(c) where strcmp(p.id, r.id) < 0 project p.id, q.id, r.id`,
    [["x", "z", "y"]],
  ));

test("a pattern may be one node, also of no edge", () =>
  expectBag(
    `datatable(a:long, b:long)[1, 2] | make-graph a --> b with (datatable(i:long, k:string)[9, 'z']) on i
      | graph-match (n) project n.i, n.k`,
    [
      [1, ""],
      [2, ""],
      [9, "z"],
    ],
  ));

test.each([
  ["all", 2],
  ["unique_edges", 1],
  ["none", 0],
])("cycles=%s", (cycles, rows) =>
  expectBag(
    `datatable(a:string, b:string)["x", "y", "y", "x"] | make-graph a --> b with_node_id=id
      | graph-match cycles=${cycles} (p)-[e*2..4]->(q) where p.id == "x" and q.id == "x" project array_length(map(e, a))`,
    [[2], [4]].slice(0, rows),
  ),
);

test.each([
  ["(p)-->(c), (r)-->(c) project p.id", "two sequences"],
  ["(p)-[e]-(c)-[f]-(d) project p.id", "itself"],
])(
  "what is not documented stops the query where the data ask for it: %s",
  async (pattern, text) => {
    const engine = await sharedEngine();
    const graph = `datatable(a:string, b:string)["x", "n", "n", "n"] | make-graph a --> b with_node_id=id | `;
    await expect(engine.query(`${graph} graph-match ${pattern}`)).rejects.toMatchObject({
      diagnostics: [{ code: "KT0249", message: expect.stringContaining(text) }],
    });
  },
);

test.each([
  "graph-match (p)-->(q) project p",
  "graph-match (p)-->(q), (r)-->(s) project p.id",
  "graph-match (p)-->(q), (r) project p.id",
  "graph-match (p)-[e]->(q)-[e]->(r) project p.id",
  "graph-match (p)-[e*1..90]->(q) project p.id",
  "graph-match (p)-[e*1..2]->(q) where e.a == 'x' project p.id",
  "graph-match cycles=none (p)-->(q)-->(p) project p.id",
  "graph-match cycles=none (p)-[e*0..1]->(q)-[f*0..1]->(r) project p.id",
  "graph-match (p)-[e]->(q) project all(e, a == 'x')",
])("refused: %s", (operator) => expectRefusal(`${fork} ${operator}`, "KT0266"));
