import { alternatives, mapTexts, type Transformation } from "./transformation.ts";

/** Devices under other names and ids, wherever these stand as words. */
export const deviceRename: Transformation = {
  name: "device-rename",
  description: "other names and ids of the devices",
  renames: true,
  apply: ({ events, names: { devices, deviceIds } }) => {
    const renamed = new Map<string, string>([
      ...devices.map((name) => [name, name.replace(/^[^.]+/, "$&-b")] as const),
      ...deviceIds.map((id) => [id, nextDigits(id)] as const),
    ]);
    if (renamed.size === 0) return events;
    const words = [...renamed.keys()];
    const pattern = new RegExp(`(?<![\\w.-])(?:${alternatives(words)})(?![\\w-])`, "g");
    return mapTexts(events, (text) => {
      const whole = renamed.get(text);
      // Most texts have none of the names in them, and the pattern is slow to find that out.
      if (whole !== undefined || !words.some((word) => text.includes(word))) return whole ?? text;
      return text.replace(pattern, (found) => renamed.get(found) ?? found);
    });
  },
};

/** Each digit the next one of the sixteen: different ids stay different, and look as before. */
function nextDigits(id: string): string {
  return id.replaceAll(/[0-9a-f]/g, (digit) =>
    ((Number.parseInt(digit, 16) + 1) % 16).toString(16),
  );
}
