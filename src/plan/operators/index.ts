import type { KindName } from "../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";
import { planAs } from "./as.ts";
import { planConsume } from "./consume.ts";
import { planCount } from "./count.ts";
import { planDistinct } from "./distinct.ts";
import { planEvaluate } from "./evaluate.ts";
import { planExtend } from "./extend.ts";
import { planFind } from "./find.ts";
import { planGetSchema } from "./getschema.ts";
import { planInvoke } from "./invoke.ts";
import { planJoin } from "./join.ts";
import { planLookup } from "./lookup.ts";
import { planMvApply } from "./mv-apply.ts";
import { planMvExpand } from "./mv-expand.ts";
import { planParseKv } from "./parse-kv.ts";
import { planParse, planParseWhere } from "./parse.ts";
import { planPrint } from "./print.ts";
import { planProjectAway, planProjectKeep } from "./project-away.ts";
import { planProjectRename } from "./project-rename.ts";
import { planProjectReorder } from "./project-reorder.ts";
import { planProject } from "./project.ts";
import { planRange } from "./range.ts";
import { planMakeSeries } from "./make-series.ts";
import { planPartition } from "./partition.ts";
import { refuseOperator } from "./refused.ts";
import { planSample, planSampleDistinct } from "./sample.ts";
import { planTopHitters } from "./top-hitters.ts";
import { planTopNested } from "./top-nested.ts";
import { planScan } from "./scan.ts";
import { planSerialize } from "./serialize.ts";
import { planRender } from "./render.ts";
import { planSearchOperator } from "./search.ts";
import { planSort } from "./sort.ts";
import { planSummarize } from "./summarize.ts";
import { planTake } from "./take.ts";
import { planTop } from "./top.ts";
import { planUnion } from "./union.ts";
import { planWhere } from "./where.ts";

/** How one operator, with the table before its pipe, becomes a plan. */
export type PlanOperator = (
  node: Kusto.Language.Syntax.QueryOperator,
  input: Rel,
  lowering: Lowering,
) => Rel;

/** Each function takes the node of its own kind; the parser tells them apart. */
export const operators: Partial<Record<KindName, PlanOperator>> = {
  AsOperator: planAs as PlanOperator,
  ConsumeOperator: planConsume as PlanOperator,
  CountOperator: planCount as PlanOperator,
  DistinctOperator: planDistinct as PlanOperator,
  EvaluateOperator: planEvaluate as PlanOperator,
  ExtendOperator: planExtend as PlanOperator,
  FilterOperator: planWhere as PlanOperator,
  FindOperator: planFind as PlanOperator,
  GetSchemaOperator: planGetSchema as PlanOperator,
  InvokeOperator: planInvoke as PlanOperator,
  JoinOperator: planJoin as PlanOperator,
  LookupOperator: planLookup as PlanOperator,
  MvApplyOperator: planMvApply as PlanOperator,
  MvExpandOperator: planMvExpand as PlanOperator,
  ParseKvOperator: planParseKv as PlanOperator,
  ParseOperator: planParse as PlanOperator,
  ParseWhereOperator: planParseWhere as PlanOperator,
  PrintOperator: planPrint as PlanOperator,
  ProjectAwayOperator: planProjectAway as PlanOperator,
  ProjectKeepOperator: planProjectKeep as PlanOperator,
  ProjectOperator: planProject as PlanOperator,
  ProjectRenameOperator: planProjectRename as PlanOperator,
  ProjectReorderOperator: planProjectReorder as PlanOperator,
  RangeOperator: planRange as PlanOperator,
  PartitionOperator: planPartition as PlanOperator,
  ForkOperator: refuseOperator,
  FacetOperator: refuseOperator,
  ReduceByOperator: refuseOperator,
  MakeSeriesOperator: planMakeSeries as PlanOperator,
  SampleDistinctOperator: planSampleDistinct as PlanOperator,
  SampleOperator: planSample as PlanOperator,
  TopHittersOperator: planTopHitters as PlanOperator,
  TopNestedOperator: planTopNested as PlanOperator,
  ScanOperator: planScan as PlanOperator,
  SerializeOperator: planSerialize as PlanOperator,
  RenderOperator: planRender as PlanOperator,
  SearchOperator: planSearchOperator as PlanOperator,
  SortOperator: planSort as PlanOperator,
  SummarizeOperator: planSummarize as PlanOperator,
  TakeOperator: planTake as PlanOperator,
  TopOperator: planTop as PlanOperator,
  UnionOperator: planUnion as PlanOperator,
};
