import { escapeControls } from "../../base/text.ts";
import type { Row, Value } from "../../schema/types.ts";
import type {
  ComparedColumn,
  ComparedRow,
  Comparison,
} from "../../run/replay/compare-with-twin.ts";
import {
  meetsRequirements,
  type JudgedTest,
  type Judgement,
  type RuleReplay,
} from "../../run/replay/judgement.ts";
import type { JudgementReporter } from "./judgement-reporter.ts";

/** A judged recording as JSON for machines: the same inputs give the same bytes. */
export const judgementJson: JudgementReporter = {
  name: "json",
  // What JSON leaves as it is (C1 controls, bidirectional marks) would steer a terminal; `\\u202e` says the same.
  render: (judgement) => `${escapeControls(JSON.stringify(reportOf(judgement), null, 2))}\n`,
};

/** The shape of the report; `version` changes when a key changes its meaning or goes away. */
interface JsonJudgement {
  readonly version: 1;
  readonly passed: boolean;
  readonly now: string;
  readonly recording: Omit<Judgement["recording"], "version">;
  readonly tables: Judgement["tables"];
  readonly rules: readonly JsonRule[];
  readonly test: JudgedTest | null;
  readonly comparison: Comparison | null;
}

interface JsonRule {
  readonly rule: string;
  readonly fired: boolean;
  readonly afterMs: number | null;
  readonly rows: readonly { readonly row: Row; readonly events: readonly string[] }[];
  readonly events: readonly {
    readonly id: string;
    readonly table: string;
    readonly time: string | null;
    readonly marked: boolean;
  }[];
}

/** The keys are spelled out: their order is part of "the same bytes". */
function reportOf(judgement: Judgement): JsonJudgement {
  const { recording, tables, now, rules, test, comparison } = judgement;
  const { source, atomic, device, account, started, ended } = recording;
  return {
    version: 1,
    passed: meetsRequirements(judgement),
    now,
    recording: { source, atomic, device, account, started, ended },
    tables,
    rules: rules.map(ruleOf),
    test: test === null ? null : testOf(test),
    comparison: comparison === null ? null : comparisonOf(comparison),
  };
}

function ruleOf({ rule, fired, afterMs, rows, events }: RuleReplay): JsonRule {
  return {
    rule,
    fired,
    afterMs,
    rows: rows.map(({ row, events: behind }) => ({ row, events: behind })),
    events: events.map(({ id, table, time, marked }) => ({ id, table, time, marked })),
  };
}

function testOf(test: JudgedTest): JudgedTest {
  const { label, guid, name, marker, requirements } = test;
  return {
    label,
    guid,
    name,
    class: test.class,
    marker: marker === null ? null : { value: marker.value, rows: marker.rows },
    requirements: requirements.map(({ rule, must, did, holds }) => ({ rule, must, did, holds })),
  };
}

function comparisonOf({ twin, rows, others }: Comparison): Comparison {
  return {
    twin,
    rows: rows.map(({ role, table, claimed, recorded, columns }): ComparedRow => ({
      role,
      table,
      claimed,
      recorded,
      columns: columns.map(columnOf),
    })),
    others,
  };
}

function columnOf({ column, outcome, form, reason, claimed, recorded }: ComparedColumn): {
  readonly column: string;
  readonly outcome: ComparedColumn["outcome"];
  readonly form: ComparedColumn["form"];
  readonly reason: string;
  readonly claimed: Value;
  readonly recorded: Value;
} {
  return { column, outcome, form, reason, claimed, recorded };
}
