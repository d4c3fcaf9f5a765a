import type { UdfTable } from "./udf.ts";

export const hashUdfs: UdfTable = {};
