import { expect, test } from "vitest";
import { sharedEngine } from "../../support/engine.ts";

// `ipv6_lookup` puts its table's columns first, which the binder does not know.
const lookup =
  "datatable(ip:string)['::1'] | evaluate ipv6_lookup((datatable(net:string, who:string)['::1/48', 'a']), ip, net)";
const counted =
  "range t from 1 to 2 step 1 | scan declare (c:long=0) with (step s: true => c = s.c + t;)";

test.each([
  [`${lookup} | project-rename owner = who`, { net: "::1/48", owner: "a", ip: "::1" }],
  [`${lookup} | project-away who`, { net: "::1/48", ip: "::1" }],
  [`${lookup} | project-keep ip, net`, { net: "::1/48", ip: "::1" }],
  [`${lookup} | union (print n = 1)`, { net: "::1/48", who: "a", ip: "::1", n: null }],
  ["print a = 1, b = 2 | project-rename ['c d'] = a", { "c d": 1, b: 2 }],
  // The binder sees a `match_id` in every `scan`, and `p` twice behind this `parse`.
  [`${counted} | mv-expand e = dynamic([5])`, { t: 1, c: 1, e: 5 }],
  [`${counted} | mv-apply e = dynamic([5]) on (where true)`, { t: 1, c: 1, e: 5 }],
  [`${counted} | union (print x = 1)`, { t: 1, c: 1, x: null }],
  [
    "print s = 'a b', p = 1 | parse s with p ' ' * | union (print y = 1)",
    { s: "a b", p: "a", y: null },
  ],
])("columns keep their names and places: %s", async (kql, first) => {
  const { columns, rows } = await (await sharedEngine()).query(kql);
  const pairs = columns.map(({ name }, index) => [name, rows[0]?.[index]]);
  expect(pairs).toEqual(Object.entries(first));
});
