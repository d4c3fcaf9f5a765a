import type { MacroTable } from "./macro.ts";

export const dynamicMacros: MacroTable = {};
