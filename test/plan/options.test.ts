import { expect, test } from "vitest";
import { queryOptions } from "../../src/plan/lower/option-table.ts";
import { expectRefusal, expectRows, rowsOf } from "../support/engine.ts";

const instant = "2024-05-01T00:00:00.0000000Z";

test.each([
  ["set query_now = datetime(2024-05-01); print now()", [[instant]]],
  ["set query_now = datetime(2024-05-02); print ago(1d), now(-1d)", [[instant, instant]]],
  ["let t = ago(1d); set query_now = datetime(2024-05-02); print t", [[instant]]],
  ["let f = () { ago(1d) }; set query_now = datetime(2024-05-02); print f()", [[instant]]],
  ["set Query_Now = datetime(2024-05-01); print now()", [[instant]]],
  ["set query_take_max_records = 2; range x from 1 to 9 step 1 | sort by x desc", [[9], [8]]],
  ["set query_take_max_records = 5; range x from 1 to 2 step 1", [[1], [2]]],
  ["set query_results_apply_getschema = false; print 1", [[1]]],
  ["set query_language = 'kql'; print 1", [[1]]],
  ["set querytrace; set notruncation; set servertimeout = 10m; print 1", [[1]]],
  ["set query_bin_auto_size = 1h; print bin_auto(90m)", [["01:00:00.0000000"]]],
] as const)("%s", async (kql, rows) => {
  await expectRows(kql, rows);
});

test.each([
  ["set query_nwo = datetime(2024-05-01); print now()", "KT0267"],
  ["set nothing_like_it = 1; print 1", "KT0267"],
  ["set query_datetimescope_column = 'Timestamp'; DeviceInfo", "KT0267"],
  ["set query_datetimescope_from = datetime(2024-05-01); DeviceInfo", "KT0267"],
  ["set query_datetimescope_to = datetime(2024-05-01); DeviceInfo", "KT0267"],
  ["set query_cursor_after_default = ''; DeviceInfo", "KT0267"],
  ["set query_results_apply_getschema; print 1", "KT0267"],
  ["set query_results_apply_getschema = true; print 1", "KT0267"],
  ["set validate_permissions = true; print 1", "KT0267"],
  ["set query_language = 'sql'; print 1", "KT0267"],
  ["set query_now; print now()", "KT0268"],
  ["set query_take_max_records = 0; print 1", "KT0268"],
])("refuses %s", async (kql, code) => {
  await expectRefusal(kql, code);
});

test("a mistyped option is told with the nearest one and its place", async () => {
  await expect(rowsOf("set query_nwo = datetime(2024-05-01); print 1")).rejects.toThrow(
    /query:1:5 KT0267[^]*did you mean `query_now`/,
  );
});

const names = Object.entries(queryOptions);

test.each(names.filter(([, option]) => "ignored" in option).map(([name]) => name))(
  "%s changes no answer",
  async (name) => {
    await expectRows(`set ${name}; print 1`, [[1]]);
  },
);

test.each(names.filter(([, option]) => !("ignored" in option)).map(([name]) => name))(
  "%s is refused without a value",
  async (name) => {
    await expect(rowsOf(`set ${name}; print 1`), name).rejects.toThrow(/KT026[78]/);
  },
);
