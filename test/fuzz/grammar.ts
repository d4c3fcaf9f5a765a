import type { KqlType } from "../../src/schema/types.ts";

/**
 * What gives a value of each type. `<type>` stands for an expression of that type, `<any>` for one of any type but
 * dynamic, `<each>` for one of the type itself, `<texts>` and the like for a table with one column, `{kind}` for a constant
 * of `constants`.
 */
// oxfmt-ignore
export const productions: Readonly<Record<KqlType, readonly string[]>> = {
  bool: [
    "<long> == <long>", "<string> == <string>", "<real> < <real>", "<int> != <long>", "<datetime> >= <datetime>", "<timespan> > <timespan>", "<bool> == <bool>", "<guid> == <guid>", "<decimal> <= <real>", "<decimal> == <decimal>", "<bool> != <bool>", "<datetime> == <datetime>", "<long> != <real>",
    "<bool> and <bool>", "<bool> or <bool>", "not(<bool>)", "<bool> and (<bool> or <bool>)",
    "isnull(<long>)", "isnotnull(<datetime>)", "isempty(<string>)", "isnotempty(<string>)", "isnull(<dynamic>)", "isnull(<bool>)", "isnan(<real>)", "isinf(<real>)", "isfinite(<real>)", "isempty(<any>)",
    "<string> has <string>", "<string> !has {text}", "<string> has {text}", "<string> has_cs {text}", "<string> contains <string>", "<string> !contains_cs {text}", "<string> startswith <string>", "<string> endswith_cs <string>", "<string> hasprefix {text}", "<string> hassuffix <string>", "<string> =~ <string>", "<string> !~ {text}",
    "<string> has_any ({text}, {text})", "<string> has_all ({text}, <string>)", "<string> has_any (dynamic(['cmd', 'b']))", "<string> in ({text}, <string>)", "<string> !in ({text}, {text})", "<string> in~ ({text}, {text})", "<string> !in~ (<string>, {text})", "<long> in (1, 5, <long>)", "<int> !in (<int>, 3)", "<real> in (0.5, <real>)", "<string> in (<list>)", "<datetime> in (<datetime>, <datetime>)",
    "<string> matches regex {regex}", "<long> between (<long> .. <long>)", "<datetime> between (<datetime> .. <timespan>)", "<real> !between (<real> .. <real>)", "<timespan> between (<timespan> .. <timespan>)",
    "tobool(<string>)", "tobool(<long>)", "todynamic(<string>).a == <string>", "<dynamic>.a == <long>", "tostring(<dynamic>) == <string>", "ipv4_is_in_range(<string>, '10.0.0.0/8')", "bag_has_key(<dynamic>, 'a')", "<string> in ((<texts>))", "<long> !in ((<longs>))", "<string> in~ ((<texts>))",
  ],
  int: ["toint(<long>)", "toint(<string>)", "hourofday(<datetime>)", "dayofmonth(<datetime>)", "getyear(<datetime>)", "monthofyear(<datetime>)", "dayofyear(<datetime>)", "toint(<real>)", "toint(<dynamic>)"],
  long: [
    "<long> + <long>", "<long> - <long>", "<long> * <long>", "<long> / <long>", "<long> % <long>", "-<long>", "<int> + <long>", "<long> / <int>",
    "tolong(<string>)", "tolong(<real>)", "tolong(<bool>)", "tolong(<dynamic>)", "tolong(<decimal>)", "tolong(<int>)", "strlen(<string>)", "bin(<long>, {positive})", "abs(<long>)", "array_length(<dynamic>)", "indexof(<string>, <string>)", "countof(<string>, {text})", "datetime_diff({unit}, <datetime>, <datetime>)", "max_of(<long>, <long>)", "min_of(<long>, <long>, <long>)", "binary_and(<long>, <long>)", "binary_xor(<long>, <long>)", "array_index_of(<dynamic>, <string>)", "string_size(<string>)", "toscalar(<maxlong>)",
  ],
  real: [
    "<real> + <real>", "<real> - <long>", "<real> * <real>", "<real> / <real>", "<real> % <real>", "-<real>", "<timespan> / <timespan>", "1.0 * <long>",
    "toreal(<string>)", "todouble(<long>)", "todouble(<dynamic>)", "round(<real>, 1)", "abs(<real>)", "bin(<real>, 0.5)", "sqrt(<real>)", "pow(<real>, <long>)", "max_of(<real>, <real>)", "sign(<long>)", "floor(<real>, 0.25)", "exp2(<long>)", "log10(<real>)", "toreal(<decimal>)", "array_sum(<dynamic>)", "round(<real>)", "toscalar(<maxreal>)",
  ],
  decimal: ["todecimal(<long>)", "todecimal(<string>)", "<decimal> + <decimal>", "<decimal> - <long>", "<decimal> * <decimal>", "<decimal> / <decimal>", "round(<decimal>, 1)"],
  datetime: ["<datetime> + <timespan>", "<datetime> - <timespan>", "bin(<datetime>, {span})", "startofday(<datetime>)", "startofweek(<datetime>)", "endofmonth(<datetime>)", "todatetime(<string>)", "todatetime(<dynamic>)", "datetime_add({unit}, {small}, <datetime>)", "now()", "ago({span})", "make_datetime(<long>, 2, 29)", "max_of(<datetime>, <datetime>)", "unixtime_seconds_todatetime(<long>)", "startofyear(<datetime>, {small})", "toscalar(<maxtime>)", "bin_at(<datetime>, {span}, {datetime})"],
  timespan: ["<datetime> - <datetime>", "<timespan> + <timespan>", "<timespan> - <timespan>", "<timespan> * <long>", "<timespan> / <long>", "totimespan(<string>)", "bin(<timespan>, {span})", "abs(<timespan>)", "-<timespan>", "make_timespan(<long>, 5)", "<timespan> * <real>", "<timespan> % {span}", "min_of(<timespan>, <timespan>)"],
  guid: ["toguid(<string>)", "toguid(tostring(<guid>))"],
  string: [
    "strcat(<string>, <string>)", "tostring(<long>)", "tostring(<any>)", "tolower(<string>)", "toupper(<string>)", "trim(' ', <string>)", "substring(<string>, {small})", "substring(<string>, <long>, <long>)", "replace_string(<string>, {text}, <string>)", "tostring(<dynamic>)", "tostring(<real>)", "tostring(<datetime>)", "tostring(<timespan>)", "tostring(<bool>)",
    "extract({group}, 1, <string>)", "replace_regex(<string>, {regex}, 'x')", "strcat_delim(',', <string>, <long>)", "tostring(<dynamic>.a)", "tostring(split(<string>, '.')[0])", "format_datetime(<datetime>, 'yyyy-MM-dd HH:mm:ss.fff')", "format_timespan(<timespan>, 'd.hh:mm:ss')", "strcat_array(<dynamic>, '-')", "url_decode(<string>)", "url_encode(<string>)", "base64_encode_tostring(<string>)", "base64_decode_tostring(base64_encode_tostring(<string>))", "hash_md5(<string>)", "strrep(<string>, {count})", "reverse(<string>)", "trim_start({regex}, <string>)", "trim_end('x', <string>)", "gettype(<dynamic>)", "tostring(<decimal>)", "tostring(<guid>)", "toscalar(<maxtext>)", "tohex(<long>)", "extract_json('$.a', <string>)",
  ],
  dynamic: [
    "split(<string>, ' ')", "pack_array(<string>, <long>)", "bag_pack('a', <string>, 'b', <real>)", "parse_json(<string>)", "<dynamic>.a", "<dynamic>['b']", "<dynamic>[0]", "<dynamic>[-1]", "array_concat(<dynamic>, <dynamic>)", "array_slice(<dynamic>, 0, {small})", "extract_all({group}, <string>)", "parse_url(<string>)", "array_sort_asc(<dynamic>)", "bag_keys(<dynamic>)", "set_union(<dynamic>, <dynamic>)", "set_difference(<dynamic>, <dynamic>)", "bag_merge(<dynamic>, <dynamic>)", "range(1, {small}, 1)", "todynamic(<string>)", "array_reverse(<dynamic>)", "zip(<dynamic>, <dynamic>)", "pack_all()", "bag_remove_keys(<dynamic>, dynamic(['a']))", "array_iff(<dynamic>, <long>, <long>)", "bag_pack('t', <datetime>, 's', <timespan>)",
  ],
};

