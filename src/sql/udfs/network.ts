import type { UdfTable } from "./udf.ts";

export const networkUdfs: UdfTable = {};
