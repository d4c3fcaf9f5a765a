import type { Expr } from "../../plan/ir/types.ts";
import type { KqlType } from "../../schema/types.ts";
import { argAt, refuseCall } from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import { literalText } from "../expressions/literals.ts";
import { isDatetimeFormat, isTimespanFormat } from "../time-format.ts";
import { isTimeZone } from "../time-zone.ts";
import { sqlTypes, type FunctionTable, type ScalarFunction, type SqlCall } from "../types.ts";

/** Parts of an instant, and the instants at which a period begins or ends. */
// oxfmt-ignore
export const datetimeFunctions: FunctionTable<ScalarFunction> = {
  startofday: { sql: shifted("kql_startofday($1, $2)"), examples: [["startofday(datetime(2017-01-01 10:10:17), -1)", "2016-12-31T00:00:00.0000000Z"], ["startofday(datetime(2017-01-01 10:10:17))", "2017-01-01T00:00:00.0000000Z"]] },
  startofweek: { sql: shifted("kql_datetime(kql_week_start($1, $2))"), examples: [["startofweek(datetime(2020-06-15 13:45:00))", "2020-06-14T00:00:00.0000000Z"], ["startofweek(datetime(2020-06-15), -2)", "2020-05-31T00:00:00.0000000Z"]] },
  startofmonth: { sql: shifted("kql_datetime(kql_month_start(kql_month($1) + kql_periods($2)))"), examples: [["startofmonth(datetime(2020-06-15), -13)", "2019-05-01T00:00:00.0000000Z"]] },
  startofyear: { sql: shifted("kql_datetime(kql_month_start(12 * (year(kql_date($1)) + kql_periods($2))))"), examples: [["startofyear(datetime(2020-06-15), -5)", "2015-01-01T00:00:00.0000000Z"]] },
  endofday: { sql: shifted("kql_datetime(($1 // 864000000000 + 1 + kql_periods($2)) * 864000000000 - 1)"), examples: [["endofday(datetime(1950-06-15 13:45:00))", "1950-06-15T23:59:59.9999999Z"]] },
  endofweek: { sql: shifted("kql_datetime(kql_week_start($1, $2) + 6047999999999)"), examples: [["endofweek(datetime(2024-03-03))", "2024-03-09T23:59:59.9999999Z"]] },
  endofmonth: { sql: shifted("kql_datetime(kql_month_start(kql_month($1) + 1 + kql_periods($2)) - 1)"), examples: [["endofmonth(datetime(2020-02-15))", "2020-02-29T23:59:59.9999999Z"], ["endofmonth(datetime(9999-12-31))", "9999-12-31T23:59:59.9999999Z"]] },
  endofyear: { sql: shifted("kql_datetime(kql_month_start(12 * (year(kql_date($1)) + 1 + kql_periods($2))) - 1)"), examples: [["endofyear(datetime(2020-01-01))", "2020-12-31T23:59:59.9999999Z"]] },
  dayofweek: { sql: "kql_dayofweek($1)", examples: [["dayofweek(datetime(1970-05-11))", "1.00:00:00.0000000"], ["dayofweek(datetime(9999-12-31))", null]] },
  dayofmonth: { sql: (call) => partSql(call, "day(kql_date($1))"), examples: [["dayofmonth(datetime(2015-12-14))", 14]] },
  dayofyear: { sql: (call) => partSql(call, "dayofyear(kql_date($1))"), examples: [["dayofyear(datetime(2020-12-31))", 366]] },
  hourofday: { sql: (call) => partSql(call, "($1 // 36000000000 % 24)"), examples: [["hourofday(datetime(2015-12-14 18:54))", 18]] },
  week_of_year: { sql: (call) => partSql(call, "week(kql_date($1))"), examples: [["week_of_year(datetime(2021-01-03))", 53], ["week_of_year(datetime(2007-01-01))", 1]] },
  weekofyear: { sql: (call) => partSql(call, "week(kql_date($1))"), examples: [["weekofyear(datetime(2020-06-15))", 25]] },
  getyear: { sql: (call) => partSql(call, "year(kql_date($1))"), examples: [["getyear(datetime(2015-10-12))", 2015]] },
  getmonth: { sql: (call) => partSql(call, "month(kql_date($1))"), examples: [["getmonth(datetime(2015-10-12))", 10]] },
  monthofyear: { sql: (call) => partSql(call, "month(kql_date($1))"), examples: [["monthofyear(datetime(2020-06-15))", 6]] },
  datetime_part: { refuse: ([part]) => unknownPart(part, datetimeParts), sql: (call) => partSql(call, (datetimeParts[partOf(call)] ?? "").replaceAll("$1", "$2")), examples: [["datetime_part('week_of_year', datetime(2017-10-30))", 44], ["datetime_part('Nanosecond', datetime(2017-10-30 01:02:03.7654321))", 765432100]] },
  datetime_diff: { refuse: ([part]) => unknownPart(part, ordinals), sql: (call) => differenceSql(call), examples: [["datetime_diff('week', datetime(2017-10-29), datetime(2017-09-30 23:59))", 5], ["datetime_diff('quarter', datetime(2024-03-31), datetime(2020-04-01))", 15], ["datetime_diff('hour', datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))", 2], ["datetime_diff('minute', datetime(2020-01-01), datetime(2020-01-01 13:45))", -825]] },
  datetime_add: { refuse: ([part]) => unknownPart(part, { ...months, ...ticks }), sql: (call) => addSql(call), examples: [["datetime_add('month', 1, datetime(2020-01-31))", "2020-02-29T00:00:00.0000000Z"], ["datetime_add('week', 2, datetime(2020-06-15))", "2020-06-29T00:00:00.0000000Z"], ["datetime_add('year', 9999, datetime(2020-06-15))", null]] },
  make_datetime: { refuse: (args) => oneArgument(args) ?? otherParts(args, 5), sql: (call) => `kql_make_datetime(${padded(call, ["1", "1", "1", "0", "0", "0"])})`, examples: [["make_datetime(2020, 2, 29, 23, 59, 59.9999999)", "2020-02-29T23:59:59.9999999Z"], ["make_datetime(2017, 13, 1)", null]] },
  make_timespan: { refuse: (args) => oneArgument(args) ?? otherParts(args, Math.max(2, args.length - 1)), sql: (call) => makeTimespanSql(call), examples: [["make_timespan(1, 12, 30, 55)", "1.12:30:55.0000000"], ["make_timespan(1, 12, 30, 55.123)", "1.12:30:55.1230000"], ["make_timespan(1, 30)", "01:30:00.0000000"]] },
  format_datetime: { refuse: ([, format]) => badText(format, isDatetimeFormat, "format"), sql: "coalesce(kql_format_datetime($1, $2), '')", examples: [["format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [HH:mm:ss]')", "17-01-29 [09:00:05]"], ["format_datetime(datetime(2020-06-15 13:45:09), 'M/d/yyyy h:mm:ss tt')", "6/15/2020 1:45:09 PM"], ["format_datetime(datetime(2007-03-09), 'dddd, MMMM')", "0909, 0303"]] },
  format_timespan: { refuse: ([, format]) => badText(format, isTimespanFormat, "format"), sql: "coalesce(kql_format_timespan($1, $2), '')", examples: [["format_timespan(time(29.09:00:05.12345), 'ddd.h:mm:ss [fffffff]')", "029.9:00:05 [1234500]"], ["format_timespan(-2h - 30m, 'hh:mm')", "-02:30"]] },
  unixtime_seconds_todatetime: { sql: (call) => unixSql(call, 10_000_000), examples: [["unixtime_seconds_todatetime(1546300800)", "2019-01-01T00:00:00.0000000Z"], ["unixtime_seconds_todatetime(1546300800.5)", "2019-01-01T00:00:00.5000000Z"]] },
  unixtime_milliseconds_todatetime: { sql: (call) => unixSql(call, 10_000), examples: [["unixtime_milliseconds_todatetime(1546300800000)", "2019-01-01T00:00:00.0000000Z"]] },
  unixtime_microseconds_todatetime: { sql: (call) => unixSql(call, 10), examples: [["unixtime_microseconds_todatetime(1546300800000000)", "2019-01-01T00:00:00.0000000Z"]] },
  unixtime_nanoseconds_todatetime: { sql: (call) => unixSql(call, 0.01), examples: [["unixtime_nanoseconds_todatetime(1546300800000000000)", "2019-01-01T00:00:00.0000000Z"]] },
  datetime_utc_to_local: { refuse: ([, zone]) => badText(zone, isTimeZone, "time zone"), sql: "kql_datetime(kql_local_time($1, $2))", examples: [["datetime_utc_to_local(datetime(2024-07-01), 'Europe/Berlin')", "2024-07-01T02:00:00.0000000Z"]] },
  datetime_local_to_utc: { refuse: ([, zone]) => badText(zone, isTimeZone, "time zone"), sql: "kql_datetime(kql_utc_time($1, $2))", examples: [["datetime_local_to_utc(datetime(2024-07-01 02:00), 'Europe/Berlin')", "2024-07-01T00:00:00.0000000Z"]], differs: "a local time that occurs twice is taken as winter time, one that never occurs as the later" },
  around: { sql: "(abs(CAST($1 AS HUGEINT) - $2) <= $3)", refuse: (args) => (args.every(({ type }) => isWholeOrTime(type)) ? undefined : "has no translation for these types"), examples: [["around(datetime(2021-01-01 01:31), datetime(2021-01-01 01:30), 1min)", true], ["around(5, 8, 2)", false]] },
};

