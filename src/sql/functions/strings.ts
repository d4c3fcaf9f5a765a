import {
  argAt,
  literalAt,
  longAt,
  jsonAt,
  refuseCall,
  textAt,
  textsFrom,
} from "../expressions/args.ts";
import {
  extractAllSql,
  extractSql,
  indexofRegexSql,
  matchesSql,
  patternAt,
  subjectAt,
  trimSql,
} from "../text/regex.ts";
import { castSql } from "../expressions/cast.ts";
import { onceSql } from "../expressions/once.ts";
import type { FunctionTable, ScalarFunction, SqlCall } from "../types.ts";

/** A function of strings: every argument is made one, and `$1`, `$2` of the template are they. */
function text(template: string): (call: SqlCall) => string {
  return (call) => {
    const sqls = textsFrom(call, 0);
    return template.replaceAll(/\$(\d)/g, (_, which: string) => sqls[Number(which) - 1] ?? "''");
  };
}

/** Functions of strings. They count and cut by code points. */
// oxfmt-ignore
export const stringFunctions: FunctionTable<ScalarFunction> = {
  tolower: { sql: text("lower($1)"), examples: [["tolower('MiXeD')", "mixed"], ["tolower('ÅNGSTRÖM')", "ångström"]] },
  toupper: { sql: text("kql_upper($1)"), examples: [["toupper('MiXeD')", "MIXED"], ["toupper('Straße')", "STRAßE"]] },
  strlen: { sql: text("length($1)"), examples: [["strlen('hello')", 5], ["strlen('😀')", 1], ["strlen(tostring(dynamic(null)))", 0]] },
  string_size: { sql: text("strlen($1)"), examples: [["string_size('café')", 5]] },
  strcat: { sql: (call) => `concat(${textsFrom(call, 0).join(", ")})`, examples: [["strcat('a', 1, true, 1s)", "a1True00:00:01"], ["strcat('a', int(null), 'b')", "ab"]] },
  strcat_delim: { sql: (call) => `concat_ws(${textsFrom(call, 0).join(", ")})`, examples: [["strcat_delim('-', 1, '2', 'A', 1s)", "1-2-A-00:00:01"], ["strcat_delim('-', '', 'x')", "-x"]] },
  strcat_array: { sql: (call) => joinedSql(call), examples: [["strcat_array(dynamic([1, 2, 3]), '->')", "1->2->3"], ["strcat_array(dynamic(['a', null, '', 'b']), '|')", "a|||b"]] },
  split: { sql: (call) => splitSql(call), examples: [["split('a__b', '_')", ["a", "", "b"]], ["split('', '_')", [""]], ["split('aaa_bbb_ccc', '_', 1)", ["bbb"]]] },
  substring: { sql: (call) => substringSql(call), examples: [["substring('123456', 1)", "23456"], ["substring('123456', 2, 2)", "34"], ["substring('123456', -2, 2)", "56"], ["substring('x', -2, 5)", ""], ["substring('abc', 9)", ""], ["substring('abc', 9223372036854775807, 1)", ""], ["substring('abc', tolong('9223372036854775807'))", ""], ["substring('abc', 1, 9223372036854775807)", "bc"]] },
  trim: { sql: (call) => trimSql(call, { start: true, end: true }), examples: [["trim('x', 'xxabcxx')", "xabcx"], ["trim(@'[^\\w]+', '-  Te st1// $')", "Te st1"], ["trim('x', 'xxx')", "x"]] },
  trim_start: { sql: (call) => trimSql(call, { start: true, end: false }), examples: [["trim_start('x', 'xxabcxx')", "xabcxx"]] },
  trim_end: { sql: (call) => trimSql(call, { start: false, end: true }), examples: [["trim_end('.com', 'bing.com')", "bing"], ["trim_end(@'\\s+', ' a  ')", " a"]] },
  replace_string: { sql: text("replace($1, $2, $3)"), examples: [["replace_string('aba', 'a', '')", "b"], ["replace_string('aba', '', 'X')", "aba"]] },
  replace_strings: { sql: (call) => `coalesce(kql_replace_strings(${textAt(call, 0)}, ${jsonAt(call, 1)}, ${jsonAt(call, 2)}), ${textAt(call, 0)})`, examples: [["replace_strings('a cat into a dog', dynamic(['cat', 'dog']), dynamic(['dog', 'pigeon']))", "a dog into a pigeon"], ["replace_strings('This is', dynamic(['is', 'This']), dynamic(['was', 'This']))", "Thwas was"], ["replace_strings('This is', dynamic(['This', 'is']), dynamic([12345, 'was']))", "This was"]] },
  replace_regex: { sql: (call) => `regexp_replace(${subjectAt(call, 0, 1)}, ${patternAt(call, 1)}, ${textAt(call, 2)}, 'g')`, examples: [["replace_regex('one two  three', @'\\s+', '-')", "one-two-three"], ["replace_regex('wordword', @'(\\w)(\\w)', @'\\2\\1')", "owdrowdr"]] },
  replace: { sql: (call) => `regexp_replace(${subjectAt(call, 2, 0)}, ${patternAt(call, 0)}, ${textAt(call, 1)}, 'g')`, examples: [["replace(@'\\s+', '-', 'one two')", "one-two"]] },
  extract: { sql: (call) => extractSql(call), examples: [["extract('([0-9]+)%', 1, '100%done')", "100"], ["extract('x=([0-9.]+)', 1, 'hello x=45.6|wo', typeof(real))", 45.6], ["extract('x', 0, 'none')", ""], ["extract('(?<year>[0-9]{4})', 1, 'in 2024')", "2024"]] },
  extract_all: { sql: (call) => extractAllSql(call), examples: [["extract_all(@'(\\d+)', 'a set: 123, 567')", ["123", "567"]], ["extract_all(@'(\\d)(\\d)', dynamic([1, 2]), '2020-01')", [["2", "0"], ["2", "0"], ["0", "1"]]], ["extract_all(@'(\\d+)', 'nope')", null], ["extract_all('(a*)', 'baaac')", ["", "aaa", ""]], ["extract_all('([^,]*)', 'a,,b')", ["a", "", "b"]], ["extract_all('(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)?(k)', dynamic([11, 10]), 'abcdefghijk abcdefghik')", [["k", "j"], ["k", ""]]]] },
  indexof: { sql: (call) => indexofSql(call), examples: [["indexof('abcdefg', 'cde')", 2], ["indexof('abcdefg', 'cde', 1, 2)", 2], ["indexof('abcdefg', 'cde', 3, 4)", -1], ["indexof('abcdefg', 'cde', -5)", 2], ["indexof(1234567, 5, 1, 4)", 4], ["indexof('abcdefgabcdefg', 'cde', 1, 10, 2)", 9], ["indexof('abc', '')", null]] },
  indexof_regex: { sql: (call) => indexofRegexSql(call), examples: [["indexof_regex('abcabc', 'b.')", 1], ["indexof_regex('abc', 'x')", -1], ["indexof_regex('a1é2', '[^a1]')", 2], ["indexof_regex('abcabcdefg', 'a.c', 0, 9, 2)", 3], ["indexof_regex('abcabc', 'a.c', 1, -1, 2)", -1], ["indexof_regex('ababaa', 'a.a', 0, -1, 2)", -1], ["indexof_regex('abcabc', 'a|ab', -1)", null]] },
  countof: { sql: (call) => countofSql(call), examples: [["countof('aaaa', 'aa')", 3], ["countof('ababa', 'aba', 'regex')", 1], ["countof('The cat sat on the mat', @'\\b.at\\b', 'regex')", 3], ["countof('baaac', 'a*', 'regex')", 3]] },
  reverse: { sql: text("kql_reverse($1)"), examples: [["reverse('𝓗ello')", "olle𝓗"], ["reverse(123.45)", "54.321"]] },
  strrep: { sql: (call) => `kql_strrep(${textAt(call, 0)}, ${longAt(call, 1)}, ${call.args.length > 2 ? textAt(call, 2) : "''"})`, examples: [["strrep('ABC', 2)", "ABCABC"], ["strrep(123, 3, '.')", "123.123.123"], ["strrep(3s, 2, ' ')", "00:00:03 00:00:03"]] },
  translate: { sql: text("kql_translate($1, $2, $3)"), examples: [["translate('abc', 'x', 'abc')", "xxx"], ["translate('abc', '', 'ab')", ""], ["translate('krasp', 'otsku', 'spark')", "kusto"]] },
  parse_version: { sql: (call) => `kql_version(${textAt(call, 0)})`, examples: [["parse_version('1.2.3.4')", "1000000020000000300000004"], ["parse_version('0.0.7.0')", "700000000"], ["parse_version('1')", "1000000000000000000000000"], ["parse_version('10.0.19041.1165') > parse_version('10.0.9999')", true], ["parse_version('1.2.3.4.5')", null], ["parse_version('1.2-beta')", null], ["tostring(parse_version('0.0.0.50'))", "50"]] },
  regex_quote: { sql: text("regexp_escape($1)"), differs: "The text has a backslash before more characters than Kusto's; it matches the same.", examples: [["regex_quote('(so$me.Te^xt)')", "\\(so\\$me\\.Te\\^xt\\)"]] },
  has_any_index: { sql: (call) => `kql_has_any_index(${textAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["has_any_index('this is an example', dynamic(['not', 'example']))", 1], ["has_any_index('this is an example', dynamic(['not', 'found']))", -1], ["has_any_index('this is an example', dynamic([]))", -1], ["has_any_index('Example number 2', dynamic([1, 2, 3]))", 1]] },
  strcmp: { sql: text("kql_strcmp($1, $2)"), examples: [["strcmp('abc', 'ABC')", 1], ["strcmp('ABC', 'abc')", -1], ["strcmp('a', 'a')", 0]] },
  isutf8: { sql: "true", examples: [["isutf8('é')", true]] },
  isascii: { sql: (call) => `(strlen(${textAt(call, 0)}) = length(${textAt(call, 0)}))`, examples: [["isascii('abc')", true], ["isascii('é')", false]] },
  parse_csv: { sql: text("kql_parse_csv($1)"), examples: [["parse_csv('aa,b,cc')", ["aa", "b", "cc"]], ["parse_csv('aa,\"b,b\",\"say \"\"x\"\"\"')", ["aa", "b,b", "say \"x\""]], ["parse_csv('record1,a\\nrecord2,x')", ["record1", "a"]]] },
  parse_path: { sql: text("kql_parse_path($1)"), examples: [["parse_path(@'C:\\temp\\file.txt')", { Scheme: "", RootPath: "C:", DirectoryPath: "C:\\temp", DirectoryName: "temp", Filename: "file.txt", Extension: "txt", AlternateDataStreamName: "" }], ["parse_path('file://C:/temp/file.txt:some.exe')", { Scheme: "file", RootPath: "C:", DirectoryPath: "C:/temp", DirectoryName: "temp", Filename: "file.txt", Extension: "txt", AlternateDataStreamName: "some.exe" }]] },
  parse_command_line: { sql: (call) => commandLineSql(call), examples: [["parse_command_line('echo \"hello world!\"', 'windows')", ["echo", "hello world!"]], ["parse_command_line(@'a.exe \"b c\\\\\" d\\\"e', 'windows')", ["a.exe", "b c\\", "d\"e"]]] },
  base64_encode_tostring: { sql: text("to_base64(encode($1))"), examples: [["base64_encode_tostring('Kusto')", "S3VzdG8="]] },
  base64_decode_tostring: { sql: text("kql_base64_text($1)"), examples: [["base64_decode_tostring('S3VzdG8=')", "Kusto"], ["base64_decode_tostring('U3RyaW5n0KHR0tGA0L7Rh9C60LA=')", ""]] },
  base64_decode_toarray: { sql: text("kql_base64_array($1)"), examples: [["base64_decode_toarray('S3VzdG8=')", [75, 117, 115, 116, 111]]] },
  base64_encode_fromarray: { sql: (call) => `kql_base64_of_array(${jsonAt(call, 0)})`, examples: [["base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))", "S3VzdG8="]] },
  base64_decode_toguid: { sql: text("kql_base64_guid($1)"), examples: [["base64_decode_toguid('abcd1231')", null], ["base64_decode_toguid('8jMxriJurkmwahbmqbIS6w==')", "ae3133f2-6e22-49ae-b06a-16e6a9b212eb"]] },
  base64_encode_fromguid: { sql: "kql_base64_of_guid($1)", examples: [["base64_encode_fromguid(toguid('ae3133f2-6e22-49ae-b06a-16e6a9b212eb'))", "8jMxriJurkmwahbmqbIS6w=="]] },
  gzip_decompress_from_base64_string: { sql: text("kql_gunzip($1)"), examples: [["gzip_decompress_from_base64_string('H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==')", "1234567890qwertyuiop"]] },
  zlib_decompress_from_base64_string: { sql: text("kql_inflate($1)"), examples: [["zlib_decompress_from_base64_string('eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=')", "Test string 123"], ["zlib_decompress_from_base64_string('x0x0x0')", ""]] },
  gzip_compress_to_base64_string: { sql: text("kql_gzip($1)"), examples: [["gzip_compress_to_base64_string('1234567890qwertyuiop')", "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="]], differs: "exact for short texts that do not shrink; others are refused" },
  zlib_compress_to_base64_string: { sql: text("kql_deflate($1)"), examples: [["zlib_compress_to_base64_string('1234567890qwertyuiop')", "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="]], differs: "exact for short texts that do not shrink; others are refused" },
  punycode_from_string: { sql: text("kql_punycode($1)"), examples: [["punycode_from_string('académie-française')", "acadmie-franaise-npb1a"]] },
  punycode_to_string: { sql: text("kql_of_punycode($1)"), examples: [["punycode_to_string('acadmie-franaise-npb1a')", "académie-française"]] },
  punycode_domain_to_string: { sql: text("kql_punycode_domain($1)"), examples: [["punycode_domain_to_string('Lê Lợi。Thuận Thiên。com')", "xn--L Li-gpa4517b.xn--Thun Thin-s4a7194f.com"]] },
  punycode_domain_from_string: { sql: text("kql_of_punycode_domain($1)"), examples: [["punycode_domain_from_string('xn--Ry-lja8c.xn--Jng-uta63a.xn--Bng-9ka.com')", "Rúyì.Jīngū.Bàng.com"]] },
  parse_user_agent: { sql: (call) => `kql_user_agent(${textAt(call, 0)}, ${jsonAt(call, 1)})`, examples: [["parse_user_agent('Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1', 'browser')", { Browser: { Family: "AdobeAIR", MajorVersion: "2", MinorVersion: "5", Patch: "1" } }]], differs: "the patterns are those of uap-core 0.18; Kusto's may be older" },
  assert: { sql: (call) => `kql_assert(${castSql(argAt(call, 0), "bool")}, ${textAt(call, 1)})`, examples: [["assert(1 < 2, 'no order')", true]] },
  url_encode: { sql: text("kql_url_encode($1)"), examples: [["url_encode('https://www.bing.com/hello world')", "https%3a%2f%2fwww.bing.com%2fhello+world"]] },
  url_encode_component: { sql: text("kql_url_encode_component($1)"), examples: [["url_encode_component('https://www.bing.com/hello world')", "https%3A%2F%2Fwww.bing.com%2Fhello%20world"]] },
  url_decode: { sql: text("kql_url_decode($1)"), examples: [["url_decode('https%3a%2f%2fwww.bing.com%2f')", "https://www.bing.com/"]] },
  unicode_codepoints_from_string: { sql: text("kql_codepoints($1)"), examples: [["unicode_codepoints_from_string('⒦A')", [9382, 65]]] },
  unicode_codepoints_to_string: { sql: (call) => `kql_of_codepoints('[' || concat_ws(',', ${call.args.map((_, at) => jsonAt(call, at)).join(", ")}) || ']')`, examples: [["unicode_codepoints_to_string(dynamic([75, 117]), 115)", "Kus"]] },
  hash: { sql: (call) => hashSql(call), examples: [["hash('World')", "1846988464401551951"], ["hash(datetime(2015-01-01))", "1380966698541616202"], ["hash('World', 100)", 51]] },
  hash_xxhash64: { sql: (call) => hashSql(call), examples: [["hash_xxhash64('World')", "1846988464401551951"], ["hash_xxhash64('World', 100)", 51]] },
  hash_sha256: { sql: text("sha256($1)"), examples: [["hash_sha256('World')", "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"], ["hash_sha256(datetime(2020-01-01))", "ba666752dc1a20eb750b0eb64e780cc4c968bc9fb8813461c1d7e750f302d71d"]] },
  hash_sha1: { sql: text("sha1($1)"), examples: [["hash_sha1('World')", "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"]] },
  hash_md5: { sql: text("md5($1)"), examples: [["hash_md5('World')", "f5a7924e621e84c9280a9a27e1bcb7f6"]] },
};

function splitSql(call: SqlCall): string {
  if (literalAt(call, 1) === "") return refuseCall(call, "its delimiter is empty");
  const parts = `${textAt(call, 0)}, ${textAt(call, 1)}`;
  return call.args.length === 2
    ? `kql_split(${parts})`
    : `kql_split_at(${parts}, ${longAt(call, 2)})`;
}

function substringSql(call: SqlCall): string {
  const rest = onceSql(textAt(call, 0), (text) => substringFrom(call, text));
  if (call.args.length === 2) return rest;
  if (literalAt(call, 2)?.startsWith("-") === true)
    return refuseCall(call, "its length is negative");
  return `substring(${rest}, 1, greatest(least(${longAt(call, 2)}, 4294967295), 0))`;
}

function substringFrom(call: SqlCall, text: string): string {
  const start = literalAt(call, 1);
  if (start !== undefined && !start.startsWith("-")) {
    const first = BigInt(start) + 1n;
    return first > 4_294_967_295n ? "''" : `substring(${text}, ${first})`;
  }
  return `kql_substring(${text}, ${longAt(call, 1)})`;
}

function indexofSql(call: SqlCall): string {
  const [source, search] = [textAt(call, 0), textAt(call, 1)];
  if (call.args.length > 2) {
    return `kql_indexof(${source}, ${search}, ${longAt(call, 2)}, ${longAt(call, 3, -1)}, ${longAt(call, 4, 1)})`;
  }
  const literal = literalAt(call, 1);
  const place = `(strpos(${source}, ${search}) - 1)`;
  if (literal !== undefined) return literal === "" ? "CAST(NULL AS BIGINT)" : place;
  return `CASE WHEN ${search} = '' THEN NULL ELSE ${place} END`;
}

function countofSql(call: SqlCall): string {
  const kind = call.args.length > 2 ? literalAt(call, 2) : "normal";
  if (literalAt(call, 1) === "") return refuseCall(call, "it counts an empty text");
  if (kind === "normal") return `kql_countof(${textAt(call, 0)}, ${textAt(call, 1)})`;
  if (kind !== "regex") return refuseCall(call, "its kind is neither `normal` nor `regex`");
  const source = subjectAt(call, 0, 1);
  return `CAST(len(${matchesSql(call, { source, pattern: 1, group: 0 })}) AS BIGINT)`;
}

function commandLineSql(call: SqlCall): string {
  if (literalAt(call, 1)?.toLowerCase() !== "windows") {
    return refuseCall(call, "its parser is not `windows`");
  }
  return `kql_command_line(${textAt(call, 0)})`;
}

/** Only the types whose bytes are known: the hash of a number depends on how Kusto lays it out. */
function hashSql(call: SqlCall): string {
  const hash = wholeHashSql(call);
  return call.args.length === 1 ? hash : `kql_hash_modulo(${hash}, ${longAt(call, 1)})`;
}

function wholeHashSql(call: SqlCall): string {
  const { sql, type } = argAt(call, 0);
  if (type === "string") return `kql_hash_text(${sql})`;
  if (type === "datetime") return `kql_hash_ticks(${sql})`;
  return refuseCall(call, `the hash of a \`${type}\` is not known`);
}

/** DuckDB joins by a constant alone. */
function joinedSql(call: SqlCall): string {
  const texts = `kql_texts(${jsonAt(call, 0)})`;
  const by = textAt(call, 1);
  const isWritten = argAt(call, 1).type === "string" && literalAt(call, 1) !== undefined;
  return isWritten
    ? `coalesce(array_to_string(${texts}, ${by}), '')`
    : `coalesce(kql_joined(CAST(to_json(${texts}) AS VARCHAR), ${by}), '')`;
}
