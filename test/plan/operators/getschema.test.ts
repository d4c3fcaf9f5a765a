import { test } from "vitest";
import { expectRows } from "../../support/engine.ts";

test("a row for each column, in order", async () => {
  await expectRows(
    "print b = true, i = int(1), l = 1, r = 1.5, t = now(), s = 1d, g = guid(null), x = 'a', d = dynamic(1), m = decimal(1) | getschema",
    [
      ["b", 0, "System.SByte", "bool"],
      ["i", 1, "System.Int32", "int"],
      ["l", 2, "System.Int64", "long"],
      ["r", 3, "System.Double", "real"],
      ["t", 4, "System.DateTime", "datetime"],
      ["s", 5, "System.TimeSpan", "timespan"],
      ["g", 6, "System.Guid", "guid"],
      ["x", 7, "System.String", "string"],
      ["d", 8, "System.Object", "dynamic"],
      ["m", 9, "System.Data.SqlTypes.SqlDecimal", "decimal"],
    ],
  );
});
