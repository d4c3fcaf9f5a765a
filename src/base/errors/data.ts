import type { ErrorTable } from "./error-code.ts";

/** What is wrong with rows and values, and the limits of the engine. */
export const dataErrors: ErrorTable = {
  KT0301: {
    summary:
      "The query gives more rows than an answer may have; Kusto's own limit of 500,000 is the default.",
    fix: "Filter or summarize, or end the query with `take`.",
  },
  KT0302: {
    summary:
      "The query needs more memory than it may use. Measured are the memory of the database and the growth of the whole process.",
    fix: "Filter before joining, give it fewer events, or raise `--memory` (`limits.memoryMb`).",
  },
  KT0303: {
    summary:
      "A regular expression is not valid. Kusto's know neither look-around nor references back.",
    fix: "Correct it.",
    example: { kql: "print 'a' matches regex '('" },
  },
  KT0304: {
    summary:
      "The query took longer than its time limit: `--timeout`, or `limits.timeoutMs` of an engine.",
    fix: "Filter before joining, join on more keys, or raise the limit.",
  },
  KT0305: {
    summary:
      "The database rejects what kqltest made of the query. That is a gap in kqltest, and no other rule is affected.",
    fix: "Report it, with the query and the message. Writing that part of the query in another way may help.",
  },
  KT0306: {
    summary: "A dynamic value, or a query, is nested too deeply.",
    fix: "Return a part of the value, or its text by `tostring`; write the query with fewer levels.",
    example: { kql: `print parse_json(strcat(strrep("[", 1024), strrep("]", 1024)))` },
  },
  KT0310: {
    summary: "Rows are given for a table that the dialect does not have.",
    fix: "Correct the name, choose the other dialect, or declare the table in `tables/`.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceProcesEvents.json": "[{}]" },
    },
  },
  KT0311: {
    summary: "A row has a column that its table does not have.",
    fix: "Correct the name.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceInfo.json": '[{ "DeviceNam": "x" }]' },
    },
  },
  KT0312: {
    summary: "A value is none of its column's type.",
    fix: "Write it as Kusto's REST interface does: instants as `2025-01-15T12:00:00Z`, numbers as numbers.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceInfo.json": '[{ "Timestamp": "yesterday" }]' },
    },
  },
  KT0313: {
    summary: "The `now` of an engine is no instant.",
    fix: "Write it like `2025-01-15T12:00:00Z`.",
  },
  KT0314: {
    summary: "A limit of an engine is not a number of its kind.",
    fix: "Write an integer: `timeoutMs` from 0, `memoryMb` and `rows` from 1.",
  },
};
