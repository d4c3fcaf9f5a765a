import { extname } from "node:path";
import type { Source } from "../../base/source.ts";
import { readCsvEvents } from "./read-csv.ts";
import { readJsonEvents } from "./read-json.ts";
import { readXmlEvents } from "./read-xml.ts";
import type { ReadRecording } from "./windows-event.ts";

export type RecordingForm = "json" | "xml" | "csv";

/** How a recording in each form is read. */
export const recordingReaders: Readonly<Record<RecordingForm, (source: Source) => ReadRecording>> =
  {
    json: ({ text }) => readJsonEvents(text),
    xml: ({ text }) => readXmlEvents(text),
    csv: readCsvEvents,
  };

const formsByEnding: Readonly<Record<string, RecordingForm>> = {
  ".json": "json",
  ".jsonl": "json",
  ".ndjson": "json",
  ".xml": "xml",
  ".csv": "csv",
};

/** The form of a recording: by the ending of its file, else by how it begins. */
export function formOf({ file, text }: Source): RecordingForm {
  const known = formsByEnding[extname(file.replace(/\.gz$/i, "")).toLowerCase()];
  if (known !== undefined) return known;
  const start = text.replace(/^\uFEFF/, "").trimStart();
  if (start.startsWith("<")) return "xml";
  return start.startsWith("{") || start.startsWith("[") ? "json" : "csv";
}
