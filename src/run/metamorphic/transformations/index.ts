import { argumentSpace } from "./argument-space.ts";
import { deviceRename } from "./device-rename.ts";
import { duplicateDelivery } from "./duplicate-delivery.ts";
import { letterCase } from "./letter-case.ts";
import { noise } from "./noise.ts";
import { rowOrder } from "./row-order.ts";
import { timeShift } from "./time-shift.ts";
import type { Transformation } from "./transformation.ts";
import { urlForm } from "./url-form.ts";
import { userRename } from "./user-rename.ts";

/** Every transformation. Rules name them under `metamorphic`: `schemas/rule.schema.json` lists them too. */
export const transformations: readonly Transformation[] = [
  letterCase,
  urlForm,
  argumentSpace,
  timeShift,
  deviceRename,
  userRename,
  rowOrder,
  duplicateDelivery,
  noise,
];
