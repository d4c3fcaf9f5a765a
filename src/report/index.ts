import { jsonReporter } from "./json.ts";
import type { Reporter } from "./reporter.ts";
import { textReporter } from "./text.ts";

/** Every reporter; the first is the default. */
export const reporters: readonly Reporter[] = [textReporter, jsonReporter];
