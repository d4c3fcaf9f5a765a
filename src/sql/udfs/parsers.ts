import type { UdfTable } from "./udf.ts";

export const parserUdfs: UdfTable = {};
