import { unescapeEntities } from "./entities.ts";
import {
  windowsEvent,
  type RawEvent,
  type ReadRecording,
  type Rejected,
  type WindowsEvent,
} from "./windows-event.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The events of JSON lines, or of a JSON list. A line that is no event is set aside. */
export function readJsonEvents(text: string): ReadRecording {
  const events: WindowsEvent[] = [];
  const rejected: Rejected[] = [];
  const take = (value: unknown, line: number, source: string): void => {
    const raw = isFields(value) ? rawEvent(value) : undefined;
    const event = raw === undefined ? "no event in a shape that is known" : windowsEvent(raw, line);
    if (typeof event === "string") rejected.push({ line, reason: event, text: source });
    else events.push(event);
  };
  const list = text.trimStart().startsWith("[") ? parseJson(text) : undefined;
  if (Array.isArray(list)) {
    for (const value of list) take(value, 1, JSON.stringify(value));
    return { events, rejected };
  }
  let line = 0;
  for (const source of text.replace(/^\uFEFF/, "").split("\n")) {
    line += 1;
    if (source.trim() === "") continue;
    const value = parseJson(source);
    if (value === undefined) rejected.push({ line, reason: "not valid JSON", text: source });
    else take(value, line, source);
  }
  return { events, rejected };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === "string" ? unescapeEntities(value) : value,
    ) as unknown;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rawEvent(value: Fields): RawEvent | undefined {
  for (const shape of shapes) {
    const raw = shape(value);
    if (raw !== undefined) return raw;
  }
  return undefined;
}

/** The shapes in which recorders and converters write an event. The first that fits counts. */
const shapes: readonly ((value: Fields) => RawEvent | undefined)[] = [
  // The XML of an event turned into JSON, as evtx_dump does.
  ({ Event: event }) => {
    if (!isFields(event) || !isFields(event["System"])) return undefined;
    const system = event["System"];
    return {
      id: textIn(system["EventID"]),
      channel: system["Channel"] ?? attribute(system["Provider"], "Name"),
      computer: system["Computer"],
      time: attribute(system["TimeCreated"], "SystemTime"),
      record: system["EventRecordID"],
      data: isFields(event["EventData"]) ? event["EventData"] : {},
    };
  },
  // Winlogbeat and what speaks the Elastic Common Schema.
  ({ winlog, "@timestamp": time }) => {
    if (!isFields(winlog)) return undefined;
    return {
      id: winlog["event_id"],
      channel: winlog["channel"] ?? winlog["provider_name"],
      computer: winlog["computer_name"],
      time,
      record: winlog["record_id"],
      data: isFields(winlog["event_data"]) ? winlog["event_data"] : {},
    };
  },
  // One map of everything, as NXLog and Splunk write it; or with the event's own fields below `EventData`.
  (value) => flatEvent(value),
];

/** An event whose fields stand beside those of its record. */
export function flatEvent(value: Fields): RawEvent | undefined {
  const id = value["EventID"] ?? value["EventId"] ?? value["EventCode"];
  if (id === undefined) return undefined;
  return {
    id,
    channel: value["Channel"] ?? value["SourceName"] ?? value["LogName"],
    computer: value["Computer"] ?? value["ComputerName"] ?? value["Hostname"] ?? value["host"],
    time: value["TimeCreated"] ?? value["EventTime"] ?? value["@timestamp"] ?? value["_time"],
    record: value["RecordID"] ?? value["RecordNumber"] ?? value["EventRecordID"],
    data: isFields(value["EventData"]) ? value["EventData"] : value,
  };
}

/** The text of an element that may have attributes. */
function textIn(value: unknown): unknown {
  return isFields(value) ? (value["#text"] ?? value["$text"]) : value;
}

function attribute(value: unknown, name: string): unknown {
  if (!isFields(value)) return undefined;
  const attributes = value["#attributes"];
  return isFields(attributes) ? attributes[name] : (value[`@${name}`] ?? value[name]);
}
