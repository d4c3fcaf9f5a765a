import { test } from "vitest";
import { expectRefusal, expectRows } from "../../support/engine.ts";

// oxfmt-ignore
const simple: readonly (readonly [text: string, pattern: string, row: readonly unknown[]])[] = [
  ["id:7 val:foo", `"id:" id:long " val:" val`, [7, "foo"]],
  ["USER=root HOME=/root", `"USER=" u " HOME=" h:string`, ["root", "/root"]],
  // As little as possible, up to the first text that follows; the last column takes the rest.
  ["  spaced  out  text  ", `"  " a "  " b "  " c`, ["spaced", "out", "text  "]],
  ["a b c", `x " " y`, ["a", "b c"]],
  ["<<key>>=<<value>>", `"<<" k ">>=<<" v ">>"`, ["key", "value"]],
  ["", `x`, [""]],
  // A pattern begins where the text does, and ends where it ends, unless `*` stands there.
  ["say id:7", `"id:" x`, [""]],
  ["say id:7", `* "id:" x`, ["7"]],
  ["id:7; more", `"id:" x ";"`, [""]],
  ["id:7; more; yet", `"id:" x ";" *`, ["7"]],
  ["a=1 noise b=2 end", `* "a=" a:long * "b=" b:int *`, [1, 2]],
  ["one\ntwo=2\nthree", `* "two=" n:long *`, [2]],
  // What looks like a regular expression is text.
  ["C:\\x.exe (1)", `"C:" * "\\\\" f ".exe (" n:int ")"`, ["x", 1]],
  // Types: one value that does not fit, and there are none.
  ["at=2016-02-17 08:40:01, n=1", `"at=" t:datetime ", n=" n:int`, ["2016-02-17T08:40:01.0000000Z", 1]],
  ["n=x, s=y", `"n=" n:long ", s=" t`, [null, ""]],
  ["n=-42 r=1.5 b=true d=01:00:00 g=5F3D1E0A-2b4c-4d5e-8f90-123456789abc", `"n=" n:long " r=" r:real " b=" b:bool " d=" d:timespan " g=" g:guid`, [-42, 1.5, true, "01:00:00.0000000", "5f3d1e0a-2b4c-4d5e-8f90-123456789abc"]],
  [`d={"a":[1]}`, `"d=" d:dynamic`, [{ a: [1] }]],
  ["n=99999999999999999999, s=y", `"n=" n:long ", s=" t`, [null, ""]],
];

test.each(simple)("parse '%s' with %s", (text, pattern, row) =>
  expectRows(`print s = ${JSON.stringify(text)} | parse s with ${pattern} | project-away s`, [
    row as never,
  ]),
);

// oxfmt-ignore
const others: readonly (readonly [kql: string, rows: readonly (readonly unknown[])[]])[] = [
  ["print s = 'n=x, m=2, t=z' | parse kind=relaxed s with 'n=' n:long ', m=' m:long ', t=' t", [["n=x, m=2, t=z", null, 2, "z"]]],
  ["print s = 'other' | parse kind=relaxed s with 'n=' n:long ', m=' m:long", [["other", null, null]]],
  ["print s = 'n=, more' | parse kind=relaxed s with 'n=' n:long * 'more'", [["n=, more", null]]],
  // Regular expressions take as much as they can, unless a flag turns that round.
  ["print s = 'x=1, y=2, z' | parse kind=regex s with 'x=' x ', ' *", [["x=1, y=2, z", "1, y=2"]]],
  ["print s = 'x=1, y=2, z' | parse kind=regex flags=U s with 'x=' x ', ' *", [["x=1, y=2, z", "1"]]],
  ["print s = 'X=1, y=2' | parse kind=regex flags=Ui s with * 'x=' x ',' *", [["X=1, y=2", "1"]]],
  ["print s = 'ABCdef' | parse kind=regex s with @'[A-Z]+' mid @'[a-z]*'", [["ABCdef", "def"]]],
  ["print s = 'a1b2' | parse kind=regex s with @'[a-z]' x:int @'[a-z]|q' y:int", [["a1b2", 1, 2]]],
  ["print s = 'ab-12-cd' | parse kind=regex s with '(a)(?P<q>b)-' n:long @'-(?:c)[(]?' rest", [["ab-12-cd", 12, "d"]]],
  ["print s = 'a=1\\nb=2' | parse kind=regex s with 'a=' x 'b=' y", [["a=1\nb=2", "", ""]]],
  ["print s = 'a=1\\nb=2' | parse kind=regex flags=s s with 'a=' x 'b=' y", [["a=1\nb=2", "1\n", "2"]]],
  // More columns than a pattern of DuckDB has numbers for.
  ["print s = '1,2,3,4,5,6,7,8,9,10,11' | parse s with a ',' b ',' c ',' d ',' e ',' f ',' g ',' h ',' i ',' j ',' k | project a, j, k", [["1", "10", "11"]]],
  // A column that is there already gets the parsed value; what is no text is read as one.
  ["print s = 'x=5', x = 1 | parse s with 'x=' x:long", [["x=5", 5]]],
  ["print n = 123 | parse n with '1' x:long", [[123, 23]]],
  ["print d = dynamic({'a': 'k=v'}) | parse tostring(d.a) with k '=' v | project k, v", [["k", "v"]]],
  ["print d = dynamic({'a': 'k=v'}) | parse d.a with k '=' v | project k, v", [["k", "v"]]],
  ["print s = 'abc' | parse s with 'x'", [["abc"]]],
  // Only rows with the pattern.
  ["datatable(s:string)['n=1', 'n=x', 'm=1'] | parse-where s with 'n=' n:long", [["n=1", 1]]],
  ["datatable(s:string)['n=1', 'n=x', 'm=1'] | parse-where s with 'n=' n", [["n=1", "1"], ["n=x", "x"]]],
  ["datatable(s:string)['N=1', 'n=2'] | parse-where kind=regex flags=i s with 'n=' n:long", [["N=1", 1], ["n=2", 2]]],
  ["datatable(s:string)['n=1', 'm=1'] | parse-where s with 'n=' *", [["n=1"]]],
  ["datatable(s:string)['n=1', 'n=2'] | parse s with 'n=' n:long | where n > 1 | project n", [[2]]],
];

test.each(others)("%s", (kql, rows) => expectRows(kql, rows as never));

test.each([
  ["parse kind=regex flags=x s with 'a' b", "KT0233"],
  ["parse-where kind=relaxed s with 'a' b", "KT0233"],
  ["parse s with 'a' b:datetime *", "KT0234"],
  ["parse kind=regex s with 'a' b:real 'c'", "KT0234"],
  ["parse kind=regex flags=U s with 'a' b", "KT0234"],
])("refused: %s", (operator, code) => expectRefusal(`print s = '' | ${operator}`, code));
