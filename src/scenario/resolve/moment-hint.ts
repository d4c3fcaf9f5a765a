import { nearest } from "../../base/text.ts";
import { weekdays } from "../model/calendar.ts";
import { parseMoment } from "../model/moment.ts";

/** What helps where `text` is no time: the time that it seems to mean, else all forms. */
export function momentHint(text: string): string {
  const guess = [...durations(text), ...clocks(text), nearest(text, ["working-hours"])].find(
    (one) => one !== undefined && parseMoment(one) !== undefined,
  );
  if (guess !== undefined) return `did you mean \`${guess}\`?`;
  if (/^\d{4}-\d\d-\d\d/.test(text)) {
    return "times are distances from now, such as `-2h`: write the instant at the top of the file, as `now:`";
  }
  return "write `-2h` or `-1d6h30m` for a time before now, `+5s` for a time after the step before, `monday 09:15` or `working-hours`";
}

const unitNames: readonly (readonly [RegExp, string])[] = [
  [/(milliseconds?|millis|msec)/g, "ms"],
  [/(seconds?|secs?)/g, "s"],
  [/(minutes?|mins?)/g, "m"],
  [/(hours?|hrs?)/g, "h"],
  [/days?/g, "d"],
];

/** `2 hours ago`, `2h` and `-5min` as distances. */
function durations(text: string): readonly string[] {
  const short = unitNames.reduce(
    (rest, [name, unit]) => rest.replace(name, unit),
    text
      .toLowerCase()
      .replace(/\s+ago$/, "")
      .replaceAll(/\s+/g, "")
      .replaceAll(",", "."),
  );
  const weeks = short.replaceAll(/(\d+)w(eeks?)?/g, (_, count) => `${Number(count) * 7}d`);
  return [weeks, `-${weeks}`];
}

/** `mon 9:15pm` and `monday` as times of clocks. */
function clocks(text: string): readonly string[] {
  const [, word = "", rest = ""] = /^([a-z]+)?\s*(.*)$/.exec(text.trim().toLowerCase()) ?? [];
  const isShort = word.length >= 2;
  const day = weekdays.find((name) => isShort && name.startsWith(word)) ?? nearest(word, weekdays);
  const time = timeOfDay(rest === "" ? "9:00" : rest);
  if (time === undefined) return [];
  if (day !== undefined) return [`${day} ${time}`];
  return word === "" && rest.endsWith("m") ? [time] : [];
}

/** `9:15pm`, `9am` and `9:15` with 24 hours; undefined for what is no time of a day. */
function timeOfDay(text: string): string | undefined {
  const [, hours, minutes = "00", half] = /^(\d{1,2})(?::?(\d\d))?\s*(am|pm)?$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === "pm" ? 12 : 0);
  return `${String(hour).padStart(2, "0")}:${minutes}`;
}
