import type { UdfTable } from "./udf.ts";

export const textUdfs: UdfTable = {};
