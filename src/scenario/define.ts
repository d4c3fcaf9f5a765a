import type { Faker } from "@faker-js/faker";
import type { Random } from "../base/random.ts";
import type { SentinelTables } from "../schema/sentinel-table-types.ts";
import type { DefenderTables } from "../schema/table-types.ts";
import type { Header } from "./expand/header.ts";
import type { BlockFile, ScenarioFile, StepFile } from "./format/scenario-file.ts";
import type { ClickStepFile } from "./steps/cloud/click.ts";
import type { ConnectionStepFile } from "./steps/network/connection.ts";
import type { DnsStepFile } from "./steps/network/dns.ts";
import type { FileStepFile } from "./steps/device/file.ts";
import type { ImageStepFile } from "./steps/device/image.ts";
import type { InboundStepFile } from "./steps/network/inbound.ts";
import type { ListenStepFile } from "./steps/network/listen.ts";
import type { LogonStepFile } from "./steps/device/logon.ts";
import type { MailStepFile } from "./steps/cloud/mail.ts";
import type { ProcessStepFile } from "./steps/device/process.ts";
import type { RegistryStepFile } from "./steps/device/registry.ts";
import type { RowsStepFile } from "./steps/recorded-files.ts";
import type { ScriptStepFile } from "./steps/device/script.ts";
import type { SignInStepFile } from "./steps/cloud/sign-in.ts";
import type { VariableValue } from "./model/types.ts";

/** A step of a kind whose row is of `Table`. */
type Typed<Step extends StepFile, Table extends keyof DefenderTables> = Omit<Step, "columns"> & {
  readonly columns?: Readonly<DefenderTables[Table]>;
};

/** Of a table that both have, Defender's columns count. */
type RowTables = DefenderTables & SentinelTables;

type RowStep = {
  readonly [Table in keyof RowTables]: Omit<StepFile, "columns"> & {
    readonly row: Table;
    readonly columns?: Readonly<RowTables[Table]>;
  };
}[keyof RowTables];

/** A step of a timeline, as in a YAML file, with the columns of its table known. */
export type TimelineStep =
  | Typed<ProcessStepFile, "DeviceProcessEvents">
  | Typed<ConnectionStepFile, "DeviceNetworkEvents">
  | Typed<DnsStepFile, "DeviceNetworkEvents">
  | Typed<ListenStepFile, "DeviceNetworkEvents">
  | Typed<InboundStepFile, "DeviceNetworkEvents">
  | Typed<FileStepFile, "DeviceFileEvents">
  | Typed<RegistryStepFile, "DeviceRegistryEvents">
  | Typed<ImageStepFile, "DeviceImageLoadEvents">
  | Typed<ScriptStepFile, "DeviceEvents">
  | Typed<LogonStepFile, "DeviceLogonEvents">
  | Typed<SignInStepFile, "AADSignInEventsBeta">
  | Typed<ClickStepFile, "UrlClickEvents">
  | Typed<MailStepFile, "EmailEvents">
  | RowStep
  | RowsStepFile;

/** Steps that happen again and again. */
export type TimelineBlock = Omit<BlockFile, "steps"> & { readonly steps: readonly TimelineStep[] };

export type Timeline = readonly (TimelineStep | TimelineBlock)[];

/** What a timeline may draw from: both give the same for the same scenario, on every machine. There is no clock. */
export interface Tools {
  readonly random: Random;
  /** Faker with the scenario's seed; its dates start from a fixed day. */
  readonly faker: Faker;
}

/** A scenario, with the keys that a YAML file has. */
export interface ScenarioDefinition extends Omit<
  ScenarioFile,
  keyof Header | "version" | "timeline"
> {
  readonly timeline: Timeline | ((tools: Tools) => Timeline);
}

/** Scenarios that differ in the values of their variables. */
export interface ScenariosDefinition<Variables extends Readonly<Record<string, VariableValue>>> {
  /** The variables of each; they make its name, as those of a matrix do. */
  readonly cases: readonly Variables[];
  readonly scenario: (variables: Variables) => ScenarioDefinition;
}

/** What a file of `scenarios/` exports. Plain data, so that it does not matter which copy of kqltest made it. */
export type Defined =
  | { readonly kind: "kqltest-scenario"; readonly definition: ScenarioDefinition }
  | {
      readonly kind: "kqltest-scenarios";
      readonly definition: ScenariosDefinition<Readonly<Record<string, VariableValue>>>;
    };

/** One scenario, to be exported by `scenarios/<technique>/<name>.ts`. */
export function defineScenario(definition: ScenarioDefinition): Defined {
  return { kind: "kqltest-scenario", definition };
}

/** A scenario for each of `cases`, to be exported by `scenarios/<technique>/<name>.ts`. */
export function defineScenarios<const Variables extends Readonly<Record<string, VariableValue>>>(
  definition: ScenariosDefinition<Variables>,
): Defined {
  const scenario = definition.scenario as (
    variables: Readonly<Record<string, VariableValue>>,
  ) => ScenarioDefinition;
  return { kind: "kqltest-scenarios", definition: { cases: definition.cases, scenario } };
}
