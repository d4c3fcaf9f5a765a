import type { Random } from "../../base/random.ts";
import type { Draw } from "../model/draw.ts";
import { atShare, portSteps } from "../facts/measured.ts";
import { second } from "../model/moment.ts";
import type { Device } from "./incident-world.ts";

/** The ports that Windows gives to connections of its own. */
export const ephemeralPorts = { first: 49_152, count: 16_384 } as const;

/** The ephemeral port `distance` after `port`; after the last comes the first. */
export function portAfter(port: number, distance: number): number {
  const { first, count } = ephemeralPorts;
  return first + ((port - first + distance) % count);
}

/** How far the port of the next connection of a device is: they are given out one after the other, and few are given to what no row tells of. */
export function portStep(random: Random): number {
  return Math.floor(atShare(portSteps, random.next()));
}

/** The local ports of a scenario's devices. */
export interface Ports {
  /** The port of the next connection of a device. Ask in order of time. */
  next(of: { readonly device: Device; readonly time: number }): number;
}

/** Ports drawn from `draw`; while nothing is told of a device, a connection a minute takes one. */
export function createPorts(draw: Draw): Ports {
  const last = new Map<string, { readonly port: number; readonly time: number }>();
  const random = (key: string): Random => draw.random(`port/${key}`);
  return {
    next: ({ device: { alias }, time }) => {
      const before = last.get(alias);
      const port =
        before === undefined
          ? portAfter(ephemeralPorts.first, random(alias).integer(0, ephemeralPorts.count - 1))
          : portAfter(
              before.port,
              portStep(random(`${alias}/${time}`)) +
                Math.floor((time - before.time) / (60 * second)),
            );
      last.set(alias, { port, time });
      return port;
    },
  };
}
