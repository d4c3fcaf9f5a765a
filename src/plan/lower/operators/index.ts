import type { KindName } from "../../../kql/syntax.ts";
import { planAs } from "./tables/as.ts";
import { planConsume } from "./consume.ts";
import { planCount } from "./aggregates/count.ts";
import { planDistinct } from "./rows/distinct.ts";
import { planEvaluate } from "./tables/evaluate.ts";
import { planExtend } from "./columns/extend.ts";
import { planFind } from "./tables/find.ts";
import { planGetSchema } from "./columns/getschema.ts";
import { planGraphMarkComponents } from "./graphs/graph-mark-components.ts";
import { planGraphMatch } from "./graphs/graph-match.ts";
import { planGraphShortestPaths } from "./graphs/graph-shortest-paths.ts";
import { planGraphToTable } from "./graphs/graph-to-table.ts";
import { planInvoke } from "./tables/invoke.ts";
import { planJoin } from "./tables/join.ts";
import { planLookup } from "./tables/lookup.ts";
import { planMvApply } from "./columns/mv-apply.ts";
import { planMvExpand } from "./columns/mv-expand.ts";
import { planParseKv } from "./columns/parse-kv.ts";
import { planParse, planParseWhere } from "./columns/parse.ts";
import { planPrint } from "./tables/print.ts";
import { planProjectAway, planProjectKeep } from "./columns/project-away.ts";
import { planProjectByNames } from "./columns/project-by-names.ts";
import { planProjectRename } from "./columns/project-rename.ts";
import { planProjectReorder } from "./columns/project-reorder.ts";
import { planProject } from "./columns/project.ts";
import { planRange } from "./tables/range.ts";
import { planMakeGraph } from "./graphs/make-graph.ts";
import { planMakeSeries } from "./aggregates/make-series.ts";
import { planPartition } from "./rows/partition.ts";
import type { Form } from "./form.ts";
import { refuseReduce, refuseTables, type PlanOperator } from "./refused.ts";
import { planSample, planSampleDistinct } from "./rows/sample.ts";
import { planTopHitters } from "./rows/top-hitters.ts";
import { planTopNested } from "./rows/top-nested.ts";
import { planScan } from "./rows/scan.ts";
import { planSerialize } from "./rows/serialize.ts";
import { planRender } from "./render.ts";
import { planSearchOperator } from "./tables/search.ts";
import { planSort } from "./rows/sort.ts";
import { planSummarize } from "./aggregates/summarize.ts";
import { planTake } from "./rows/take.ts";
import { planTop } from "./rows/top.ts";
import { planUnion } from "./tables/union.ts";
import { planWhere } from "./rows/where.ts";

/** What becomes of one operator: its plan, and the ways to write it, which the tests run and the documentation shows. */
export interface Operator {
  readonly name: string;
  readonly plan: PlanOperator;
  readonly forms: readonly [Form, ...Form[]];
}

