import { elementsOf, kindOf, nameOf, present } from "../../../../kql/syntax.ts";
import type { Column } from "../../../../schema/types.ts";
import { builderAt, type Builder, type Items } from "../../build.ts";
import { columnsOf } from "../../../ir/columns.ts";
import { asRel, own, refuseGraph } from "../../graphs/graph.ts";
import type { Lowering } from "../../lowering.ts";
import { nullOf } from "../../tables/missing-fixtures.ts";
import type { Expr, Rel } from "../../../ir/types.ts";
import { isWhole } from "../../whole.ts";

/** A table of nodes and the column of their ids. */
interface NodeTable {
  readonly rel: Rel;
  readonly id: string;
}

/** `make-graph`: the edges numbered, and a row for each node. */
export function planMakeGraph(
  node: Kusto.Language.Syntax.MakeGraphOperator,
  input: Rel,
  lowering: Lowering,
): Rel {
  if (node.PartitionedByClause !== null) {
    refuseGraph({ at: node.PartitionedByClause, lowering }, "`make-graph … partitioned-by` has no translation"); // oxfmt-ignore
  }
  if (!isWhole(input, lowering)) {
    refuseGraph({ at: node, lowering }, "a graph inside of a subquery has no translation");
  }
  const build = builderAt(lowering.span(node));
  const edgeProperties = columnsOf(input);
  const [source, target] = [node.SourceColumn, node.TargetColumn].map((column) =>
    build.column(input, nameOf(present(column))),
  ) as [Expr, Expr];
  const tables = nodeTables(node, lowering);
  const idType = source.type;
  const types = [target.type, ...tables.map(({ rel, id }) => build.column(rel, id).type)];
  if (idType === "dynamic" || types.some((type) => type !== idType)) {
    refuseGraph({ at: node, lowering }, "a graph whose ids are dynamic, or of several types, has no translation", "convert them with `extend` in front of it"); // oxfmt-ignore
  }
  const ends = build.extend(input, { [own.source]: source, [own.target]: target });
  const numbered: Rel = { kind: "number", input: ends, column: own.edge, span: ends.span };
  const edges = lowering.bind("$edges", withIds(numbered, [own.source, own.target], build), {
    materialized: true,
  });
  const implicit = implicitId(node);
  const nodeProperties =
    implicit === undefined
      ? propertiesOf(node, tables, lowering)
      : [{ name: implicit, type: idType }];
  const rows = nodeRows({ edges, tables, implicit, nodeProperties, build });
  const nodes = lowering.bind("$nodes", rows, { materialized: true });
  return asRel({ edges, nodes, edgeProperties, nodeProperties, idType });
}

/** Stops the query where an id is null: what such an edge leads to is not documented. */
function withIds(rel: Rel, ids: readonly string[], build: Builder): Rel {
  const [first] = ids;
  if (first === undefined || build.column(rel, first).type === "string") return rel;
  const nulls = ids.map((id) => build.call("isnull", "bool", build.column(rel, id)));
  const any: Expr = { kind: "or", items: nulls, type: "bool", span: rel.span };
  const [only = any] = nulls;
  const text = build.text("what a node without an id is in a graph");
  return build.filter(rel, build.call("$clear-cut", "bool", nulls.length > 1 ? any : only, text));
}

function nodeTables(
  { WithClause }: Kusto.Language.Syntax.MakeGraphOperator,
  lowering: Lowering,
): readonly NodeTable[] {
  if (WithClause === null || kindOf(WithClause) !== "MakeGraphWithTablesAndKeysClause") return [];
  const { TablesAndKeys } = WithClause as Kusto.Language.Syntax.MakeGraphWithTablesAndKeysClause;
  return elementsOf<Kusto.Language.Syntax.MakeGraphTableAndKeyClause>(TablesAndKeys).map(
    ({ Table, Column }) => ({ rel: lowering.rel(present(Table)), id: nameOf(present(Column)) }),
  );
}

function implicitId({ WithClause }: Kusto.Language.Syntax.MakeGraphOperator): string | undefined {
  if (WithClause === null || kindOf(WithClause) !== "MakeGraphWithImplicitIdClause")
    return undefined;
  return nameOf(present((WithClause as Kusto.Language.Syntax.MakeGraphWithImplicitIdClause).Name));
}

