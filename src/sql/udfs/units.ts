import { refuseValue } from "./refuse-value.ts";
import type { UdfTable } from "./udf.ts";

/** How many of a quantity's base unit one of each unit is. */
type Units = Readonly<Record<string, number>>;

const degree = Math.PI / 180;
const inch = 0.0254;
const pound = 0.453_592_37;
const gravity = 9.806_65;
const hour = 3600;

const lengths: Units = {
  Meter: 1,
  Kilometer: 1e3,
  Hectometer: 1e2,
  Decameter: 10,
  Decimeter: 0.1,
  Centimeter: 1e-2,
  Millimeter: 1e-3,
  Micrometer: 1e-6,
  Nanometer: 1e-9,
  Inch: inch,
  Microinch: inch * 1e-6,
  Mil: inch * 1e-3,
  Hand: inch * 4,
  Foot: inch * 12,
  Yard: inch * 36,
  Fathom: inch * 72,
  Mile: inch * 63_360,
  NauticalMile: 1852,
};

/** By quantity. A unit whose factor is rounded, or is not the same in all versions of Kusto's tables, is left out. */
const quantities: Readonly<Record<string, Units>> = {
  angle: {
    Degree: degree,
    Arcminute: degree / 60,
    Arcsecond: degree / hour,
    Gradian: degree * 0.9,
    Radian: 1,
    Centiradian: 1e-2,
    Deciradian: 0.1,
    Milliradian: 1e-3,
    Microradian: 1e-6,
    Nanoradian: 1e-9,
    Millidegree: degree * 1e-3,
    Microdegree: degree * 1e-6,
    Nanodegree: degree * 1e-9,
    Revolution: degree * 360,
  },
  energy: {
    Joule: 1,
    Millijoule: 1e-3,
    Kilojoule: 1e3,
    Megajoule: 1e6,
    Gigajoule: 1e9,
    WattHour: hour,
    KilowattHour: hour * 1e3,
    MegawattHour: hour * 1e6,
    GigawattHour: hour * 1e9,
    WattDay: hour * 24,
    KilowattDay: hour * 24e3,
    Calorie: 4.184,
    Kilocalorie: 4184,
    Megacalorie: 4.184e6,
    Erg: 1e-7,
    BritishThermalUnit: 1055.055_852_62,
    KilobritishThermalUnit: 1_055_055.852_62,
  },
  force: {
    Newton: 1,
    Decanewton: 10,
    Kilonewton: 1e3,
    Meganewton: 1e6,
    Millinewton: 1e-3,
    Micronewton: 1e-6,
    Dyn: 1e-5,
    KilogramForce: gravity,
    Kilopond: gravity,
    TonneForce: gravity * 1e3,
  },
  length: lengths,
  mass: {
    Kilogram: 1,
    Hectogram: 0.1,
    Decagram: 1e-2,
    Gram: 1e-3,
    Decigram: 1e-4,
    Centigram: 1e-5,
    Milligram: 1e-6,
    Microgram: 1e-9,
    Nanogram: 1e-12,
    Tonne: 1e3,
    Kilotonne: 1e6,
    Megatonne: 1e9,
    Pound: pound,
  },
  speed: Object.fromEntries(
    Object.entries(lengths).flatMap(([unit, meters]) => [
      [`${unit}PerSecond`, meters],
      [`${unit}PerMinute`, meters / 60],
      [`${unit}PerHour`, meters / hour],
    ]),
  ),
  volume: {
    CubicMeter: 1,
    CubicKilometer: 1e9,
    CubicHectometer: 1e6,
    CubicDecimeter: 1e-3,
    CubicCentimeter: 1e-6,
    CubicMillimeter: 1e-9,
    CubicMicrometer: 1e-18,
    HectocubicMeter: 1e2,
    KilocubicMeter: 1e3,
    Liter: 1e-3,
    Megaliter: 1e3,
    Kiloliter: 1,
    Hectoliter: 0.1,
    Decaliter: 1e-2,
    Deciliter: 1e-4,
    Centiliter: 1e-5,
    Milliliter: 1e-6,
    Microliter: 1e-9,
    MetricCup: 2.5e-4,
    MetricTeaspoon: 5e-6,
    // What Kusto divides by, and not the unit's definition.
    AcreFoot: 1 / 0.000_810_714,
  },
};

/** A temperature's scale: kelvins a degree, and the degree of absolute zero. */
const temperatures: Readonly<Record<string, { readonly size: number; readonly zero: number }>> = {
  Kelvin: { size: 1, zero: 0 },
  DegreeCelsius: { size: 1, zero: -273.15 },
  DegreeFahrenheit: { size: 5 / 9, zero: -459.67 },
  DegreeRankine: { size: 5 / 9, zero: 0 },
};

/** The units of `quantity`, `temperature` among them. */
export function unitsOf(quantity: string): readonly string[] {
  return Object.keys(quantity === "temperature" ? temperatures : (quantities[quantity] ?? {}));
}

function convert(
  quantity: string,
  value: number,
  ...[from = "", to = ""]: readonly string[]
): number {
  const units = quantities[quantity] ?? {};
  const [given, wanted] = [units[from], units[to]];
  if (given === undefined || wanted === undefined) {
    return refuseValue(`a conversion of the unit \`${given === undefined ? from : to}\``);
  }
  return (value * given) / wanted;
}

function convertTemperature(value: number, from: string, to: string): number {
  const [given, wanted] = [temperatures[from], temperatures[to]];
  if (given === undefined || wanted === undefined) {
    return refuseValue(`a conversion of the unit \`${given === undefined ? from : to}\``);
  }
  return ((value - given.zero) * given.size) / wanted.size + wanted.zero;
}

export const unitUdfs: UdfTable = {
  kql_convert: { takes: ["text", "real", "text", "text"], gives: "real", call: convert },
  kql_convert_temperature: {
    takes: ["real", "text", "text"],
    gives: "real",
    call: convertTemperature,
  },
};
