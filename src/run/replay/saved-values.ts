import { deviceIdOf } from "../../scenario/model/device-id.ts";
import { formatInstant, parseInstant } from "../../schema/time.ts";
import type { Tables } from "../../schema/types.ts";

/** The devices of `tables` that a scenario can name, by what the timeline calls them. */
export function devicesOf(tables: Tables): ReadonlyMap<string, { readonly name: string }> {
  const names = new Set<string>();
  for (const { DeviceName: name, DeviceId: id } of Object.values(tables).flat()) {
    // One without a domain would get one, and one with another id would lose it.
    if (typeof name === "string" && name.includes(".") && id === deviceIdOf(name)) names.add(name);
  }
  return new Map([...names].map((name) => [name.split(".")[0] ?? name, { name }]));
}

const units: readonly (readonly [name: string, ticks: bigint])[] = [
  ["d", 864_000_000_000n],
  ["h", 36_000_000_000n],
  ["m", 600_000_000n],
];

/** So many ticks as scenarios write a duration, exactly: `1h2m3.4567891s`. */
export function durationText(ticks: bigint): string {
  let rest = ticks;
  let text = "";
  for (const [name, size] of units) {
    const count = rest / size;
    if (count > 0n) text += `${count}${name}`;
    rest -= count * size;
  }
  const seconds = `${rest / 10_000_000n}.${String(rest % 10_000_000n).padStart(7, "0")}`;
  const short = seconds.replace(/\.?0+$/, "");
  return rest === 0n && text !== "" ? text : `${text}${short === "" ? "0" : short}s`;
}

/** `text` as Kusto writes an instant; itself where it is none. */
export function normalInstant(text: string): string {
  const ticks = parseInstant(text);
  return ticks === undefined ? text : formatInstant(ticks);
}

/** `text` as a name of a step: `DeviceProcessEvents` is `device-process-events`. */
export function stepName(text: string): string {
  const words = text
    .replaceAll(/([a-z])(?=[A-Z])/g, "$1-")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return words.replaceAll(/^-+|-+$/g, "").replace(/^(?![a-z])/, "row-");
}