/** The columns of all tables of nodes. */
function propertiesOf(
  node: Kusto.Language.Syntax.MakeGraphOperator,
  tables: readonly NodeTable[],
  lowering: Lowering,
): readonly Column[] {
  if (new Set(tables.map(({ id }) => id)).size > 1) {
    refuseGraph({ at: node, lowering }, "tables of nodes whose ids have different names have no translation", "give the ids one name with `project-rename`"); // oxfmt-ignore
  }
  const found = new Map<string, Column>();
  for (const column of tables.flatMap(({ rel }) => columnsOf(rel))) {
    const before = found.get(column.name);
    if (before !== undefined && before.type !== column.type) {
      refuseGraph({ at: node, lowering }, `\`${column.name}\` is of another type in each table of nodes`, "rename it in one of them"); // oxfmt-ignore
    }
    found.set(column.name, column);
  }
  return [...found.values()];
}

interface Rows {
  readonly edges: Rel;
  readonly tables: readonly NodeTable[];
  readonly implicit: string | undefined;
  readonly nodeProperties: readonly Column[];
  readonly build: Builder;
}

/** A row for each node: those of the tables, and the ids that only edges have. */
function nodeRows({ edges, tables, implicit, nodeProperties, build }: Rows): Rel {
  const { span } = edges;
  const ends = [own.source, own.target].map((end) =>
    build.project(edges, { [own.node]: build.column(edges, end) }),
  );
  const mentioned = distinct({ kind: "union", inputs: ends, span }, build);
  const blank = (id: Expr, names: readonly string[]): Items => ({
    [own.node]: id,
    ...Object.fromEntries(
      nodeProperties.map(({ name, type }) => [
        name,
        names.includes(name) ? id : nullOf(type, span),
      ]),
    ),
  });
  const id = build.column(mentioned, own.node);
  if (tables.length === 0) {
    return build.project(mentioned, blank(id, implicit === undefined ? [] : [implicit]));
  }
  const ids = tables.map((table) => table.id);
  const told = toldNodes(tables, nodeProperties, build);
  const untold: Rel = {
    kind: "join",
    join: "leftanti",
    left: mentioned,
    right: build.project(told, { [own.node]: build.column(told, own.node) }),
    on: [{ left: own.node, right: own.node, nullsMatch: false }],
    columns: [{ name: own.node, type: id.type, side: "left", column: own.node }],
    span,
  };
  return {
    kind: "union",
    inputs: [told, build.project(untold, blank(build.column(untold, own.node), ids))],
    span,
  };
}

function distinct(rel: Rel, build: Builder): Rel {
  const keys = Object.fromEntries(
    columnsOf(rel).map(({ name }) => [name, build.column(rel, name)]),
  );
  return build.group(rel, keys, {});
}

/** The rows of the tables. Where two of a node differ, Kusto takes properties of any: such a query is stopped. */
function toldNodes(
  tables: readonly NodeTable[],
  properties: readonly Column[],
  build: Builder,
): Rel {
  const inputs = tables.map(({ rel, id }): Rel => {
    const has = new Set(columnsOf(rel).map(({ name }) => name));
    const items = Object.fromEntries(
      properties.map(({ name, type }) => [
        name,
        has.has(name) ? build.column(rel, name) : nullOf(type, rel.span),
      ]),
    );
    return withIds(build.project(rel, { [own.node]: build.column(rel, id), ...items }), [own.node], build); // oxfmt-ignore
  });
  const [first] = inputs;
  const rows = distinct(
    { kind: "union", inputs, span: first?.span ?? { start: 0, end: 0 } },
    build,
  );
  const count = "$rows";
  const grouped = build.group(
    rows,
    { [own.node]: build.column(rows, own.node) },
    {
      ...Object.fromEntries(
        properties.map(({ name, type }) => [
          name,
          build.aggregate("take_any", type, build.column(rows, name)),
        ]),
      ),
      [count]: build.aggregate("count", "long"),
    },
  );
  const several = build.call(">", "bool", build.column(grouped, count), build.long(1));
  const text = build.text("which of different rows of a node a graph takes");
  const checked = build.filter(grouped, build.call("$clear-cut", "bool", several, text));
  const names = [own.node, ...properties.map(({ name }) => name)];
  return build.project(
    checked,
    Object.fromEntries(names.map((name) => [name, build.column(checked, name)])),
  );
}