/** `bin` and its kin, on numbers and on time. */
// oxfmt-ignore
export const binFunctions: FunctionTable<ScalarFunction> = {
  bin: { refuse: dynamicBin, sql: (call) => (argAt(call, 0).type === "dynamic" ? binTimeSql(call) : binSql(call)), examples: [["bin(4.5, 1)", 4], ["bin(-7, 4)", -8], ["bin(-2.5, 1.5)", -3], ["bin(datetime(1955-11-05), 7d)", "1955-10-31T00:00:00.0000000Z"], ["bin(datetime(1970-05-11 13:45:07), 1d)", "1970-05-11T00:00:00.0000000Z"], ["bin(25h, 1d)", "1.00:00:00.0000000"]] },
  floor: { refuse: dynamicBin, sql: (call) => (argAt(call, 0).type === "dynamic" ? binTimeSql(call) : binSql(call)), examples: [["floor(2.5, 1)", 2], ["floor(-7, 4)", -8]] },
  bin_at: { refuse: (args) => dynamicBinAt(args) ?? otherBins(args), sql: (call) => binAtSql(call), examples: [["bin_at(datetime(2007-01-02 13:45:30), 1d, datetime(2007-01-01 06:00:00))", "2007-01-02T06:00:00.0000000Z"], ["bin_at(6.5, 2.5, 7.0)", 4.5]] },
};

