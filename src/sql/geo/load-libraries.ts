import { createRequire } from "node:module";
import type * as H3 from "h3-js";
import type * as S2 from "s2js";

/** Both libraries are loaded where a function first needs them: no other query pays for them. */
const require = createRequire(import.meta.url);

/** Google's library of geometry on the sphere, which Kusto uses too. */
export function loadS2(): typeof S2.s2 {
  return (require("s2js") as typeof S2).s2;
}

/** Uber's grid of hexagons. */
export function loadH3(): typeof H3 {
  return require("h3-js") as typeof H3;
}
