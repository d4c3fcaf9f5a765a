import { test } from "vitest";
import { expectRows } from "../support/engine.ts";

// Kusto makes a datetime of text in JSON that is one, and writes it in its own form.
test.each([
  [`tostring(parse_json('{"t":"2021-11-18T00:03:35"}'))`, '{"t":"2021-11-18T00:03:35.0000000Z"}'],
  [`tostring(parse_json('{"t":"2021-11-18T00:03:35"}').t)`, "2021-11-18T00:03:35.0000000Z"],
  [`tostring(parse_json('["2021-11-18T00:03:35.12Z"]')[0])`, "2021-11-18T00:03:35.1200000Z"],
  [`tostring(parse_json('["2021-11-18T00:03:35+02:00"]')[0])`, "2021-11-17T22:03:35.0000000Z"],
  [`tostring(parse_json('["2021-11-18T00:03:35.1234567Z"]')[0])`, "2021-11-18T00:03:35.1234567Z"],
  [`gettype(parse_json('{"t":"2021-11-18T00:03:35Z"}').t)`, "datetime"],
  // No text in JSON, no text of its own, no time, or a key.
  ["tostring(parse_json('2021-11-18T00:03:35'))", "2021-11-18T00:03:35"],
  [`tostring(parse_json('["at 2021-11-18T00:03:35"]')[0])`, "at 2021-11-18T00:03:35"],
  [`tostring(parse_json('["2021-13-18T00:03:35"]')[0])`, "2021-13-18T00:03:35"],
  [`tostring(bag_keys(parse_json('{"2021-11-18T00:03:35":1}'))[0])`, "2021-11-18T00:03:35"],
  [`extract_json('$.t', '{"t":"2021-11-18T00:03:35"}')`, "2021-11-18T00:03:35"],
  ["tostring(dynamic([1e20, 0.1]))", "[100000000000000000000.0,0.1]"],
  ["gettype(dynamic(1e20))", "real"],
  ["tostring(dynamic(1d))", "1.00:00:00"],
  ["tostring(-0.0)", "-0.0"],
])("%s", async (kql, value) => {
  await expectRows(`print ${kql}`, [[value]]);
});

test("bag_unpack makes a column of datetimes of them", async () => {
  await expectRows(
    `print s = '{"t":"2021-11-18T00:03:35"}' | project d = parse_json(s) | evaluate bag_unpack(d) | project getyear(t)`,
    [[2021]],
  );
});
