import type { ErrorTable } from "./error-code.ts";

/** What is wrong with rows and values, and the limits of the engine. */
export const dataErrors: ErrorTable = {
  KT0301: {
    means:
      "The query gives more rows than an answer may have; Kusto's own limit of 500,000 is the default.",
    mend: "Filter or summarize, or end the query with `take`.",
  },
  KT0302: {
    means:
      "The query needs more memory than it may use. Measured are the memory of the database and the growth of the whole process.",
    mend: "Filter before joining, give it fewer events, or raise `--memory` (`limits.memoryMb`).",
  },
  KT0303: {
    means:
      "A regular expression is not valid. Kusto's know neither look-around nor references back.",
    mend: "Correct it.",
    example: { kql: "print 'a' matches regex '('" },
  },
  KT0304: {
    means:
      "The query took longer than its time limit: `--timeout`, or `limits.timeoutMs` of an engine.",
    mend: "Filter before joining, join on more keys, or raise the limit.",
  },
  KT0305: {
    means:
      "The database rejects what kqltest made of the query. That is a gap in kqltest, and no other rule is affected.",
    mend: "Report it, with the query and the message. Writing that part of the query in another way may help.",
  },
  KT0306: {
    means: "A dynamic value, or a query, is nested too deeply.",
    mend: "Return a part of the value, or its text by `tostring`; write the query with fewer levels.",
    example: { kql: `print parse_json(strcat(strrep("[", 1024), strrep("]", 1024)))` },
  },
  KT0310: {
    means: "Rows are given for a table that the dialect does not have.",
    mend: "Correct the name, choose the other dialect, or declare the table in `tables/`.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceProcesEvents.json": "[{}]" },
    },
  },
  KT0311: {
    means: "A row has a column that its table does not have.",
    mend: "Correct the name.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceInfo.json": '[{ "DeviceNam": "x" }]' },
    },
  },
  KT0312: {
    means: "A value is none of its column's type.",
    mend: "Write it as Kusto's REST interface does: instants as `2025-01-15T12:00:00Z`, numbers as numbers.",
    example: {
      command: "kqltest query 'print 1' --data events",
      files: { "events/DeviceInfo.json": '[{ "Timestamp": "yesterday" }]' },
    },
  },
  KT0313: {
    means: "The `now` of an engine is no instant.",
    mend: "Write it like `2025-01-15T12:00:00Z`.",
  },
  KT0314: {
    means: "A limit of an engine is not a number of its kind.",
    mend: "Write an integer: `timeoutMs` from 0, `memoryMb` and `rows` from 1.",
  },
};
