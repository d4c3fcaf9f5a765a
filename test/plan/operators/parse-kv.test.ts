import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

// oxfmt-ignore
const cases: readonly (readonly [text: string, clause: string, row: readonly unknown[]])[] = [
  ["ThreadId:458745723, Machine:Node001, Text: The service is up", "(Text:string, ThreadId:long, Machine:string) with (pair_delimiter=',', kv_delimiter=':')", ["The service is up", 458745723, "Node001"]],
  // The first of several, keys in any order, none where there is none.
  ["a=1;a=2;b=x", "(b:string, a:int, c:string, d:long) with (pair_delimiter=';', kv_delimiter='=')", ["x", 1, "", null]],
  ["no pairs here", "(a:string) with (pair_delimiter=';', kv_delimiter='=')", [""]],
  ["", "(a:string) with (pair_delimiter=';', kv_delimiter='=')", [""]],
  ["a==b", "(a:string) with (pair_delimiter=' ', kv_delimiter='=')", ["=b"]],
  ["c=d=e", "(a:string, c:string) with (pair_delimiter=' ', kv_delimiter='=')", ["", "d=e"]],
  ["a => 1 && b => 2", "(a:long, b:long) with (pair_delimiter='&&', kv_delimiter='=>')", [1, 2]],
  ["A=1,a=x", "(a:int) with (pair_delimiter=',', kv_delimiter='=')", [null]],
  [`a={"b":[1]}`, "(a:dynamic) with (pair_delimiter=';', kv_delimiter='=')", [{ b: [1] }]],
  ["when=2021-01-01T10:00:54", "(when:datetime) with (pair_delimiter=';', kv_delimiter='=')", ["2021-01-01T10:00:54.0000000Z"]],
  // Quotes and escapes.
  [`f="a b" "e t"=2 g=3`, `(f:string, ['e t']:int, g:int) with (pair_delimiter=' ', kv_delimiter='=', quote='"')`, ["a b", 2, 3]],
  ["f=(a b) (e t)=(2)", "(f:string, ['e t']:int) with (pair_delimiter=' ', kv_delimiter='=', quote='()')", ["a b", 2]],
  [`f="a b" g='c d'`, `(f:string, g:string) with (pair_delimiter=' ', kv_delimiter='=', quote='"', quote="'")`, ["a b", "c d"]],
  [String.raw`f="say \"hi\"" g=1`, String.raw`(f:string, g:int) with (pair_delimiter=' ', kv_delimiter='=', quote='"', escape='\\')`, ['say "hi"', 1]],
  [`f="a b g=1`, `(f:string, g:int) with (pair_delimiter=' ', kv_delimiter='=', quote='"')`, [`"a`, 1]],
  // Values up to the next pair, or up to the next key.
  ["name=John Doe phone=555 5555 city=New York", "(name:string, phone:string, city:string) with (pair_delimiter=' ', kv_delimiter='=')", ["John", "555", "New"]],
  ["name=John Doe phone=555 5555 city=New York", "(name:string, phone:string, city:string) with (pair_delimiter=' ', kv_delimiter='=', greedy=true)", ["John Doe", "555 5555", "New York"]],
  // Without delimiters all that is neither letter nor digit delimits.
  ["2021-01-01T10:00:34 [INFO] ThreadId:458745723, Machine:Node001, Text: Started", "(Text:string, ThreadId:long, Machine:string)", ["Started", 458745723, "Node001"]],
  [String.raw`2021-01-01T10:00:34 [INFO] ThreadId:458745723, Machine:Node001, Text: 'The service \' is up'`, String.raw`(Text:string, ThreadId:long, Machine:string, none:string) with (quote="'", escape='\\')`, ["The service ' is up", 458745723, "Node001", ""]],
  ["a: 1", "(a:int, b:string)", [1, ""]],
  // A regular expression for the pair.
  [`["x a": "v1", "y": "v2", "y": "v3"]`, String.raw`(y:string, ['x a']:string, z:int) with (regex=@'"([\w ]+)":\s*"([^"]*)"')`, ["v2", "v1", null]],
];

test.each(cases)("parse-kv '%s' as %s", (text, clause, row) =>
  expectRows(`print s = ${JSON.stringify(text)} | parse-kv s as ${clause} | project-away s`, [
    row as never,
  ]),
);

test("one delimiter needs the other", () =>
  expectRefusal("print s = 'a: 1' | parse-kv s as (a:int) with (kv_delimiter=':')", "KT0235"));

test.each([
  // Taken in twos, `b` is a value.
  ["a b c", "(b:string)"],
  ["a_b: 1", "(a:string)"],
])("parse-kv '%s' as %s could be read in two ways", (text, clause) =>
  expectRefusal(`print s = '${text}' | parse-kv s as ${clause}`, "KT0249"),
);
