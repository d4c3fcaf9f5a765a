import type { Transformation } from "./transformation.ts";

/** Each event twice: ingestion promises to deliver an event at least once. */
export const duplicateDelivery: Transformation = {
  name: "duplicate-delivery",
  description: "each event delivered twice",
  apply: ({ events }) =>
    events.length === 0
      ? events
      : events.flatMap((event) => [event, { ...event, id: `${event.id} (again)` }]),
};
