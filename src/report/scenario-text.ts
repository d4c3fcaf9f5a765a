import { escapeName } from "../base/text.ts";
import type { ScenarioEvent } from "../scenario/model/types.ts";
import { bundledCatalog } from "../schema/tables.ts";
import type { Row, Value } from "../schema/types.ts";
import { cut, longest, oneLine, pad, plural } from "./layout.ts";
import { createPaint, type Paint } from "./paint.ts";
import { processTrees, type DeviceTree, type ProcessNode } from "./process-tree.ts";
import type { ReportStyle } from "./reporter.ts";

/** What there is to see of a scenario. */
export interface ShownScenario {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly truth: string;
  readonly technique?: string;
  readonly events: readonly ScenarioEvent[];
}

/** A scenario for people: what it is, the processes of each device with what they did, then the rows of each table. */
export function renderScenario(scenario: ShownScenario, style: ReportStyle): string {
  const paint = createPaint(style.color);
  const sections = [
    headLines(scenario, paint),
    ...processTrees(scenario.events).map((tree) => treeLines(tree, style, paint)),
    ...tableSections(scenario.events, style, paint),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headLines(scenario: ShownScenario, paint: Paint): readonly string[] {
  const { id, title, description, truth, technique, events } = scenario;
  const verdict = truth === "malicious" ? paint.bad(truth) : paint.good(truth);
  const facts = [verdict, ...(technique === undefined ? [] : [oneLine(technique)])];
  return [
    `${paint.strong(escapeName(id))}  ${facts.join("  ")}  ${plural(events.length, "event")}`,
    oneLine(title),
    ...(description === undefined ? [] : [paint.dim(oneLine(description))]),
  ];
}

function treeLines(tree: DeviceTree, style: ReportStyle, paint: Paint): readonly string[] {
  const line: Line = (text, indent) => cut(`${indent}${text}`, style.width);
  return [
    paint.strong(tree.device === "" ? "no device" : oneLine(tree.device)),
    ...tree.roots.flatMap((root) => nodeLines(root, { lead: " ", indent: " " }, line)),
    ...tree.others.map((event) => line(eventText(event), " ")),
  ];
}

type Line = (text: string, indent: string) => string;

/** The lines of a process: `lead` before its own, `indent` before what belongs to it. */
function nodeLines(
  node: ProcessNode,
  { lead, indent }: { readonly lead: string; readonly indent: string },
  line: Line,
): readonly string[] {
  const below = { lead: `${indent}└─ `, indent: `${indent}   ` };
  return [
    line(processText(node), lead),
    ...node.actions.map((event) => line(eventText(event), below.indent)),
    ...node.children.flatMap((child) => nodeLines(child, below, line)),
  ];
}

function processText({ fileName, pid, start }: ProcessNode): string {
  const name = `${oneLine(fileName)} (${pid})`;
  if (start === undefined) return name;
  const { row, id } = start;
  const account = oneLine(plain(row["AccountName"] ?? ""));
  const command = oneLine(plain(row["ProcessCommandLine"] ?? ""));
  return `${name}  ${clockTime(row)}  [${escapeName(id)}]  ${account}  ${command}`;
}

/** What an event is about: the first of these columns that its row has. */
const objectColumns = [
  "RemoteUrl",
  "RegistryKey",
  "Subject",
  "AccountDisplayName",
  "FileName",
  "RemoteIP",
  "AccountName",
  "AdditionalFields",
];

/** When and what an event is, on one line. */
export function eventText({ id, table, row }: ScenarioEvent): string {
  const action = plain(row["ActionType"] ?? table);
  const column = objectColumns.find((name) => (row[name] ?? "") !== "");
  const about = column === undefined ? "" : plain(row[column] ?? "");
  const port = column === "RemoteUrl" || column === "RemoteIP" ? portText(row) : "";
  return `· ${clockTime(row)}  [${escapeName(id)}]  ${oneLine(action)}  ${oneLine(about)}${port}`;
}

function portText(row: Row): string {
  const port = row["RemotePort"] ?? null;
  return port === null ? "" : ` :${oneLine(plain(port))}`;
}

/** `11:02:03` of the row's time; a row has one by one of two names. */
function clockTime(row: Row): string {
  const time = row["Timestamp"] ?? row["TimeGenerated"];
  return typeof time === "string" ? oneLine(time.slice(11, 19)) : "--:--:--";
}

function tableSections(
  events: readonly ScenarioEvent[],
  style: ReportStyle,
  paint: Paint,
): readonly (readonly string[])[] {
  const tables = [...new Set(events.map(({ table }) => table))];
  return tables.map((table) => {
    const own = events.filter((event) => event.table === table);
    return [
      `${paint.strong(escapeName(table))}  ${plural(own.length, "row")}`,
      ...own.flatMap((event) => rowLines(event, style, paint)),
    ];
  });
}

/** A row as a column a line, in the order of the table's schema. What is empty is left out. */
function rowLines(
  { id, table, row }: ScenarioEvent,
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const schema = bundledCatalog("defender-xdr")
    .get(table)
    ?.columns.map(({ name }) => name);
  const columns = (schema ?? Object.keys(row)).filter((name) => (row[name] ?? "") !== "");
  const width = longest(columns);
  return [
    ` ${paint.warn(escapeName(id))}`,
    ...columns.map((name) => {
      const value = cut(oneLine(plain(row[name] ?? null)), style.width - width - 6);
      return `   ${paint.dim(pad(name, width))}  ${value}`;
    }),
  ];
}

function plain(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