/** Each function takes the node of its own kind; the parser tells them apart. */
// oxfmt-ignore
export const operators: Partial<Record<KindName, Operator>> = {
  AsOperator: { name: "as", plan: planAs as PlanOperator, forms: [{ example: "T | as U | where x == 1", rows: [[1, "a"]] }] },
  ConsumeOperator: { name: "consume", plan: planConsume as PlanOperator, forms: [{ example: "T | consume", rows: [] }] },
  CountOperator: {
    name: "count",
    plan: planCount as PlanOperator,
    forms: [
      { example: "T | count", rows: [[3]] },
      { example: "T | count as n", rows: [[3]] },
    ],
  },
  DistinctOperator: {
    name: "distinct",
    plan: planDistinct as PlanOperator,
    forms: [
      { example: "T | distinct x", rows: [[1], [2]] },
      { example: "T | distinct *", rows: [[1, "a"], [2, "b"], [2, ""]] },
    ],
  },
  EvaluateOperator: { name: "evaluate", plan: planEvaluate as PlanOperator, forms: [{ example: "T | evaluate narrow() | count", rows: [[6]] }] },
  ExtendOperator: {
    name: "extend",
    plan: planExtend as PlanOperator,
    forms: [
      { example: "T | extend y = x * 2, s = strcat(s, '!')", rows: [[1, "a!", 2], [2, "b!", 4], [2, "!", 4]] },
      { example: "T | extend (lo, at) = series_stats(pack_array(x, 5)) | project lo, at", rows: [[1, 0], [2, 0], [2, 0]] },
    ],
  },
  FacetOperator: { name: "facet", plan: refuseTables, forms: [{ example: "T | facet by x", refused: "KT0245", hint: "write a query for each of its tables" }] },
  FilterOperator: {
    name: "where",
    plan: planWhere as PlanOperator,
    forms: [
      { example: "T | where x > 1 and s != ''", rows: [[2, "b"]] },
      { example: "T | filter x == 1", rows: [[1, "a"]] },
    ],
  },
  FindOperator: {
    name: "find",
    plan: planFind as PlanOperator,
    forms: [
      { example: "find in (T) where x == 2 project x, s", rows: [["find_arg0", 2, "b"], ["find_arg0", 2, ""]] },
      { example: "find in (T) where x == 2 project x, pack(*)", refused: "KT0256", hint: "`project` the columns that are needed" },
    ],
  },
  ForkOperator: { name: "fork", plan: refuseTables, forms: [{ example: "T | fork (where x == 1) (count)", refused: "KT0245", hint: "write a query for each of its tables" }] },
  GetSchemaOperator: { name: "getschema", plan: planGetSchema as PlanOperator, forms: [{ example: "T | getschema", rows: [["x", 0, "System.Int64", "long"], ["s", 1, "System.String", "string"]] }] },
  GraphMarkComponentsOperator: { name: "graph-mark-components", plan: planGraphMarkComponents as PlanOperator, forms: [{ example: "datatable(a:string, b:string)['x', 'y', 'p', 'q'] | make-graph a --> b with_node_id=n | graph-mark-components | graph-to-table nodes | sort by n asc", rows: [["p", 0], ["q", 0], ["x", 1], ["y", 1]], differs: "components are numbered in the order of their ids; Kusto numbers them as it likes" }] },
  GraphMatchOperator: {
    name: "graph-match",
    plan: planGraphMatch as PlanOperator,
    forms: [
      { example: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=n | graph-match (p)-[e]->(q)-[f]->(r) project p.n, e.b, r.n", rows: [["x", "y", "z"]] },
      { example: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=n | graph-match (p)-[e*1..2]->(q) where p.n == 'x' project q.n, map(e, b) | sort by q_n asc", rows: [["y", ["y"]], ["z", ["y", "z"]]] },
      { example: "datatable(a:string, b:string)['x', 'y', 'y', 'x'] | make-graph a --> b with_node_id=n | graph-match cycles=none (p)-->(q)-->(r) project p.n, r.n | count", rows: [[0]] },
      { example: "datatable(a:string, b:string)['x', 'y'] | make-graph a --> b with_node_id=n | graph-match (p)-->(q)", refused: "KT0266", hint: "`project` properties" },
    ],
  },
  GraphShortestPathsOperator: {
    name: "graph-shortest-paths",
    plan: planGraphShortestPaths as PlanOperator,
    forms: [
      { example: "datatable(a:string, b:string)['x', 'y', 'y', 'z', 'x', 'z'] | make-graph a --> b with_node_id=n | graph-shortest-paths output=all (p)-[e*1..3]->(q) where p.n == 'x' project q.n, map(e, b) | sort by q_n asc", rows: [["y", ["y"]], ["z", ["z"]]] },
      { example: "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=n | graph-shortest-paths (p)-[e*1..3]->(q) where q.n == 'z' project p.n, map(e, b) | sort by p_n asc", rows: [["x", ["y", "z"]], ["y", ["z"]]], differs: "refused at run time where paths of one length compete" },
      { example: "datatable(a:string, b:string)['x', 'y'] | make-graph a --> b with_node_id=n | graph-shortest-paths (p)-[e*2..3]->(q) project p.n", refused: "KT0266", hint: "write the pattern as `(a)-[e*1..5]->(b)`" },
    ],
  },
  GraphToTableOperator: {
    name: "graph-to-table",
    plan: planGraphToTable as PlanOperator,
    forms: [
      { example: "datatable(a:string, b:string)['x', 'y'] | make-graph a --> b with_node_id=n | graph-to-table nodes | sort by n asc", rows: [["x"], ["y"]] },
      { example: "datatable(a:string, b:string)['x', 'y'] | make-graph a --> b | graph-to-table edges", rows: [["x", "y"]] },
      { example: "datatable(a:string, b:string)['x', 'y'] | make-graph a --> b | graph-to-table edges with_source_id=h", refused: "KT0266", hint: "leave it out, and use the column of its id" },
    ],
  },
  InvokeOperator: { name: "invoke", plan: planInvoke as PlanOperator, forms: [{ example: "let f = (R:(x:long)) { R | where x > 1 | count }; T | invoke f()", rows: [[2]] }] },
  JoinOperator: {
    name: "join",
    plan: planJoin as PlanOperator,
    forms: [
      { example: "T | join (T | where s == 'a') on x", rows: [[1, "a", 1, "a"]], differs: "the left row that stays of a key is the first one; Kusto takes any" },
      { example: "T | join kind=inner (T | where s == 'b') on x", rows: [[2, "b", 2, "b"], [2, "", 2, "b"]] },
      { example: "T | join kind=leftouter (T | where s == 'a') on x", rows: [[1, "a", 1, "a"], [2, "b", null, ""], [2, "", null, ""]] },
      { example: "T | where x == 1 | join kind=rightouter (T | distinct x) on x", rows: [[1, "a", 1], [null, "", 2]] },
      { example: "T | where x == 1 | join kind=fullouter (T | where s == 'b') on x", rows: [[1, "a", null, ""], [null, "", 2, "b"]] },
      { example: "T | join kind=leftsemi (T | where s == 'a') on x", rows: [[1, "a"]] },
      { example: "T | join kind=rightsemi (T | where s == 'a') on x", rows: [[1, "a"]] },
      { example: "T | join kind=leftanti (T | where s == 'a') on x", rows: [[2, "b"], [2, ""]] },
      { example: "T | where x == 1 | join kind=rightanti (T | distinct x) on x", rows: [[2]] },
      { example: "T | join kind=inner (T | project y = x | distinct y) on $left.x == $right.y", rows: [[1, "a", 1], [2, "b", 2], [2, "", 2]] },
    ],
  },
  LookupOperator: {
    name: "lookup",
    plan: planLookup as PlanOperator,
    forms: [
      { example: "T | lookup (datatable(x:long, n:string)[1, 'one']) on x", rows: [[1, "a", "one"], [2, "b", ""], [2, "", ""]] },
      { example: "T | lookup kind=inner (datatable(x:long, n:string)[1, 'one']) on x", rows: [[1, "a", "one"]] },
    ],
  },
  MakeGraphOperator: {
    name: "make-graph",
    plan: planMakeGraph as PlanOperator,
    forms: [
      { example: "datatable(a:string, b:string)['x', 'y'] | make-graph a --> b with (datatable(id:string, age:long)['x', 7]) on id | graph-to-table nodes | sort by id asc", rows: [["x", 7], ["y", null]] },
      { example: "T | make-graph x --> s", refused: "KT0266", hint: "convert them with `extend` in front of it" },
    ],
  },
  MakeSeriesOperator: {
    name: "make-series",
    plan: planMakeSeries as PlanOperator,
    forms: [
      { example: "T | make-series n = count() on x from 0 to 4 step 1", rows: [[[0, 1, 2, 0], [0, 1, 2, 3]]] },
      { example: "T | make-series n = sum(x) default = -1 on x in range(0, 3, 1)", rows: [[[-1, 1, 4, -1], [0, 1, 2, 3]]] },
      { example: "T | make-series n = count() on x step 1 by s | take 1", rows: [["a", [1], [1]]] },
    ],
  },
  MvApplyOperator: { name: "mv-apply", plan: planMvApply as PlanOperator, forms: [{ example: "print a = dynamic([3, 1, 2]) | mv-apply v = a to typeof(long) on (top 2 by v) | project v", rows: [[3], [2]] }] },
  MvExpandOperator: {
    name: "mv-expand",
    plan: planMvExpand as PlanOperator,
    forms: [
      { example: "print a = dynamic([1, 2]), b = dynamic(['x']) | mv-expand a to typeof(long), b", rows: [[1, "x"], [2, null]] },
      { example: "print d = dynamic({'p': 1, 'q': 2}) | mv-expand kind=array d", rows: [[["p", 1]], [["q", 2]]] },
      { example: "print a = dynamic(['x', 'y']) | mv-expand with_itemindex=i a", rows: [["x", 0], ["y", 1]] },
    ],
  },
  ParseKvOperator: {
    name: "parse-kv",
    plan: planParseKv as PlanOperator,
    forms: [
      { example: "print t = 'a=1;b=x' | parse-kv t as (a:long, b:string) with (pair_delimiter=';', kv_delimiter='=') | project a, b", rows: [[1, "x"]] },
      { example: "print t = 'a=1' | parse-kv t as (a:long) with (regex='(.)=(.)') | project a", rows: [[1]] },
      { example: "print t = 'a: 1, b: x' | parse-kv t as (b:string) | project b", rows: [["x"]] },
    ],
  },
  ParseOperator: {
    name: "parse",
    plan: planParse as PlanOperator,
    forms: [
      { example: "print t = 'id=7 name=x' | parse t with 'id=' id:long ' name=' name | project id, name", rows: [[7, "x"]] },
      { example: "print t = 'id=7' | parse kind=regex t with '.*=' id:long | project id", rows: [[7]] },
      { example: "print t = 'id=a' | parse kind=relaxed t with 'id=' id:long | project id", rows: [[null]] },
    ],
  },
  ParseWhereOperator: {
    name: "parse-where",
    plan: planParseWhere as PlanOperator,
    forms: [
      { example: "datatable(t:string)['id=7', 'no'] | parse-where t with 'id=' id:long | project id", rows: [[7]] },
      { example: "print t = 'id=7' | parse-where kind=relaxed t with 'id=' id:long", refused: "KT0233", hint: "use `parse kind=relaxed` with a `where` behind it" },
    ],
  },
  PartitionOperator: {
    name: "partition",
    plan: planPartition as PlanOperator,
    forms: [
      { example: "T | partition by x (top 1 by s desc)", rows: [[1, "a"], [2, "b"]] },
      { example: "T | partition by x {T | take 1}", refused: "KT0244", hint: "`join` with that table" },
    ],
  },
  PrintOperator: { name: "print", plan: planPrint as PlanOperator, forms: [{ example: "print 1, x = 'a'", rows: [[1, "a"]] }] },
  ProjectAwayOperator: { name: "project-away", plan: planProjectAway as PlanOperator, forms: [{ example: "T | project-away s", rows: [[1], [2], [2]] }] },
  ProjectByNamesOperator: {
    name: "project-by-names",
    plan: planProjectByNames as PlanOperator,
    forms: [
      { example: "T | project-by-names 's', 'none', '*' | take 1", rows: [["a", 1]] },
      { example: "T | project-by-names dynamic(['s'])", rows: [["a"], ["b"], [""]] },
    ],
  },
  ProjectKeepOperator: { name: "project-keep", plan: planProjectKeep as PlanOperator, forms: [{ example: "T | project-keep s*", rows: [["a"], ["b"], [""]] }] },
  ProjectOperator: { name: "project", plan: planProject as PlanOperator, forms: [{ example: "T | project y = x + 1, s", rows: [[2, "a"], [3, "b"], [3, ""]] }] },
  ProjectRenameOperator: { name: "project-rename", plan: planProjectRename as PlanOperator, forms: [{ example: "T | project-rename y = x | where y == 1", rows: [[1, "a"]] }] },
  ProjectReorderOperator: { name: "project-reorder", plan: planProjectReorder as PlanOperator, forms: [{ example: "T | project-reorder s, x | take 1", rows: [["a", 1]] }] },
  RangeOperator: { name: "range", plan: planRange as PlanOperator, forms: [{ example: "range i from 1 to 5 step 2", rows: [[1], [3], [5]] }] },
  ReduceByOperator: { name: "reduce", plan: refuseReduce, forms: [{ example: "T | reduce by s", refused: "KT0245", hint: "`summarize` by what the texts have in common, cut out with `replace_regex()`: the algorithm is not published" }] },
  RenderOperator: { name: "render", plan: planRender as PlanOperator, forms: [{ example: "T | summarize n = count() | render card", rows: [[3]] }] },
  SampleDistinctOperator: { name: "sample-distinct", plan: planSampleDistinct as PlanOperator, forms: [{ example: "T | sample-distinct 1 of x", rows: [[1]], differs: "the first values; Kusto takes any" }] },
  SampleOperator: { name: "sample", plan: planSample as PlanOperator, forms: [{ example: "T | sample 1", rows: [[1, "a"]], differs: "the first rows; Kusto takes any" }] },
  ScanOperator: { name: "scan", plan: planScan as PlanOperator, forms: [{ example: "T | sort by x asc | scan declare (total:long = 0) with (step all: true => total = all.total + x;) | project x, total", rows: [[1, 1], [2, 3], [2, 5]] }] },
  SearchOperator: { name: "search", plan: planSearchOperator as PlanOperator, forms: [{ example: "search in (T) 'b' | project x, s", rows: [[2, "b"]] }] },
  SerializeOperator: { name: "serialize", plan: planSerialize as PlanOperator, forms: [{ example: "T | serialize n = row_number()", rows: [[1, "a", 1], [2, "b", 2], [2, "", 3]] }] },
  SortOperator: {
    name: "sort",
    plan: planSort as PlanOperator,
    forms: [
      { example: "T | sort by x desc, s asc", rows: [[2, ""], [2, "b"], [1, "a"]] },
      { example: "T | order by s desc", rows: [[2, "b"], [1, "a"], [2, ""]] },
    ],
  },
  SummarizeOperator: {
    name: "summarize",
    plan: planSummarize as PlanOperator,
    forms: [
      { example: "T | summarize count(), make_set(s) by x", rows: [[1, 1, ["a"]], [2, 2, ["b", ""]]] },
      { example: "T | summarize sum(x)", rows: [[5]] },
      { example: "T | summarize arg_max(x, *)", rows: [[2, "b"]] },
      { example: "T | summarize by x", rows: [[1], [2]] },
    ],
  },
  TakeOperator: {
    name: "take",
    plan: planTake as PlanOperator,
    forms: [
      { example: "T | take 1", rows: [[1, "a"]], differs: "the first rows; Kusto takes any" },
      { example: "T | limit 1", rows: [[1, "a"]] },
    ],
  },
  TopHittersOperator: { name: "top-hitters", plan: planTopHitters as PlanOperator, forms: [{ example: "T | top-hitters 1 of x", rows: [[2, 2]], differs: "exact counts, where Kusto estimates; refused at run time where equal values compete for the last place" }] },
  TopNestedOperator: { name: "top-nested", plan: planTopNested as PlanOperator, forms: [{ example: "T | top-nested 1 of x by n = count(), top-nested 1 of s by m = max(s)", rows: [[2, 2, "b", "b"]] }] },
  TopOperator: { name: "top", plan: planTop as PlanOperator, forms: [{ example: "T | top 2 by x desc", rows: [[2, "b"], [2, ""]] }] },
  UnionOperator: {
    name: "union",
    plan: planUnion as PlanOperator,
    forms: [
      { example: "T | union (print x = 3)", rows: [[1, "a"], [2, "b"], [2, ""], [3, ""]] },
      { example: "union withsource=from T, (print x = 3) | project from, x", rows: [["union_arg0", 1], ["union_arg0", 2], ["union_arg0", 2], ["union_arg1", 3]] },
      { example: "union isfuzzy=true T, Missing | count", rows: [[3]] },
      { example: "union kind=inner T, (T | project s, x) | count", rows: [[6]] },
      { example: "union kind=inner (T | take 1), (print x = 3)", rows: [[1], [3]] },
      { example: "union kind=inner T, (print x = 'a')", refused: "KT0254", hint: "`project` the columns that all of them have, then `union`" },
    ],
  },
};
