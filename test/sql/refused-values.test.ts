import { expect, test } from "vitest";
import { rowsOf } from "../support/engine.ts";

// What Kusto answers for these values is not known: each function has answers for others.
test.each([
  "gzip_compress_to_base64_string('abcabc')",
  "zlib_compress_to_base64_string('')",
  "punycode_domain_to_string('xn--bcher-kva.example')",
  "convert_length(1, strcat('M', 'eter'), 'Parsec ')",
  "convert_temperature(1, strcat('Kel', 'vins'), 'Kelvin')",
  "series_decompose(range(1, 8))",
  "series_decompose(dynamic([1, 2]), 3)",
  "series_decompose_anomalies(dynamic([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]), 1.5, 0)",
  "series_decompose_anomalies(dynamic([1, 2, 3]), 1.5, 0, 'avg', 1)",
  "series_decompose(dynamic([1, 2]), 0, 'square')",
  "assert(1 > 2, 'it does not hold')",
])("%s", async (kql) => {
  await expect(rowsOf(`print ${kql}`), kql).rejects.toThrow(/KT0249|KT0220/);
});

const extracted = (pattern: string, groups: string, text = "'a1 b2'"): string =>
  `let P = toscalar(print @'${pattern}'); print extract_all(P, ${groups}, ${text})`;

test.each([
  ["([a-z])(\\d)", "dynamic([2])", "'a1 b2'", ["1", "2"]],
  ["(\\w)(\\d)?", "dynamic([2])", "'a1 b'", ["1", ""]],
  ["(\\w+)", "dynamic([1])", "'na\u00efve'", ["na\u00efve"]],
  ["(x)", "dynamic([1])", "'a1 b2'", null],
])("extract_all by the computed pattern %s", async (pattern, groups, text, expected) => {
  expect(await rowsOf(extracted(pattern, groups, text))).toEqual([[expected]]);
});

test.each([
  ["x", "dynamic([1])", "KT0249"],
  ["(x*)", "dynamic([1])", "KT0249"],
  ["([a&&b])", "dynamic([1])", "KT0249"],
  ["(a)|x(", "dynamic([1])", "KT0249"],
  ["(a)", "dynamic([1, 2])", "KT0221"],
  ["(a)", "dynamic(['name'])", "KT0221"],
])("extract_all by the computed pattern %s and %s is refused", async (pattern, groups, code) => {
  await expect(rowsOf(extracted(pattern, groups))).rejects.toThrow(code);
});

test("a computed pattern asks for no borders of words where letters may be beyond ASCII", async () => {
  expect(await rowsOf(extracted(String.raw`\b(\w)`, "dynamic([1])"))).toEqual([[["a", "b"]]]);
  const beyond = extracted(String.raw`\b(\w)`, "dynamic([1])", "'\u00e9 a'");
  await expect(rowsOf(beyond)).rejects.toThrow("KT0249");
});

const schema = (values: string): string =>
  `datatable(d:dynamic)[${values}] | summarize s = tostring(buildschema(d))`;

test.each([
  "dynamic({'a': 1}), dynamic({'a': 2.5})",
  "dynamic({'a': []})",
  "dynamic({'a': true})",
  "dynamic({'a': [1]}), dynamic({'a': {}})",
])("the schema of %s is refused", async (values) => {
  await expect(rowsOf(schema(values))).rejects.toThrow("KT0249");
});

test.each([
  ["dynamic({'a': 1}), dynamic({'a': 'x', 'b': {}})", '{"a":["long","string"],"b":{}}'],
  ["dynamic({'a': 2.5}), dynamic({'a': {'b': 1}})", '{"a":[{"b":"long"},"double"]}'],
])("the schema of %s", async (values, expected) => {
  expect(await rowsOf(schema(values))).toEqual([[expected]]);
});

test.each(["hash_combine(1, 2)", "series_periods_validate(dynamic([1, 2, 3]), 4.0)"])(
  "%s is refused with the reason and what to do instead",
  async (kql) => {
    await expect(rowsOf(`print ${kql}`)).rejects.toThrow(/KT0220.*hint: use .* is not published/s);
  },
);
