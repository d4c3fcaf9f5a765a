import { expect, test } from "vitest";
import { bundledCatalog } from "../../src/schema/tables.ts";

test.each(["defender-xdr", "sentinel"] as const)(
  "every table of %s has columns, each once",
  (dialect) => {
    const wrong = [...bundledCatalog(dialect).values()].filter(({ name, columns }) => {
      const names = new Set(columns.map((column) => column.name));
      const odd = columns.some((column) => !/^[A-Za-z_]\S*$/.test(column.name));
      return !/^\w+$/.test(name) || columns.length === 0 || names.size < columns.length || odd;
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  },
);

test("a workspace has its own tables and those of Defender XDR", () => {
  const catalog = bundledCatalog("sentinel");
  expect(catalog.size).toBeGreaterThan(1150);
  const typeOf = (table: string, column: string): string | undefined =>
    catalog.get(table)?.columns.find(({ name }) => name === column)?.type;
  expect(typeOf("SigninLogs", "LocationDetails")).toBe("dynamic");
  expect(typeOf("SecurityEvent", "EventID")).toBe("int");
  expect(typeOf("DeviceProcessEvents", "TimeGenerated")).toBe("datetime");
  expect(typeOf("DeviceProcessEvents", "AdditionalFields")).toBe("dynamic");
  expect(typeOf("DeviceTvmSoftwareEvidenceBeta", "TimeGenerated")).toBe("datetime");
});

test("every table of a workspace has its time in one type", () => {
  const types = [...bundledCatalog("sentinel").values()].flatMap(({ columns }) =>
    columns.filter(({ name }) => name === "TimeGenerated").map(({ type }) => type),
  );
  expect(new Set(types)).toEqual(new Set(["datetime"]));
});
