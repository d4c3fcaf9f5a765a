import { isIP } from "node:net";
import { suggestion } from "../../../base/text.ts";
import type { YamlPath } from "../../../base/yaml.ts";
import type { Context } from "../../resolve/resolve-reference.ts";
import type { Run } from "../../generate/step-run.ts";

/** The far end of something on the network: an address, or a device of the scenario. */
export type FarEnd =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "device"; readonly alias: string };

/** The far end that `text` names; anything else is noted at `path`. */
export function resolveFarEnd(text: string, path: YamlPath, { actors, problems }: Context): FarEnd {
  if (isIP(text) !== 0) return { kind: "address", address: text };
  if (actors.devices.has(text)) return { kind: "device", alias: text };
  const guess = suggestion(text, [...actors.devices.keys()]);
  problems.at(path, "KT0522", {
    message: `\`${text}\` is neither an IP address nor a device`,
    hint: guess ?? "write an address such as `203.0.113.9`, or the name of a device",
  });
  return { kind: "address", address: text };
}

/** The address of `end`, and its name where it is a device. */
export function placeOf(
  end: FarEnd,
  { world }: Run,
): { readonly address: string; readonly name?: string } {
  if (end.kind === "address") return { address: end.address };
  const device = world.devices.get(end.alias);
  if (device === undefined) throw new Error(`no device: ${end.alias}`);
  return { address: device.ip, name: device.name };
}
