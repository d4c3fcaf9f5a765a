import type { KindName } from "../../kql/syntax.ts";
import type { Lowering } from "../lowering.ts";
import type { Rel } from "../types.ts";
import { planCount } from "./count.ts";
import { planDistinct } from "./distinct.ts";
import { planExtend } from "./extend.ts";
import { planJoin } from "./join.ts";
import { planLookup } from "./lookup.ts";
import { planPrint } from "./print.ts";
import { planProjectAway, planProjectKeep } from "./project-away.ts";
import { planProjectRename } from "./project-rename.ts";
import { planProjectReorder } from "./project-reorder.ts";
import { planProject } from "./project.ts";
import { planRange } from "./range.ts";
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
  CountOperator: planCount as PlanOperator,
  DistinctOperator: planDistinct as PlanOperator,
  ExtendOperator: planExtend as PlanOperator,
  FilterOperator: planWhere as PlanOperator,
  JoinOperator: planJoin as PlanOperator,
  LookupOperator: planLookup as PlanOperator,
  PrintOperator: planPrint as PlanOperator,
  ProjectAwayOperator: planProjectAway as PlanOperator,
  ProjectKeepOperator: planProjectKeep as PlanOperator,
  ProjectOperator: planProject as PlanOperator,
  ProjectRenameOperator: planProjectRename as PlanOperator,
  ProjectReorderOperator: planProjectReorder as PlanOperator,
  RangeOperator: planRange as PlanOperator,
  SortOperator: planSort as PlanOperator,
  SummarizeOperator: planSummarize as PlanOperator,
  TakeOperator: planTake as PlanOperator,
  TopOperator: planTop as PlanOperator,
  UnionOperator: planUnion as PlanOperator,
};
