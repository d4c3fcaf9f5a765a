import type { ScenarioEvent } from "../../scenario/model/types.ts";
import type { Value } from "../../schema/types.ts";

/** One difference between the events of a scenario and those of a variant. */
export type Change =
  | { readonly kind: "value"; readonly event: number; readonly column: string; readonly to: Value }
  | { readonly kind: "added"; readonly event: ScenarioEvent };

/** What makes `events` of `before`, by ids; empty where only their order differs. */
export function changesBetween(
  before: readonly ScenarioEvent[],
  events: readonly ScenarioEvent[],
): readonly Change[] {
  const after = new Map(events.map((event) => [event.id, event]));
  const known = new Set(before.map(({ id }) => id));
  const values = before.flatMap(({ id, row }, event) => {
    const changed = Object.entries(after.get(id)?.row ?? row);
    return changed
      .filter(([column, to]) => row[column] !== to)
      .map(([column, to]): Change => ({ kind: "value", event, column, to }));
  });
  const added = events
    .filter(({ id }) => !known.has(id))
    .map((event): Change => ({ kind: "added", event }));
  return [...values, ...added];
}

/** `before` with `changes` alone. */
export function withChanges(
  before: readonly ScenarioEvent[],
  changes: readonly Change[],
): readonly ScenarioEvent[] {
  const events = [...before];
  for (const change of changes) {
    if (change.kind === "added") {
      events.push(change.event);
      continue;
    }
    const event = events[change.event];
    if (event === undefined) continue;
    events[change.event] = { ...event, row: { ...event.row, [change.column]: change.to } };
  }
  return events;
}

/** A half of a list of changes that does the same, found by asking for all lists at once; as many rounds as the longest list can be halved. */
export async function shrink(
  lists: readonly (readonly Change[])[],
  keepsVerdict: (tried: readonly Tried[]) => Promise<readonly boolean[]>,
): Promise<readonly (readonly Change[])[]> {
  const current = [...lists];
  let open = current.flatMap((list, index) => (list.length > 1 ? [index] : []));
  while (open.length > 0) {
    const tried = open.flatMap((index) => halves(current[index] ?? [], index));
    const keeps = await keepsVerdict(tried);
    const better = new Map(
      tried.filter((_, place) => keeps[place] === false).map((one) => [one.index, one.changes]),
    );
    for (const [index, changes] of better) current[index] = changes;
    open = [...better.keys()].filter((index) => (current[index]?.length ?? 0) > 1);
  }
  return current;
}

/** Changes to be tried on the list `index` of those that are narrowed. */
export interface Tried {
  readonly index: number;
  readonly changes: readonly Change[];
}

function halves(changes: readonly Change[], index: number): readonly Tried[] {
  const middle = Math.ceil(changes.length / 2);
  return [
    { index, changes: changes.slice(0, middle) },
    { index, changes: changes.slice(middle) },
  ];
}

/** What `changes` of `before` do, in a line; three of them at most are told. */
export function renderChanges(
  before: readonly ScenarioEvent[],
  changes: readonly Change[],
): string {
  const told = changes.slice(0, 3).map((change) => {
    if (change.kind === "added") return `\`${change.event.id}\` added`;
    const event = before[change.event];
    const from = JSON.stringify(event?.row[change.column] ?? null);
    return `\`${change.column}\` of \`${event?.id ?? ""}\`: ${from} → ${JSON.stringify(change.to)}`;
  });
  const more = changes.length - told.length;
  return `${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
