import type { ScenarioEvent } from "../scenario/model/types.ts";
import type { Row } from "../schema/types.ts";

/** A process as the rows of a scenario tell of it, with what it did and whom it started. */
export interface ProcessNode {
  readonly fileName: string;
  readonly pid: number;
  /** The event of its own start; absent for a process that rows only mention. */
  readonly start?: ScenarioEvent;
  /** Other events it caused, in the order given. */
  readonly actions: readonly ScenarioEvent[];
  /** In the order in which the rows name them. */
  readonly children: readonly ProcessNode[];
}

/** What happened on one device. */
export interface DeviceTree {
  /** Empty for events of no device. */
  readonly device: string;
  /** Processes of which no row names a parent. */
  readonly roots: readonly ProcessNode[];
  /** Events that no process is known of. */
  readonly others: readonly ScenarioEvent[];
}

interface Node {
  readonly fileName: string;
  readonly pid: number;
  start?: ScenarioEvent;
  readonly actions: ScenarioEvent[];
  readonly children: Node[];
  parent?: Node;
}

/** The devices of `events` with their processes, in the order in which the events name them. */
export function processTrees(events: readonly ScenarioEvent[]): readonly DeviceTree[] {
  const devices = new Map<string, { nodes: Map<string, Node>; others: ScenarioEvent[] }>();
  for (const event of events) {
    const device = textOf(event.row, "DeviceName");
    const known = devices.get(device) ?? { nodes: new Map(), others: [] };
    devices.set(device, known);
    const initiator = initiatingNode(known.nodes, event.row);
    if (isProcessStart(event)) {
      const started = nodeOf(known.nodes, event.row, "");
      if (started !== undefined) {
        started.start = event;
        adopt(initiator, started);
        continue;
      }
    }
    (initiator?.actions ?? known.others).push(event);
  }
  return [...devices].map(([device, { nodes, others }]) => ({
    device,
    roots: [...nodes.values()].filter(({ parent }) => parent === undefined),
    others,
  }));
}

function isProcessStart({ table, row }: ScenarioEvent): boolean {
  return table === "DeviceProcessEvents" && row["ActionType"] === "ProcessCreated";
}

function initiatingNode(nodes: Map<string, Node>, row: Row): Node | undefined {
  const initiator = nodeOf(nodes, row, "Initiating");
  if (initiator !== undefined) adopt(nodeOf(nodes, row, "InitiatingParent"), initiator);
  return initiator;
}

type Role = "" | "Initiating" | "InitiatingParent";

const columnsOf: Readonly<Record<Role, { name: string; id: string; created: string }>> = {
  "": { name: "FileName", id: "ProcessId", created: "ProcessCreationTime" },
  Initiating: {
    name: "InitiatingProcessFileName",
    id: "InitiatingProcessId",
    created: "InitiatingProcessCreationTime",
  },
  InitiatingParent: {
    name: "InitiatingProcessParentFileName",
    id: "InitiatingProcessParentId",
    created: "InitiatingProcessParentCreationTime",
  },
};

/** The process in one role of `row`. Ids are used again, so the time of creation tells two apart. */
function nodeOf(nodes: Map<string, Node>, row: Row, role: Role): Node | undefined {
  const { name, id, created } = columnsOf[role];
  const fileName = textOf(row, name);
  const pid = Number(row[id] ?? 0);
  if (fileName === "" && pid === 0) return undefined;
  const key = `${pid}/${textOf(row, created)}/${fileName.toLowerCase()}`;
  const node = nodes.get(key) ?? { fileName, pid, actions: [], children: [] };
  nodes.set(key, node);
  return node;
}

/** Makes `child` a child of `parent` where that is new. Rows that contradict each other must not make a circle. */
function adopt(parent: Node | undefined, child: Node): void {
  if (parent === undefined || child.parent !== undefined) return;
  for (let above: Node | undefined = parent; above !== undefined; above = above.parent) {
    if (above === child) return;
  }
  child.parent = parent;
  parent.children.push(child);
}

function textOf(row: Row, column: string): string {
  const value = row[column] ?? "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
