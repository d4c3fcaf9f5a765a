import type { MacroTable } from "./macro.ts";

const day = 864_000_000_000;

/** Datetimes are ticks since 0001-01-01; a datetime that leaves the calendar is null. */
export const timeMacros: MacroTable = {
  kql_datetime: {
    parameters: ["t"],
    sql: "CASE WHEN t BETWEEN 0 AND 3155378975999999999 THEN CAST(t AS BIGINT) END",
  },
  kql_datetime_text: {
    parameters: ["t"],
    sql: `coalesce(strftime(make_timestamp((t - 621355968000000000) // 10), '%Y-%m-%dT%H:%M:%S.%f') || (t % 10) || 'Z', '')`,
  },
  kql_date: {
    parameters: ["t"],
    sql: `(DATE '0001-01-01' + CAST(t // ${day} AS INTEGER))`,
  },
  kql_date_ticks: {
    parameters: ["d"],
    sql: `((d - DATE '0001-01-01') * ${day})`,
  },
  // Months since the year 0.
  kql_month: {
    parameters: ["t"],
    sql: "(date_diff('month', DATE '0001-01-01', kql_date(t)) + 12)",
  },
  kql_month_start: {
    parameters: ["m"],
    sql: "list_transform([m], lambda kql_m: CASE WHEN kql_m BETWEEN 12 AND 120000 THEN kql_date_ticks(make_date(kql_m // 12, kql_m % 12 + 1, 1)) END)[1]",
  },
  // A count of periods that is sure not to leave the calendar is computed with; any other is beyond it.
  kql_periods: {
    parameters: ["n"],
    sql: "CASE WHEN n BETWEEN -4000000 AND 4000000 THEN CAST(n AS BIGINT) END",
  },
  kql_startofday: {
    parameters: ["t", "n"],
    sql: `kql_datetime((t // ${day} + kql_periods(n)) * ${day})`,
  },
  // 0001-01-01 was a Monday; weeks start on Sunday.
  kql_week_start: {
    parameters: ["t", "n"],
    sql: `(((t // ${day} + 1) // 7 * 7 - 1 + 7 * kql_periods(n)) * ${day})`,
  },
  kql_dayofweek: {
    parameters: ["t"],
    // Kusto measures from a day later, and that leaves the calendar on its last day.
    sql: `(kql_datetime(t + ${day}) % ${7 * day} // ${day} * ${day})`,
  },
  // The same day of another month, or its last where it is shorter.
  kql_add_months: {
    parameters: ["t", "n"],
    sql: "list_transform([kql_month(t) + kql_periods(n)], lambda kql_m: kql_to_month(t, kql_m))[1]",
  },
  kql_to_month: {
    parameters: ["t", "m"],
    sql: `CASE WHEN m BETWEEN 12 AND 119999 THEN kql_month_start(m) + t % ${day}
      + (least(day(kql_date(t)), day(last_day(make_date(m // 12, m % 12 + 1, 1)))) - 1) * ${day} END`,
  },
  kql_add_ticks: {
    parameters: ["t", "n", "unit"],
    sql: "kql_datetime(CAST(n AS HUGEINT) * unit + t)",
  },
  kql_make_datetime: {
    parameters: ["y", "mo", "d", "h", "mi", "s"],
    sql: `CASE WHEN y BETWEEN 1 AND 9999 AND mo BETWEEN 1 AND 12 AND d BETWEEN 1 AND day(last_day(make_date(y, mo, 1)))
      AND h BETWEEN 0 AND 23 AND mi BETWEEN 0 AND 59 AND s >= 0 AND s < 60 THEN
      kql_date_ticks(make_date(y, mo, d)) + CAST(h AS BIGINT) * 36000000000 + CAST(mi AS BIGINT) * 600000000 + CAST(round(CAST(s AS DOUBLE) * 10000000) AS BIGINT) END`,
  },
  kql_make_timespan: {
    parameters: ["d", "h", "mi", "s"],
    sql: `CASE WHEN d BETWEEN 0 AND 10675198 AND h BETWEEN 0 AND 23 AND mi BETWEEN 0 AND 59 AND s >= 0 AND s < 60 THEN
      CAST(d AS BIGINT) * ${day} + CAST(h AS BIGINT) * 36000000000 + CAST(mi AS BIGINT) * 600000000 + CAST(round(CAST(s AS DOUBLE) * 10000000) AS BIGINT) END`,
  },
  kql_of_unix: {
    parameters: ["n", "unit"],
    sql: "kql_datetime(CAST(621355968000000000 AS HUGEINT) + n * unit)",
  },
};
