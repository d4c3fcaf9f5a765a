import { jsonReporter } from "./json-reporter.ts";
import type { Reporter } from "./reporter.ts";
import { textReporter } from "./text-reporter.ts";

/** Every reporter; the first is the default. */
export const reporters: readonly Reporter[] = [textReporter, jsonReporter];