/** What `datetime_part` gives for each part of `$1`. */
const datetimeParts: Readonly<Record<string, string>> = {
  year: "year(kql_date($1))",
  quarter: "quarter(kql_date($1))",
  month: "month(kql_date($1))",
  week_of_year: "week(kql_date($1))",
  weekofyear: "week(kql_date($1))",
  day: "day(kql_date($1))",
  dayofyear: "dayofyear(kql_date($1))",
  hour: "($1 // 36000000000 % 24)",
  minute: "($1 // 600000000 % 60)",
  second: "($1 // 10000000 % 60)",
  millisecond: "($1 // 10000 % 1000)",
  microsecond: "($1 // 10 % 1000000)",
  nanosecond: "($1 % 10000000 * 100)",
};

/** The number of the period that `$1` is in: `datetime_diff` counts the borders between two. */
const ordinals: Readonly<Record<string, string>> = {
  year: "year(kql_date($1))",
  quarter: "(kql_month($1) // 3)",
  month: "kql_month($1)",
  week: "(($1 // 864000000000 + 1) // 7)",
  day: "($1 // 864000000000)",
  hour: "($1 // 36000000000)",
  minute: "($1 // 600000000)",
  second: "($1 // 10000000)",
  millisecond: "($1 // 10000)",
  microsecond: "($1 // 10)",
  nanosecond: "(CAST($1 AS HUGEINT) * 100)",
};

