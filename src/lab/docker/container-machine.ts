import type { Machine } from "../machine.ts";

/** Where the atomic tests of the project are in the container. */
export const atomicsFolder = "/opt/kqltest/atomics";

/** The machine that a test sees in the container. */
export const containerMachine: Machine = {
  platform: "linux",
  elevated: true,
  host: "kqltest-lab",
  user: "root",
  address: "",
  temporary: "/tmp",
};
