import { expect, test } from "vitest";
import {
  formOf,
  recordingReaders,
  type RecordingForm,
} from "../../src/recording/windows/read-events.ts";

const image = "C:\\a&b.exe";

const asXml = `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>
<Provider Name="Microsoft-Windows-Sysmon" Guid="{1}"/><EventID>1</EventID>
<TimeCreated SystemTime="2024-05-02T10:00:01.5Z"/><EventRecordID>7</EventRecordID>
<Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>PC1</Computer></System>
<EventData><Data Name="Image">C:\\a&amp;b.exe</Data><Data Name="ProcessId">12</Data></EventData></Event>`;

/** One event in each form and shape that recorders write. */
const shapes: readonly (readonly [what: string, form: RecordingForm, text: string])[] = [
  [
    "fields below EventData",
    "json",
    JSON.stringify({
      Channel: "Sysmon",
      EventID: 1,
      TimeCreated: "2024-05-02T10:00:01.5Z",
      Computer: "PC1",
      RecordID: 7,
      EventData: { Image: image, ProcessId: "12" },
    }),
  ],
  [
    "NXLog: one map, escaped, with the id in the message alone",
    "json",
    JSON.stringify({
      EventID: 1,
      SourceName: "Microsoft-Windows-Sysmon",
      Hostname: "PC1",
      EventTime: "2024-05-02T10:00:01.5Z",
      RecordNumber: 7,
      ProcessID: 3000,
      Image: "C:\\a&amp;b.exe",
      Message: "Process Create:\r\nRuleName: -\r\nProcessId: 12\r\nImage: x",
    }),
  ],
  [
    "Winlogbeat",
    "json",
    JSON.stringify({
      "@timestamp": "2024-05-02T10:00:01.5Z",
      winlog: {
        channel: "Microsoft-Windows-Sysmon/Operational",
        event_id: 1,
        record_id: 7,
        computer_name: "PC1",
        event_data: { Image: image, ProcessId: 12 },
      },
    }),
  ],
  [
    "XML turned into JSON",
    "json",
    JSON.stringify({
      Event: {
        System: {
          EventID: { "#text": 1 },
          Channel: "Microsoft-Windows-Sysmon/Operational",
          Computer: "PC1",
          EventRecordID: 7,
          TimeCreated: { "#attributes": { SystemTime: "2024-05-02T10:00:01.5Z" } },
        },
        EventData: { Image: image, ProcessId: 12 },
      },
    }),
  ],
  [
    "a list of events",
    "json",
    `[${JSON.stringify({ Channel: "Sysmon", EventID: "1", TimeCreated: "2024-05-02T10:00:01.5Z", Computer: "PC1", RecordID: "7", EventData: { Image: image, ProcessId: "12" } })}]`,
  ],
  ["one event in XML", "xml", asXml],
  ["XML with an element around it", "xml", `<?xml version="1.0"?>\n<Events>\n${asXml}\n</Events>`],
  [
    "CSV",
    "csv",
    'EventID,Channel,Computer,TimeCreated,RecordID,Image,ProcessId\r\n1,Sysmon,PC1,2024-05-02T10:00:01.5Z,7,"C:\\a&b.exe",12\r\n',
  ],
];

test.each(shapes)("%s", (_, form, text) => {
  expect(formOf({ file: "x", text })).toBe(form);
  const { events, rejected } = recordingReaders[form]({ file: "x", text });
  expect(rejected).toEqual([]);
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    log: "sysmon",
    id: 1,
    computer: "PC1",
    time: "2024-05-02T10:00:01.5Z",
    record: "7",
    data: { Image: image, ProcessId: "12" },
  });
});

const good = { Channel: "Sysmon", EventID: 1, Computer: "PC1", EventData: {} };

const rejections: readonly (readonly [
  form: RecordingForm,
  text: string,
  line: number,
  reason: RegExp,
])[] = [
  ["json", `\n{"EventID": 1,`, 2, /^not valid JSON$/],
  ["json", `{"a": 1}`, 1, /^no event in a shape that is known$/],
  ["json", JSON.stringify({ ...good, EventID: "x" }), 1, /^no event id$/],
  ["json", JSON.stringify({ ...good, Computer: "" }), 1, /^no computer$/],
  ["json", JSON.stringify({ ...good, Channel: "Application" }), 1, /^channel Application$/],
  ["xml", `<Events>\n${asXml.replace("</Computer>", "")}</Events>`, 2, /^not valid XML: /],
  ["xml", asXml.replace("</EventData></Event>", ""), 1, /^not valid XML: /],
  ["csv", "EventID,Computer\n1\n", 2, /^1 cells under 2 columns$/],
  ["csv", "Id,Computer\n1,PC1\n", 2, /^no column `EventID`$/],
];

test.each(rejections)("set aside: %s %s", (form, text, line, reason) => {
  const { events, rejected } = recordingReaders[form]({ file: "x", text });
  expect(events).toEqual([]);
  expect(rejected).toEqual([
    { line, reason: expect.stringMatching(reason), text: expect.any(String) },
  ]);
});

test("a broken event loses none beside it", () => {
  const broken = asXml.replace("</Computer>", "");
  const { events, rejected } = recordingReaders.xml({
    file: "x",
    text: `${asXml}\n${broken}\n${asXml}`,
  });
  expect([events.length, rejected.length]).toEqual([2, 1]);
});
