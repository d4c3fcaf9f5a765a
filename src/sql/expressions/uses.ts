import { macros as ownMacros } from "../macros/index.ts";
import type { MacroTable } from "../macros/macro.ts";

/** How often a name is evaluated in an SQL expression once all macros in it are expanded. */
export interface Uses {
  readonly count: number;
  /** True if one of them is inside `TRY` or a lambda, where DuckDB accepts no subquery. */
  readonly guarded: boolean;
}

/** The macros among DuckDB's own functions that repeat a parameter. */
export const duckdbMacros: MacroTable = {
  array_pop_back: { parameters: ["arr"], sql: "arr[:len(arr) - 1]" },
  array_to_string: { parameters: ["arr", "sep"], sql: "CASE WHEN len(arr) = 0 THEN '' ELSE list_aggr(arr, 'string_agg', sep) END" }, // oxfmt-ignore
  fmod: { parameters: ["x", "y"], sql: "x - y * floor(x / y)" },
  nullif: { parameters: ["a", "b"], sql: "CASE WHEN a = b THEN NULL ELSE a END" },
  split_part: { parameters: ["s", "d", "p"], sql: "CASE WHEN s IS NOT NULL AND d IS NOT NULL AND p IS NOT NULL THEN coalesce(string_split(s, d)[p], '') END" }, // oxfmt-ignore
};

const macros: MacroTable = { ...duckdbMacros, ...ownMacros };

const none: Uses = { count: 0, guarded: false };

/** An open bracket of the text that is scanned. */
interface Frame {
  /** The macro whose arguments it encloses. */
  readonly macro?: string;
  /** How often the text inside is evaluated; by argument if it encloses those of a macro. */
  readonly weight: number;
  guarded: boolean;
  argument: number;
}

const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_]\w*|[()[\]{},]/g;

/** The uses of each of `names` in `sql`. String literals and quoted identifiers are no names. */
export function usesOf(sql: string, names: ReadonlySet<string>): ReadonlyMap<string, Uses> {
  const found = new Map<string, Uses>();
  const frames: Frame[] = [{ weight: 1, guarded: false, argument: 0 }];
  let word = "";
  for (const { 0: token } of sql.matchAll(tokens)) {
    const frame = frames.at(-1);
    if (frame === undefined) throw new Error(`unbalanced brackets in ${sql}`);
    switch (token) {
      case "(":
      case "[":
      case "{":
        frames.push(frameOf(frame, token === "(" ? word : ""));
        break;
      case ")":
      case "]":
      case "}":
        frames.pop();
        break;
      case ",":
        frame.argument++;
        break;
      case "lambda":
        frame.guarded = true;
        break;
      default:
        if (names.has(token)) found.set(token, added(found.get(token) ?? none, here(frame)));
    }
    word = token;
  }
  return found;
}

function added(before: Uses, { count, guarded }: Uses): Uses {
  return { count: before.count + count, guarded: before.guarded || guarded };
}

/** What one use at the current place of `frame` counts as. */
function here({ macro, weight, guarded, argument }: Frame): Uses {
  if (macro === undefined) return { count: weight, guarded };
  const parameter = macros[macro]?.parameters[argument];
  const inside = parameter === undefined ? none : (parameterUses(macro).get(parameter) ?? none);
  return { count: weight * inside.count, guarded: guarded || inside.guarded };
}

function frameOf(outer: Frame, name: string): Frame {
  const { count, guarded } = here(outer);
  return {
    ...(name in macros ? { macro: name } : {}),
    weight: count,
    guarded: guarded || name === "TRY",
    argument: 0,
  };
}

const known = new Map<string, ReadonlyMap<string, Uses>>();

/** How often a macro evaluates each of its parameters. */
function parameterUses(macro: string): ReadonlyMap<string, Uses> {
  const before = known.get(macro);
  if (before !== undefined) return before;
  const { parameters = [], sql = "" } = macros[macro] ?? {};
  const uses = usesOf(sql, new Set(parameters));
  known.set(macro, uses);
  return uses;
}
