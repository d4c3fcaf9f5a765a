import { argAt, literalAt, refuseCall, textAt } from "../expressions/args.ts";
import { castSql } from "../expressions/cast.ts";
import {
  asksForBorders,
  dialectProblem,
  emptyMatches,
  groupsOf,
  groupTokens,
  portablePattern,
} from "./regex-dialect.ts";
import { onceSql } from "../expressions/once.ts";
import { stringLiteral } from "./quote.ts";
import type { SqlCall } from "../types.ts";

/** DuckDB numbers no more capturing groups than these. */
const lastGroup = 9;

/** `pattern` with the group of that number as its only capturing one. RE2 has no backreferences, so that it matches the same. */
function onlyGroup(pattern: string, wanted: number): string {
  let number = 0;
  return pattern.replaceAll(groupTokens, (token: string, name: string | undefined) => {
    if (token !== "(" && name === undefined) return token;
    return ++number === wanted ? "(" : "(?:";
  });
}

/** The pattern at `index` of the arguments as SQL. */
export function patternAt(call: SqlCall, index: number): string {
  const literal = literalAt(call, index);
  return literal === undefined ? textAt(call, index) : stringLiteral(portableAt(call, literal));
}

/** The literal pattern `pattern` in RE2's spelling. */
function portableAt(call: SqlCall, pattern: string): string {
  const problem = dialectProblem(pattern);
  return problem === undefined ? portablePattern(pattern, call.context) : refuseCall(call, problem);
}

/** The text at `index` that the pattern at `pattern` is looked for in. RE2 knows the borders of ASCII words alone: it is given no others to find. */
export function subjectAt(call: SqlCall, index: number, pattern: number): string {
  const text = textAt(call, index);
  if (call.context.ascii || !asksForBorders(literalAt(call, pattern) ?? "")) return text;
  return onceSql(text, (sql) => `CASE WHEN regexp_matches(${sql}, '[^\\x00-\\x7F]') THEN kql_ascii_words(${sql}) ELSE ${sql} END`); // oxfmt-ignore
}

/** `extract`: what one group matched, in the type that is asked for. */
export function extractSql(call: SqlCall): string {
  const wanted = literalAt(call, 1);
  if (wanted === undefined) return refuseCall(call, "its capturing group is computed");
  const pattern = literalAt(call, 0);
  const groups = pattern === undefined ? undefined : groupsOf(pattern);
  const index =
    argAt(call, 1).type === "string" ? namedGroup(call, groups, wanted) : Number(wanted);
  const source = subjectAt(call, 2, 0);
  const sql = groupSql(call, { source, index, groups });
  return castSql({ ...argAt(call, 2), sql, type: "string" }, call.type);
}

interface GroupChoice {
  readonly source: string;
  readonly index: number;
  readonly groups: readonly unknown[] | undefined;
}

function groupSql(call: SqlCall, { source, index, groups }: GroupChoice): string {
  if (index < 0 || (groups !== undefined && index > groups.length)) {
    return refuseCall(call, `its pattern has no group ${index}`);
  }
  const pattern = patternAt(call, 0);
  if (groups === undefined && index > lastGroup) {
    return refuseCall(call, `it asks a computed pattern for a group beyond the ${lastGroup}th`);
  }
  if (groups === undefined || index === 0 || groups.length === 1) {
    return `regexp_extract(${source}, ${pattern}, ${index})`;
  }
  // By names DuckDB gives all groups at once: what is written the same for each of them, it computes once.
  const names = Array.from(groups, (_, at) => `'g${at + 1}'`);
  return `coalesce(regexp_extract(${source}, ${pattern}, [${names.join(", ")}]).g${index}, '')`;
}

function namedGroup(
  call: SqlCall,
  groups: readonly (string | undefined)[] | undefined,
  name: string,
): number {
  const index = groups?.indexOf(name) ?? -1;
  return index < 0 ? refuseCall(call, `its pattern has no group \`${name}\``) : index + 1;
}

/** `extract_all`: an array of what the groups matched, of arrays where there are several groups; null without a match. */
export function extractAllSql(call: SqlCall): string {
  const pattern = literalAt(call, 0);
  if (pattern === undefined) return extractComputedSql(call);
  const groups = groupsOf(pattern);
  if (groups.length === 0) return refuseCall(call, "its pattern has no capturing group");
  const chosen =
    call.args.length === 3 ? chosenGroups(call, groups) : groups.map((_, at) => at + 1);
  const source = subjectAt(call, call.args.length - 1, 0);
  const lists = chosen.map((group) => matchesSql(call, { source, pattern: 0, group }));
  // A group that has no part in a match is empty.
  const list =
    lists.length === 1
      ? `list_transform(${lists.join("")}, lambda part: coalesce(part, ''))`
      : `list_transform(list_zip(${lists.join(", ")}), lambda row: [${lists.map((_, at) => `coalesce(row[${at + 1}], '')`).join(", ")}])`;
  return `nullif(CAST(to_json(${list}) AS VARCHAR), '[]')`;
}

/** By a pattern that only a run knows, which is checked there. One group is asked for: how many it has says how the array looks. */
function extractComputedSql(call: SqlCall): string {
  const chosen: unknown = call.args.length === 3 ? JSON.parse(literalAt(call, 1) ?? "null") : null;
  const group: unknown = Array.isArray(chosen) && chosen.length === 1 ? chosen[0] : undefined;
  if (typeof group !== "number" || group < 1 || group > lastGroup) {
    return refuseCall(call, "its pattern is computed, and it does not ask for one group by number");
  }
  const text = textAt(call, 2);
  const pattern = `kql_checked_pattern(${textAt(call, 0)}, CAST(${group} AS BIGINT), ${call.context.ascii})`;
  const list = `list_transform(regexp_extract_all(${text}, ${pattern}, ${group}), lambda part: coalesce(part, ''))`;
  return `nullif(CAST(to_json(${list}) AS VARCHAR), '[]')`;
}

