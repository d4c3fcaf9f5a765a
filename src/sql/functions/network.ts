import { argAt, jsonAt, literalAt, longAt, textAt } from "../expressions/args.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";

/** Functions of URLs and IP addresses. What is no address gives null. */
// oxfmt-ignore
export const networkFunctions: FunctionTable<ScalarFunction> = {
  parse_url: { sql: (call) => `kql_parse_url(${textAt(call, 0)})`, examples: [["parse_url('scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment')", { Scheme: "scheme", Host: "host", Port: "1234", Path: "/this/is/a/path", Username: "username", Password: "password", "Query Parameters": { k1: "v1", k2: "v2" }, Fragment: "fragment" }], ["tostring(parse_url('https://a.example/').Host)", "a.example"]] },
  parse_urlquery: { sql: (call) => `kql_parse_urlquery(${textAt(call, 0)})`, examples: [["parse_urlquery('k1=v1&k2=v2')", { "Query Parameters": { k1: "v1", k2: "v2" } }]] },
  parse_ipv4: { sql: (call) => `kql_ipv4(${textAt(call, 0)}, 32)`, examples: [["parse_ipv4('192.168.1.1')", 3232235777], ["parse_ipv4('192.168.1.1/24')", 3232235776], ["parse_ipv4('255.255.255.255/31')", 4294967294], ["parse_ipv4('x')", null]] },
  parse_ipv4_mask: { sql: (call) => `kql_ipv4(${textAt(call, 0)}, ${longAt(call, 1)})`, examples: [["parse_ipv4_mask('127.0.0.1', 24)", 2130706432]] },
  parse_ipv6: { sql: (call) => `kql_ipv6_text(${textAt(call, 0)}, 128)`, examples: [["parse_ipv6('192.168.255.255/24')", "0000:0000:0000:0000:0000:ffff:c0a8:ff00"], ["parse_ipv6('fe80::85d:e82c:9446:7994')", "fe80:0000:0000:0000:085d:e82c:9446:7994"]] },
  parse_ipv6_mask: { sql: (call) => `kql_ipv6_text(${textAt(call, 0)}, ${longAt(call, 1)})`, examples: [["parse_ipv6_mask('fe80::85d:e82c:9446:7994', 120)", "fe80:0000:0000:0000:085d:e82c:9446:7900"]] },
  ipv4_is_private: { sql: (call) => `kql_ipv4_private(${textAt(call, 0)})`, examples: [["ipv4_is_private('192.168.1.1/24')", true], ["ipv4_is_private('172.32.0.1')", false], ["ipv4_is_private('127.0.0.1')", false], ["isnull(ipv4_is_private(''))", true]] },
  ipv4_is_in_range: { sql: (call) => `kql_ipv4_in_range(${textAt(call, 0)}, ${textAt(call, 1)})`, examples: [["ipv4_is_in_range('192.168.1.6', '192.168.1.1/24')", true], ["ipv4_is_in_range('192.168.1.1', '192.168.2.1/24')", false], ["ipv4_is_in_range('127.0.0.1', '127.0.0.1')", true]] },
  ipv4_is_in_any_range: { sql: (call) => `kql_ipv4_in_ranges(${textAt(call, 0)}, ${listSql(call)})`, examples: [["ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8')", true], ["ipv4_is_in_any_range('1.1.1.1', dynamic(['192.168.1.1/24']))", false]] },
  ipv4_is_match: { sql: (call) => `(kql_ipv4_compare(${textAt(call, 0)}, ${textAt(call, 1)}, ${longAt(call, 2, 32)}) = 0)`, examples: [["ipv4_is_match('192.168.1.1/24', '192.168.1.255')", true], ["ipv4_is_match('192.168.1.1', '192.168.1.255', 24)", true], ["ipv4_is_match('192.168.1.1', '192.168.1.2')", false]] },
  ipv4_compare: { sql: (call) => `kql_ipv4_compare(${textAt(call, 0)}, ${textAt(call, 1)}, ${longAt(call, 2, 32)})`, examples: [["ipv4_compare('192.168.1.1/30', '192.168.1.255/24')", 0], ["ipv4_compare('1.1.1.1', '1.1.1.2')", -1]] },
  ipv4_netmask_suffix: { sql: (call) => `kql_ipv4_suffix(${textAt(call, 0)})`, examples: [["ipv4_netmask_suffix('192.168.1.1/24')", 24], ["ipv4_netmask_suffix('10.1.2.3')", 32]] },
  ipv4_range_to_cidr_list: { sql: (call) => `kql_cidr_list(${textAt(call, 0)}, ${textAt(call, 1)})`, examples: [["ipv4_range_to_cidr_list('1.1.128.0', '1.1.140.255')", ["1.1.128.0/21", "1.1.136.0/22", "1.1.140.0/24"]]] },
  ipv6_is_in_range: { sql: (call) => `kql_ipv6_in_range(${textAt(call, 0)}, ${textAt(call, 1)})`, examples: [["ipv6_is_in_range('a5e:f127:8a9d:146d:e102:b5d3:c755:abcd', 'a5e:f127:8a9d:146d:e102:b5d3:c755:f6cd/112')", true]] },
  ipv6_is_in_any_range: { sql: (call) => `kql_ipv6_in_ranges(${textAt(call, 0)}, ${listSql(call)})`, examples: [["ipv6_is_in_any_range('a5e::1', dynamic(['a5f::/16', 'a5e::/16']))", true]] },
  ipv6_is_match: { sql: (call) => `(kql_ipv6_compare(${textAt(call, 0)}, ${textAt(call, 1)}, ${longAt(call, 2, 128)}) = 0)`, examples: [["ipv6_is_match('192.168.1.1', '::ffff:c0a8:0101')", true]] },
  ipv6_compare: { sql: (call) => `kql_ipv6_compare(${textAt(call, 0)}, ${textAt(call, 1)}, ${longAt(call, 2, 128)})`, examples: [["ipv6_compare('fe80::1', 'fe80::2')", -1], ["ipv6_compare('::192.168.1.1/30', '192.168.1.255/24')", 0]] },
  format_ipv4: { sql: (call) => `kql_format_ipv4(${textAt(call, 0)}, ${longAt(call, 1, 32)}, false)`, examples: [["format_ipv4('192.168.1.255', 24)", "192.168.1.0"], ["format_ipv4(3232236031)", "192.168.1.255"], ["format_ipv4('x')", ""]] },
  format_ipv4_mask: { sql: (call) => `kql_format_ipv4(${textAt(call, 0)}, ${longAt(call, 1, 32)}, true)`, examples: [["format_ipv4_mask('192.168.1.255', 24)", "192.168.1.0/24"]] },
  has_ipv4: { sql: (call) => `kql_has_ipv4(${textAt(call, 0)}, ${listSql(call)}, false)`, examples: [["has_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.0.1')", true], ["has_ipv4('05:04:54127.0.0.1 GET', '127.0.0.1')", false], ["has_ipv4('127.0.0.256 GET', '127.0.0.256')", false]] },
  has_any_ipv4: { sql: (call) => `kql_has_ipv4(${textAt(call, 0)}, ${listSql(call)}, false)`, examples: [["has_any_ipv4('05:04:54 127.0.0.1 GET', '127.0.0.1', '127.0.0.2')", true], ["has_any_ipv4('05:04:54 127.0.0.1 GET', dynamic(['127.0.0.2']))", false]] },
  has_ipv4_prefix: { sql: (call) => `kql_has_ipv4(${textAt(call, 0)}, ${listSql(call)}, true)`, examples: [["has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.')", true], ["has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0')", false], ["has_ipv4_prefix('05:04:54 127.0.0.256 GET', '127.0.')", false]] },
  has_any_ipv4_prefix: { sql: (call) => `kql_has_ipv4(${textAt(call, 0)}, ${listSql(call)}, true)`, examples: [["has_any_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.', '192.168.')", true]] },
};

/** The arguments behind the first as one array: a `dynamic` alone is it already. */
function listSql(call: SqlCall): string {
  const second = argAt(call, 1);
  if (call.args.length === 2 && second.type === "dynamic") {
    const literal = literalAt(call, 1);
    return literal?.startsWith("[") === false ? `'[' || ${second.sql} || ']'` : second.sql;
  }
  const items = call.args.slice(1).map((_, at) => jsonAt(call, at + 1));
  return `'[' || concat_ws(',', ${items.join(", ")}) || ']'`;
}
