import { suggestion } from "../../base/text.ts";
import { holdsRounded } from "../../base/json.ts";
import type { YamlPath } from "../../base/yaml.ts";
import type { Table } from "../../schema/tables.ts";
import { formatInstant, parseInstant, parseTimespan } from "../../schema/time.ts";
import type { KqlType, Value } from "../../schema/types.ts";
import type { ColumnValue } from "./incident.ts";
import { parseMoment } from "./moment.ts";
import type { Problems } from "./problems.ts";

/** The columns that a step sets on its row of `table`, each checked against the table; mistakes go to `problems`. */
export function resolveColumns(
  columns: Readonly<Record<string, unknown>> | undefined,
  place: { readonly table: Table; readonly path: YamlPath },
  problems: Problems,
): ReadonlyMap<string, ColumnValue> {
  const resolved = new Map<string, ColumnValue>();
  const { columns: known } = place.table;
  for (const [name, value] of Object.entries(columns ?? {})) {
    const column = known.find((candidate) => candidate.name === name);
    if (column === undefined) {
      problems.atKey([...place.path, name], "KT0508", {
        message: `table \`${place.table.name}\` has no column \`${name}\``,
        hint: suggestion(
          name,
          known.map((candidate) => candidate.name),
        ),
      });
      continue;
    }
    const converted = convert(value, column.type, name);
    if (converted !== undefined) resolved.set(name, converted);
    else {
      problems.at([...place.path, name], "KT0509", {
        message: `column \`${name}\` is of type \`${column.type}\`, found ${describe(value)}`,
        hint: examples[column.type],
      });
    }
  }
  return resolved;
}

const examples: Readonly<Record<KqlType, string>> = {
  bool: "write `true` or `false`",
  int: "write a whole number of 32 bits",
  long: "write a whole number; one above 2^53 in quotes",
  real: "write a number that is finite",
  decimal: "write a number, or its digits in quotes",
  datetime: "write a time before now such as `-2h`, or an instant such as `2024-05-01T08:30:00Z`",
  timespan: "write a duration such as `01:30:00`",
  guid: "write a GUID such as `74be27de-1e4e-49d9-b579-fe0b331d3642`",
  string: "write the value in quotes",
  dynamic: "write any YAML value, numbers beyond 2^53 in quotes",
};

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return `\`${value}\``;
  // JSON has no word for what is not finite.
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return `the ${typeof value} \`${text}\``;
}

function convert(value: unknown, type: KqlType, name: string): ColumnValue | undefined {
  if (value === null) return { kind: "value", value: null };
  if (type === "datetime") return typeof value === "string" ? instant(value) : undefined;
  // Defender's `AdditionalFields` is JSON in a string; a map is easier to write.
  if (name === "AdditionalFields" && type === "string" && typeof value === "object") {
    return holdsRounded(value) ? undefined : { kind: "value", value: JSON.stringify(value) };
  }
  return accepts(value, type) ? { kind: "value", value: value as Value } : undefined;
}

function instant(text: string): ColumnValue | undefined {
  const moment = parseMoment(text);
  if (moment?.kind === "before-now") return { kind: "instant", ticks: -moment.ticks };
  const ticks = parseInstant(text);
  return ticks === undefined ? undefined : { kind: "value", value: formatInstant(ticks) };
}

const guidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function accepts(value: unknown, type: Exclude<KqlType, "datetime">): boolean {
  switch (type) {
    case "bool":
      return typeof value === "boolean";
    case "int":
      return Number.isInteger(value) && Math.abs(Number(value)) <= 0x7fff_ffff;
    case "long":
      return (
        Number.isSafeInteger(value) || (typeof value === "string" && /^-?\d{1,19}$/.test(value))
      );
    case "real":
      return Number.isFinite(value);
    case "decimal":
      return Number.isFinite(value) || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
    case "timespan":
      return typeof value === "string" && parseTimespan(value) !== undefined;
    case "guid":
      return typeof value === "string" && guidShape.test(value);
    case "string":
      return typeof value === "string";
    default:
      return !holdsRounded(value);
  }
}
