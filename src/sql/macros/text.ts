import type { MacroTable } from "./macro.ts";

export const textMacros: MacroTable = {};