/** What a group matched, in a list of all matches; group 0 is the whole match. `pattern` is the argument that is the pattern. */
export function matchesSql(
  call: SqlCall,
  { source, pattern, group }: { source: string; pattern: number; group: number },
): string {
  const literal = literalAt(call, pattern);
  if (literal === undefined) return refuseCall(call, "its pattern is computed");
  const regex = patternAt(call, pattern);
  const list =
    group <= lastGroup
      ? `regexp_extract_all(${source}, ${regex}, ${group})`
      : `regexp_extract_all(${source}, ${stringLiteral(portableAt(call, onlyGroup(literal, group)))}, 1)`;
  const empty = emptyMatches(literal);
  if (empty === "never") return list;
  if (empty === "by place") {
    return refuseCall(
      call,
      "its pattern may match an empty text, depending on what stands around it",
    );
  }
  // DuckDB finds one more empty match where another match ends, which is none.
  return onceSql(
    `regexp_extract_all(${source}, ${regex}, 0)`,
    (all) => `list_filter(${list}, lambda kql_p, kql_i: kql_i = 1 OR ${all}[kql_i] <> '' OR ${all}[kql_i - 1] = '')`, // oxfmt-ignore
  );
}

function chosenGroups(call: SqlCall, groups: readonly (string | undefined)[]): readonly number[] {
  const list: unknown = JSON.parse(literalAt(call, 1) ?? "null");
  if (!Array.isArray(list) || list.length === 0) {
    return refuseCall(call, "its capturing groups are computed");
  }
  return list.map((group: unknown) => {
    if (typeof group === "string") return namedGroup(call, groups, group);
    const known = typeof group === "number" && group >= 1 && group <= groups.length;
    return known ? group : refuseCall(call, "it asks for a group that its pattern lacks");
  });
}

/** `trim` and its kin: the pattern is cut off once from the ends that are named. */
export function trimSql(call: SqlCall, ends: { start: boolean; end: boolean }): string {
  const literal = literalAt(call, 0);
  const pattern = (before: string, after: string): string =>
    literal === undefined
      ? `'${before}' || ${textAt(call, 0)} || '${after}'`
      : stringLiteral(`${before}${portableAt(call, literal)}${after}`);
  let sql = subjectAt(call, 1, 0);
  if (ends.start) sql = `regexp_replace(${sql}, ${pattern("^(?:", ")")}, '')`;
  if (ends.end) sql = `regexp_replace(${sql}, ${pattern("(?:", ")$")}, '')`;
  return sql;
}

/** `indexof_regex`: the place of one match among those that do not overlap, -1 where there are fewer; null for a place before the text. */
export function indexofRegexSql(call: SqlCall): string {
  const pattern = literalAt(call, 1);
  if (pattern === undefined) return refuseCall(call, "its pattern is computed");
  const start = wholeAt(call, 2, 0);
  const length = wholeAt(call, 3, -1);
  const occurrence = wholeAt(call, 4, 1);
  if (start < 0 || length < -1 || occurrence < 1) return "CAST(NULL AS BIGINT)";
  const cut = start > 0 || length >= 0;
  if (cut && /[\^$]|\\[bBAz]/.test(pattern)) return refuseCall(call, "its pattern asks for what stands around a part of the text"); // oxfmt-ignore
  if (occurrence > 1 && /[*?|^$]|\{0|\\[bBAz]|^$/.test(pattern)) return refuseCall(call, "its pattern may match an empty text"); // oxfmt-ignore
  const source = cut ? partSql(call, start, length) : subjectAt(call, 0, 1);
  const portable = portableAt(call, pattern);
  return onceSql(source, (text) => matchPlace(text, { portable, start, occurrence }));
}

function wholeAt(call: SqlCall, index: number, fallback: number): number {
  if (call.args[index] === undefined) return fallback;
  const written = literalAt(call, index);
  // No text is longer, and DuckDB counts in 32 bits.
  return written === undefined
    ? refuseCall(call, "it computes where to look")
    : Math.min(Number(written), 2 ** 31 - 2);
}

function partSql(call: SqlCall, start: number, length: number): string {
  const long = length < 0 ? "" : `, ${length}`;
  return `substring(${textAt(call, 0)}, ${start + 1}${long})`;
}

interface MatchPlace {
  readonly portable: string;
  readonly start: number;
  readonly occurrence: number;
}

/** What stands before a match is as long as its place: the matches before it and all between them. */
function matchPlace(text: string, { portable, start, occurrence }: MatchPlace): string {
  const upTo = stringLiteral(`(?s:(.*?))(?:${portable})`);
  const first = `length(regexp_extract(${text}, ${stringLiteral(`(?s:^(.*?))(?:${portable})(?s:.*)$`)}, 1))`;
  const before = `regexp_extract_all(${text}, ${upTo})`;
  const later = `list_sum(list_transform(${before}[:${occurrence - 1}], lambda kql_m: length(kql_m)))
    + length(regexp_extract_all(${text}, ${upTo}, 1)[${occurrence}])`;
  const found =
    occurrence === 1
      ? `regexp_matches(${text}, ${stringLiteral(portable)})`
      : `len(${before}) >= ${occurrence}`;
  const place = occurrence === 1 ? first : later;
  return `CAST(CASE WHEN ${found} THEN ${start} + ${place} ELSE -1 END AS BIGINT)`;
}
