import { formatInstant, parseInstant } from "../../../schema/time.ts";
import { isDatetime, mapTexts, type Transformation } from "./transformation.ts";

const shift = 90n * 10_000_000n;

/** All times and `now` together 90 seconds later: distances stay to the tick, places in hours and bins do not. Times inside other texts stay. */
export const timeShift: Transformation = {
  name: "time-shift",
  description: "all times and `now` 90 seconds later",
  nowShift: shift,
  apply: ({ events }) =>
    mapTexts(events, (text, column, table) => {
      const ticks = isDatetime(table, column) ? parseInstant(text) : undefined;
      return ticks === undefined ? text : formatInstant(ticks + shift);
    }),
};
