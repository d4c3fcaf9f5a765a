import type { ErrorCode } from "yaml";

/** What helps against the mistakes that people make in YAML, by the parser's name of each. */
export const yamlHints: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: "in double quotes a backslash begins an escape: write the text in single quotes",
  BAD_INDENT:
    "close what is open; begin the keys of one map in one column, with blanks and no tabs",
  BAD_SCALAR_START: "write the text in single quotes",
  BLOCK_AS_IMPLICIT_KEY:
    "write the text in single quotes: a colon with a blank behind it begins a map",
  DUPLICATE_KEY: "delete one of them",
  MISSING_CHAR: "close what is open, or write the text in single quotes",
  MULTIPLE_DOCS: "delete the `---` and what follows, or make it a file of its own",
  TAB_AS_INDENT: "indent with blanks",
  UNEXPECTED_TOKEN: "write the text in single quotes, or begin the line in the column of its list",
};