const months: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

const ticks: Readonly<Record<string, number>> = {
  week: 6_048_000_000_000,
  day: 864_000_000_000,
  hour: 36_000_000_000,
  minute: 600_000_000,
  second: 10_000_000,
  millisecond: 10_000,
  microsecond: 10,
};

function unknownPart(
  part: Expr | undefined,
  known: Readonly<Record<string, unknown>>,
): string | undefined {
  const name = literalText(part)?.toLowerCase();
  if (name === undefined) return "has no translation where the part is no constant";
  return Object.hasOwn(known, name) ? undefined : `knows no part \`${name}\``;
}

function badText(
  arg: Expr | undefined,
  isGood: (text: string) => boolean,
  what: string,
): string | undefined {
  const text = literalText(arg);
  return text === undefined || isGood(text) ? undefined : `knows no ${what} \`${text}\``;
}

function partOf(call: SqlCall): string {
  return (literalText(argAt(call, 0).expr) ?? "").toLowerCase();
}

/** How many periods later: the second argument, or none. */
function offset(call: SqlCall): string {
  const by = call.args[1];
  return by === undefined ? "0" : castSql(by, "long");
}

/** A template with the first argument as `$1` and the number of periods as `$2`. */
function shifted(template: string): (call: SqlCall) => string {
  return (call) =>
    template.replaceAll(/\$[12]/g, (which) => (which === "$1" ? argAt(call, 0).sql : offset(call)));
}

function partSql({ args, type }: SqlCall, part: string): string {
  const filled = part.replaceAll(
    /\$(\d)/g,
    (_, which: string) => args[Number(which) - 1]?.sql ?? "",
  );
  return `CAST(${filled} AS ${sqlTypes[type]})`;
}

/** Whole numbers, but for the seconds at `seconds`: what Kusto makes of other parts is not known. */
function otherParts(args: readonly Expr[], seconds: number): string | undefined {
  const isPart = ({ type }: Expr, at: number): boolean =>
    type === "int" || type === "long" || (at === seconds && type === "real");
  return args.every(isPart) ? undefined : "has no translation for parts of these types";
}

function isWholeOrTime(type: KqlType): boolean {
  return type === "int" || type === "long" || type === "datetime" || type === "timespan";
}

/** Times are put into bins of times. */
function otherBins(args: readonly Expr[]): string | undefined {
  const isTime = args[0]?.type === "datetime" || args[0]?.type === "timespan";
  return isTime && !args.every(({ type }) => isWholeOrTime(type))
    ? "has no translation for these types"
    : undefined;
}

function oneArgument(args: readonly Expr[]): string | undefined {
  return args.length === 1 ? "has no translation with one argument" : undefined;
}

function differenceSql(call: SqlCall): string {
  const ordinal = ordinals[partOf(call)] ?? "";
  const [later, earlier] = [1, 2].map((at) => ordinal.replaceAll("$1", argAt(call, at).sql));
  return `kql_wrap(CAST(${later} AS HUGEINT) - ${earlier})`;
}

function addSql(call: SqlCall): string {
  const part = partOf(call);
  const [count, instant] = [castSql(argAt(call, 1), "long"), argAt(call, 2).sql];
  const unit = months[part];
  if (unit === undefined) return `kql_add_ticks(${instant}, ${count}, ${ticks[part]})`;
  return `kql_add_months(${instant}, ${unit} * kql_periods(${count}))`;
}

/** The arguments, then what `defaults` has for those that are not given. */
function padded({ args }: SqlCall, defaults: readonly string[]): string {
  return defaults.map((fallback, index) => args[index]?.sql ?? fallback).join(", ");
}

