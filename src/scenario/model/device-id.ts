import { createHash } from "node:crypto";

/** The id of the device called `name`, lower case: 40 hexadecimal digits, the same in every scenario and recording. */
export function deviceIdOf(name: string): string {
  return createHash("sha1").update(name).digest("hex");
}
