export { InputError, type Diagnostic } from "./base/diagnostic.ts";
export type { EmbeddedText, LineStart, Source, Span } from "./base/source.ts";
export type { YamlFile, YamlPath } from "./base/yaml.ts";
export { openEngine, type EngineOptions } from "./engine/duckdb.ts";
export type { MissingFixturesOptions } from "./kql/functions/missing-fixtures.ts";
export type { Engine, QueryResult } from "./engine/engine.ts";
export type { Limits } from "./engine/limits.ts";
export type { Expectation, ExpectationFile, Finding, OutcomeRow, Verdict } from "./expect/types.ts";
export type { Inputs } from "./kql/environment.ts";
export type { Rule, RuleMetadata, Trigger } from "./kql/rules/rule.ts";
export { loadInputs } from "./project/inputs.ts";
export type { ModuleOptions, ModulePolicy } from "./project/modules/module-options.ts";
export { loadProject, type LoadOptions, type Project } from "./project/project.ts";
export type { Visualization } from "./plan/ir/types.ts";
export type { SavedFunction } from "./kql/functions/saved-function.ts";
export type { Reference } from "./run/reference/reference.ts";
export type { Selection } from "./project/selection.ts";
export { runSuite } from "./run/suite.ts";
export type { Progress, RunOptions } from "./run/types.ts";
export type {
  CheckResult,
  MetamorphicFailure,
  MetamorphicResult,
  ReferenceResult,
  RuleError,
  RunResult,
  RunSummary,
} from "./run/types.ts";
export {
  defineScenario,
  defineScenarios,
  type Defined,
  type ScenarioDefinition,
  type ScenariosDefinition,
  type Timeline,
  type TimelineBlock,
  type TimelineStep,
  type Tools,
} from "./scenario/define.ts";
export { scenarioFromRows, type RowsScenario } from "./scenario/from-rows.ts";
export type {
  EventOptions,
  Scenario,
  ScenarioEvent,
  Stage,
  Truth,
} from "./scenario/model/types.ts";
export type { ExternalText, Fixtures, FixtureTable, GeoNetwork } from "./schema/fixtures.ts";
export type { OwnTable } from "./schema/table-file.ts";
export type { Dialect, Table } from "./schema/tables.ts";
export type { DefenderTables } from "./schema/table-types.ts";
export type { Column, KqlType, Row, Tables, Value } from "./schema/types.ts";
