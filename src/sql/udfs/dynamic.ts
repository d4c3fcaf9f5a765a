import type { UdfTable } from "./udf.ts";

export const dynamicUdfs: UdfTable = {};
