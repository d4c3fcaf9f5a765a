import type { Expr } from "../../plan/ir/types.ts";
import { argAt, textAt } from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import { literalText } from "../expressions/literals.ts";
import { stringLiteral } from "../text/quote.ts";
import type { Example, FunctionTable, ScalarFunction } from "../types.ts";
import { unitsOf } from "../udfs/units.ts";

/** Conversions between units whose factors are exact by definition. */
// oxfmt-ignore
export const unitFunctions: FunctionTable<ScalarFunction> = {
  convert_angle: conversion("angle", ["convert_angle(1.2, 'Degree', 'Arcminute')", 72]),
  convert_energy: conversion("energy", ["convert_energy(1.2, 'Joule', 'BritishThermalUnit')", 0.00113738054437598]),
  convert_force: conversion("force", ["convert_force(1.2, 'Newton', 'Decanewton')", 0.12]),
  convert_length: conversion("length", ["convert_length(1.2, 'Meter', 'Foot')", 3.9370078740157477]),
  convert_mass: conversion("mass", ["convert_mass(1.2, 'Kilogram', 'Pound')", 2.6455471462185307]),
  convert_speed: conversion("speed", ["convert_speed(1.2, 'MeterPerSecond', 'CentimeterPerHour')", 432000]),
  convert_temperature: conversion("temperature", ["convert_temperature(1.2, 'Kelvin', 'DegreeCelsius')", -271.95]),
  convert_volume: conversion("volume", ["convert_volume(1.2, 'CubicMeter', 'AcreFoot')", 0.0009728568]),
};

function conversion(quantity: string, example: Example): ScalarFunction {
  const units = unitsOf(quantity);
  const refuse = ([, ...named]: readonly Expr[]): string | undefined => {
    const unknown = named
      .map(literalText)
      .find((unit) => unit !== undefined && !units.includes(unit));
    return unknown === undefined ? undefined : `has no translation for the unit \`${unknown}\``;
  };
  return {
    refuse,
    sql: (call) => {
      const value = castSql(argAt(call, 0), "real");
      const args = `${value}, ${textAt(call, 1)}, ${textAt(call, 2)}`;
      return quantity === "temperature"
        ? `kql_convert_temperature(${args})`
        : `kql_convert(${stringLiteral(quantity)}, ${args})`;
    },
    examples: [example],
    differs: `exact for ${units.length} units; the others are refused`,
  };
}