/** Hours and minutes; hours, minutes and seconds; days, hours, minutes and seconds. */
function makeTimespanSql(call: SqlCall): string {
  const { args } = call;
  const whole = args.slice(0, args.length === 2 ? 2 : -1);
  if (whole.some(({ type }) => type === "real"))
    return refuseCall(call, "only its seconds have parts");
  const given = args.map(({ sql }) => sql);
  const parts = given.length === 4 ? given : ["0", ...given, ...(given.length === 2 ? ["0"] : [])];
  return `kql_make_timespan(${parts.join(", ")})`;
}

function unixSql(call: SqlCall, unit: number): string {
  const count = argAt(call, 0);
  if (count.type === "int" || count.type === "long") {
    const [factor, divisor] = unit < 1 ? [1, 1 / unit] : [unit, 1];
    const whole = `CAST(${count.sql} AS HUGEINT)`;
    return `kql_of_unix(${divisor === 1 ? whole : `${whole} // ${divisor}`}, ${factor})`;
  }
  return `kql_of_unix(CAST(kql_long_of_real(${castSql(count, "real")} * ${unit}) AS HUGEINT), 1)`;
}

/** The binder lets a column through that it knows nothing of. Only a time can be put into bins of a timespan. */
function dynamicBin([value, size]: readonly Expr[]): string | undefined {
  if (value?.type === "dynamic" && size?.type === "timespan") return undefined;
  return dynamicBinAt([value, size].filter((arg) => arg !== undefined));
}

function dynamicBinAt(args: readonly Expr[]): string | undefined {
  return args.some(({ type }) => type === "dynamic")
    ? "has no translation for a dynamic value"
    : undefined;
}

/** The bin of a datetime, or else of a timespan, whichever the value is. */
function binTimeSql(call: SqlCall): string {
  const value = argAt(call, 0);
  const size = argAt(call, 1);
  const bins = (["datetime", "timespan"] as const).map((type) => {
    const time = { ...value, sql: castSql(value, type), type };
    return castSql({ ...time, sql: binSql({ ...call, args: [time, size], type }) }, "dynamic");
  });
  return `coalesce(${bins.join(", ")})`;
}

function binSql(call: SqlCall): string {
  const value = argAt(call, 0);
  const size = call.args[1];
  const isTime = value.type === "datetime" || value.type === "timespan";
  if (call.type === "real" || call.type === "decimal") {
    const [x, by] = [castSql(value, "real"), size === undefined ? "1" : castSql(size, "real")];
    return castSql({ ...value, sql: `kql_bin_real(${x}, ${by})`, type: "real" }, call.type);
  }
  const by = size === undefined ? "1" : isTime ? castSql(size, "timespan") : castSql(size, "long");
  // A datetime is never negative, so that a constant size needs no more than the remainder.
  if (value.type === "datetime" && size?.expr.kind === "literal" && Number(size.expr.value) > 0) {
    return `(${value.sql} - ${value.sql} % ${by})`;
  }
  const binned = `kql_bin(${isTime ? value.sql : castSql(value, "long")}, ${by})`;
  return `CAST(${binned} AS ${sqlTypes[call.type]})`;
}

function binAtSql(call: SqlCall): string {
  const [value, size, fixed] = [argAt(call, 0), argAt(call, 1), argAt(call, 2)];
  if (call.type === "real" || call.type === "decimal") {
    const [x, by, at] = [value, size, fixed].map((arg) => castSql(arg, "real"));
    const sql = `(${at} + kql_bin_real(${x} - ${at}, ${by}))`;
    return castSql({ ...value, sql, type: "real" }, call.type);
  }
  const binned = `kql_bin_at(${[value, size, fixed].map(({ sql }) => sql).join(", ")})`;
  return call.type === "datetime" ? `kql_datetime(${binned})` : `CAST(${binned} AS ${sqlTypes[call.type]})`; // oxfmt-ignore
}
