import type { ScenarioEvent } from "../../scenario/model/types.ts";
import type { Row } from "../../schema/types.ts";
import { formOf } from "./forms.ts";

/** The row of a recording that plays the part of a twin's row; undefined where none does. */
export interface Match {
  readonly twin: ScenarioEvent;
  readonly recorded: ScenarioEvent | undefined;
}

/** How well a row plays a part of the twin; 0: not at all. */
type Likeness = (twin: Row, recorded: Row, marker: string | undefined) => number;

/** Tables whose rows are matched, and how. */
const likenesses: Readonly<Record<string, Likeness>> = {
  DeviceProcessEvents: (twin, recorded, marker) => {
    if (!isSame("FileName", twin, recorded)) return 0;
    return (
      4 +
      (isSame("InitiatingProcessFileName", twin, recorded) ? 2 : 0) +
      (isSame("InitiatingProcessParentFileName", twin, recorded) ? 1 : 0) +
      (isSameCommand("ProcessCommandLine", twin, recorded) ? 3 : 0) +
      (holds(recorded, marker) ? 8 : 0)
    );
  },
  DeviceNetworkEvents: (twin, recorded, marker) => {
    const isSameProcess = isSame("InitiatingProcessFileName", twin, recorded);
    const isSamePort = isSame("RemotePort", twin, recorded);
    const isSameHost = hostOf(twin) !== "" && hostOf(twin) === hostOf(recorded);
    // A recorder may not know the name that was asked for: then the process and the port must do.
    if (!isSameHost && !(hostOf(recorded) === "" && isSameProcess && isSamePort)) return 0;
    return (
      (isSameHost ? 6 : 1) +
      (isSameProcess ? 3 : 0) +
      (isSame("ActionType", twin, recorded) ? 2 : 0) +
      (isSamePort ? 1 : 0) +
      (holds(recorded, marker) ? 8 : 0)
    );
  },
};

/** Whether rows of `table` are matched by the part they play. */
export function hasRoles(table: string): boolean {
  return table in likenesses;
}

/** The rows of the twin, each with the recorded row that is most like it; a recorded row plays one part. */
export function matchRoles(
  twin: readonly ScenarioEvent[],
  recorded: readonly ScenarioEvent[],
  marker?: string,
): readonly Match[] {
  const pairs = twin.flatMap((claimed) => {
    const likeness = likenesses[claimed.table];
    if (likeness === undefined) return [];
    return recorded
      .filter(({ table }) => table === claimed.table)
      .map((event) => ({ claimed, event, score: likeness(claimed.row, event.row, marker) }))
      .filter(({ score }) => score > 0);
  });
  const partOf = new Map<ScenarioEvent, ScenarioEvent>();
  const taken = new Set<ScenarioEvent>();
  // Sorting keeps the order of what is equal: that of the twin, then of the recording.
  for (const { claimed, event } of pairs.toSorted((a, b) => b.score - a.score)) {
    if (partOf.has(claimed) || taken.has(event)) continue;
    partOf.set(claimed, event);
    taken.add(event);
  }
  return twin
    .filter(({ table }) => hasRoles(table))
    .map((claimed) => ({ twin: claimed, recorded: partOf.get(claimed) }));
}

/** What a row is in the story: a program below its parent, or where it connects. */
export function roleText({ table, row }: ScenarioEvent): string {
  if (table === "DeviceProcessEvents") {
    const parent = textOf(row, "InitiatingProcessFileName");
    const name = textOf(row, "FileName");
    return parent === "" ? name : `${name} < ${parent}`;
  }
  const process = textOf(row, "InitiatingProcessFileName");
  const host = hostOf(row) === "" ? textOf(row, "RemoteIP") : hostOf(row);
  return `${process === "" ? "no process" : process} → ${host}:${textOf(row, "RemotePort")}`;
}

/** Whether `marker` stands in some text of `row`. */
export function holds(row: Row, marker: string | undefined): boolean {
  if (marker === undefined || marker === "") return false;
  return Object.values(row).some((value) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return text.includes(marker);
  });
}

function isSame(column: string, a: Row, b: Row): boolean {
  const text = textOf(a, column).toLowerCase();
  return text !== "" && text === textOf(b, column).toLowerCase();
}

function isSameCommand(column: string, a: Row, b: Row): boolean {
  return formOf("command", textOf(a, column)) === formOf("command", textOf(b, column));
}

/** The host in `RemoteUrl`, which holds a host or a whole URL. */
function hostOf(row: Row): string {
  const url = textOf(row, "RemoteUrl").toLowerCase();
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\//, "").replace(/[/:?#].*$/s, "");
}

function textOf(row: Row, column: string): string {
  const value = row[column] ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