/** What gives a value of any type. */
export const generic: readonly string[] = [
  "iff(<bool>, <each>, <each>)",
  "coalesce(<each>, <each>)",
  "case(<bool>, <each>, <bool>, <each>, <each>)",
];

/** Constants of each type, as KQL writes them. */
// oxfmt-ignore
export const literals: Readonly<Record<KqlType, readonly string[]>> = {
  bool: ["true", "false", "bool(null)"],
  int: ["int(1)", "int(0)", "int(-3)", "int(null)", "int(2147483647)"],
  long: ["1", "0", "5", "10", "-3", "long(null)", "7", "9223372036854775807"],
  real: ["0.5", "0.0", "2.5", "-1.25", "real(null)", "real(nan)", "real(+inf)", "1e300"],
  decimal: ["decimal(1.5)", "decimal(0)", "decimal(null)", "decimal(-2.25)"],
  datetime: ["datetime(2025-01-15 11:00)", "datetime(null)", "datetime(2025-01-15T11:07:30.1234567Z)", "datetime(2024-02-29)", "datetime(9999-12-31)"],
  timespan: ["1h", "1d", "timespan(null)", "7m", "1.5s", "time(-1.02:03:04)", "1tick"],
  guid: ["guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "guid(null)"],
  string: ["'cmd.exe'", "''", "'a'", "'a b'", "'CMD'", "'ß'", "'10'", "'2025-01-15'", "'{\"a\": 1}'", "\"it's\"", "'%'", "'é😀'", "'00:07:00'", "'x\\\\y'", "'true'"],
  dynamic: ["dynamic([1, 2])", "dynamic({'a': 'x', 'b': [1]})", "dynamic(null)", "dynamic(['a', 'b', 'a'])", "dynamic([])", "dynamic('a')"],
};

/** Constants that a place needs: it takes no other expression, or not every value. */
// oxfmt-ignore
export const constants = {
  text: ["'cmd'", "'a'", "'exe'", "''", "'cmd.exe'", "'A B'", "'ß'", "'.'", "'pastebin.com'", "'%'"],
  regex: ["@'[a-z]+'", "@'^c.*e$'", "@'\\d'", "@'(?i)CMD'", "@'^$'", "@'[^\\w]'"],
  group: ["@'([a-z]+)'", "@'(\\d+)'", "@'^(.?)'", "@'(x)|c'"],
  positive: ["5", "1", "3", "10"],
  small: ["1", "0", "2", "-1", "3"],
  count: ["1", "2", "0"],
  span: ["1h", "1d", "7m", "1.5d", "7d"],
  unit: ["'day'", "'hour'", "'month'", "'year'", "'minute'", "'week'", "'second'"],
  datetime: ["datetime(2025-01-15)", "datetime(2001-02-03 04:05:06)"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Aggregates by what they give. Those that depend on the order of rows are sorted, or left out. */
// oxfmt-ignore
export const aggregates: readonly (readonly [KqlType, string])[] = [
  ["long", "count()"], ["long", "countif(<bool>)"], ["long", "dcount(<string>)"], ["long", "sum(<long>)"], ["real", "sum(<real>)"], ["real", "avg(<long>)"], ["real", "avg(<real>)"], ["long", "min(<long>)"], ["real", "max(<real>)"], ["datetime", "min(<datetime>)"], ["timespan", "max(<timespan>)"], ["timespan", "sum(<timespan>)"],
  ["dynamic", "array_sort_asc(make_list(<string>))"], ["dynamic", "array_sort_asc(make_set(<long>))"], ["dynamic", "array_sort_asc(make_set(<string>))"], ["long", "sumif(<long>, <bool>)"], ["long", "dcountif(<string>, <bool>)"], ["real", "stdev(<long>)"], ["real", "variance(<int>)"], ["long", "maxif(<long>, <bool>)"], ["string", "max(<string>)"], ["string", "min(<string>)"], ["datetime", "avg(<datetime>)"], ["long", "count_distinct(<string>)"], ["long", "percentile(<long>, 50)"], ["real", "percentile(<real>, 95)"], ["decimal", "sum(<decimal>)"], ["real", "avgif(<real>, <bool>)"], ["decimal", "max(<decimal>)"], ["int", "max(<int>)"], ["long", "sum(<int>)"], ["timespan", "avg(<timespan>)"], ["long", "count(<long>)"],
  ["long", "binary_all_or(<long>)"], ["dynamic", "array_sort_asc(make_list_if(<long>, <bool>))"], ["real", "1.0 * sum(<long>) / count()"], ["datetime", "max(<datetime>)"], ["bool", "max(<bool>)"],
];
