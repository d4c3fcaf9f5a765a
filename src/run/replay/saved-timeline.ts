import { InputError } from "../../base/diagnostic.ts";
import { escapeControls } from "../../base/text.ts";
import { writeYaml } from "../../base/yaml-edit.ts";
import { timeOf } from "../../recording/recording.ts";
import { readScenario } from "../../scenario/read-scenarios.ts";
import { bundledCatalog } from "../../schema/tables.ts";
import { parseInstant } from "../../schema/time.ts";
import type { Column, Row, Tables, Value } from "../../schema/types.ts";
import { devicesOf, durationText, normalInstant, stepName } from "./saved-values.ts";

interface TimedRow {
  readonly table: string;
  readonly row: Row;
  readonly time: bigint | undefined;
}

/** The rows of `tables` as the `timeline` of a scenario whose now is `end`: a step for each, in the order of time, under a line that says what it is. */
export function timelineOf(tables: Tables, end: bigint): string {
  const devices = devicesOf(tables);
  const [first] = devices.keys();
  const names = createNames();
  const steps = inOrderOfTime(tables).map((timed) => {
    const { table, row, time } = timed;
    const device = typeof row["DeviceName"] === "string" ? row["DeviceName"] : "";
    const alias = device.split(".")[0] ?? "";
    const isNamed = devices.get(alias)?.name === device;
    const step = {
      id: names(idOf(timed)),
      row: table,
      at: time === undefined ? "-0s" : `-${durationText(end - time)}`,
      // With several devices a step must name one, also where its row then says otherwise.
      ...(devices.size > 1 ? { on: isNamed ? alias : first } : {}),
      columns: columnsOf(timed, { end, isNamed }),
    };
    const lines = writeYaml([step]).trimEnd().split("\n");
    return [`  # ${remarkOf(timed)}`, ...lines.map((line) => `  ${line}`)].join("\n");
  });
  return `timeline:\n${steps.join("\n\n")}\n`;
}

/** Whether the scenario `yaml` gives exactly the rows of `tables`, but for the numbers of reports, when now is `end`. */
export function isTold(yaml: string, tables: Tables, end: bigint): boolean {
  try {
    const events = readScenario({ file: "saved.yaml", text: yaml }, "saved").events({ now: end });
    const wanted = inOrderOfTime(tables);
    return (
      events.length === wanted.length &&
      events.every(({ table, row }, index) => {
        const other = wanted[index];
        return table === other?.table && contentOf(table, row) === contentOf(table, other.row);
      })
    );
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function inOrderOfTime(tables: Tables): readonly TimedRow[] {
  const rows = Object.entries(tables).flatMap(([table, list]) =>
    list.map((row): TimedRow => ({ table, row, time: timeOf(row)[0] })),
  );
  return rows.toSorted((a, b) => {
    const [first, second] = [a.time ?? 0n, b.time ?? 0n];
    return first < second ? -1 : Number(first > second);
  });
}

/** All that a row tells, in one spelling. */
function contentOf(table: string, row: Row): string {
  const told = columnsIn(table).flatMap(({ name, type }) => {
    const value = row[name] ?? null;
    if (name === "ReportId" || value === null || value === "") return [];
    const isTime = type === "datetime" && typeof value === "string";
    return [[name, isTime ? normalInstant(value) : value]];
  });
  return JSON.stringify(told);
}

function columnsIn(table: string): readonly Column[] {
  return bundledCatalog("defender-xdr").get(table)?.columns ?? [];
}

/** What a step must say of its row; what follows from the step's device and time is left out. */
function columnsOf(
  { table, row, time }: TimedRow,
  { end, isNamed }: { readonly end: bigint; readonly isNamed: boolean },
): Readonly<Record<string, Value>> {
  const implied = new Set(["ReportId", ...(isNamed ? ["DeviceName", "DeviceId"] : [])]);
  const columns: Record<string, Value> = {};
  for (const { name, type } of columnsIn(table)) {
    const value = row[name] ?? null;
    const isFilled = name === "DeviceName" || name === "DeviceId" || name === "Timestamp";
    if (implied.has(name) || (name === "Timestamp" && time !== undefined)) continue;
    if (value === null || value === "") {
      // A step fills these in where nothing is said of them.
      if (isFilled) columns[name] = null;
      continue;
    }
    columns[name] = type === "datetime" ? momentOf(value, end) : written(name, value);
  }
  return columns;
}

/** A time before `end` as scenarios write it; a later one, which they cannot, as it is. */
function momentOf(value: Value, end: bigint): Value {
  const ticks = typeof value === "string" ? parseInstant(value) : undefined;
  return ticks === undefined || ticks > end ? value : `-${durationText(end - ticks)}`;
}

/** JSON in a text is easier to read as a map, where it is the same text again. */
function written(name: string, value: Value): Value {
  if (name !== "AdditionalFields" || typeof value !== "string") return value;
  try {
    const fields = JSON.parse(value) as Value;
    const isMap = typeof fields === "object" && fields !== null && !Array.isArray(fields);
    return isMap && JSON.stringify(fields) === value ? fields : value;
  } catch {
    return value;
  }
}

/** What a step is called: by the program that starts, or by who does something. */
function idOf({ table, row }: TimedRow): string {
  const started = table === "DeviceProcessEvents" ? row["FileName"] : undefined;
  const subject = started ?? row["InitiatingProcessFileName"] ?? table;
  const parts = started === undefined ? [subject, row["ActionType"] ?? ""] : [subject];
  const words = parts.map((part) => (typeof part === "string" ? part.replace(/\.\w+$/, "") : ""));
  return stepName(words.join("-"));
}

/** Makes names unique: the second `curl` is `curl-2`. */
function createNames(): (name: string) => string {
  const used = new Set<string>();
  return (name) => {
    let own = name;
    for (let number = 2; used.has(own); number++) own = `${name}-${number}`;
    used.add(own);
    return own;
  };
}

const longestRemark = 96;

/** What happens, for people: a command line below its parent, or who connects where. */
function remarkOf({ table, row }: TimedRow): string {
  const textOf = (column: string): string => {
    const value = row[column] ?? "";
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  const by = textOf("InitiatingProcessFileName");
  const what =
    table === "DeviceProcessEvents"
      ? `${by === "" ? "" : `${by} starts `}${textOf("ProcessCommandLine") || textOf("FileName")}`
      : [by, textOf("ActionType"), textOf("RemoteUrl") || textOf("RemoteIP") || textOf("FileName")]
          .filter((part) => part !== "")
          .join(" ");
  const line = escapeControls(what.replaceAll(/\s+/g, " ").trim());
  const characters = Array.from(line === "" ? table : line);
  return characters.length <= longestRemark
    ? characters.join("")
    : `${characters.slice(0, longestRemark - 1).join("")}…`;
}
