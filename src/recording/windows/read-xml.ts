import { SaxesParser } from "saxes";
import { createLineCounter } from "../line-counter.ts";
import {
  windowsEvent,
  type RawEvent,
  type ReadRecording,
  type Rejected,
  type WindowsEvent,
} from "./windows-event.ts";

/** The events of XML as Windows renders it: `<Event>` elements one after the other, with or without one around them. Each is read alone, so that a broken one loses nothing else. */
export function readXmlEvents(text: string): ReadRecording {
  const events: WindowsEvent[] = [];
  const rejected: Rejected[] = [];
  const lineOf = createLineCounter(text);
  for (const { source, index } of elementsIn(text)) {
    const line = lineOf(index);
    const raw = parseEvent(source);
    const event = typeof raw === "string" ? raw : windowsEvent(raw, line);
    if (typeof event === "string") rejected.push({ line, reason: event, text: source });
    else events.push(event);
  }
  return { events, rejected };
}

const end = "</Event>";

/** The text of each `<Event>` with its place; one that does not end goes up to the next. */
function elementsIn(text: string): readonly { readonly source: string; readonly index: number }[] {
  const starts = Array.from(text.matchAll(/<Event[\s>]/g), ({ index }) => index);
  return starts.map((index, number) => {
    const piece = text.slice(index, starts[number + 1]);
    const at = piece.indexOf(end);
    return { source: at < 0 ? piece : piece.slice(0, at + end.length), index };
  });
}

/** The parts of an `<Event>`, or what is wrong with it. */
function parseEvent(text: string): RawEvent | string {
  const system: Record<string, string> = {};
  const data: Record<string, string> = {};
  const path: { name: string; text: string; label: string }[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    const attribute = attributes["SystemTime"] ?? attributes["Name"] ?? "";
    if (path.at(-1)?.name === "System" && attribute !== "") system[name] = attribute;
    path.push({ name, text: "", label: attributes["Name"] ?? "" });
  });
  const add = (piece: string): void => {
    const open = path.at(-1);
    if (open !== undefined) open.text += piece;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    const closed = path.pop();
    const above = path.at(-1)?.name;
    if (closed === undefined || closed.text.trim() === "") return;
    if (above === "System") system[closed.name] = closed.text;
    if (above === "EventData" && closed.label !== "") data[closed.label] = closed.text;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    return `not valid XML: ${(error as Error).message}`;
  }
  return {
    id: system["EventID"],
    channel: system["Channel"] ?? system["Provider"],
    computer: system["Computer"],
    time: system["TimeCreated"],
    record: system["EventRecordID"],
    data,
  };
}
