import type { CaseVariables } from "../../scenario/definitions/module-scenarios.ts";
import type { Row, Value } from "../../schema/types.ts";
import { maxScenarioLength, type ModuleProblem } from "./messages.ts";
import { ModuleFailure } from "./module-process.ts";

/** As many cases as a file may describe, and as many rows as a reference may give for one scenario. */
const most = { cases: 50_000, rows: 100_000, text: 2000, depth: 64 };

/** The cases that a module defines; null for a single scenario. Throws a `ModuleFailure` for any other reply. */
export function casesOf(reply: unknown): readonly CaseVariables[] | null {
  const { cases } = replyOf(reply, "opened");
  if (cases === null) return null;
  if (!Array.isArray(cases)) throw noData("cases that are no list");
  if (cases.length > most.cases) {
    throw noData(`${cases.length} cases, and ${most.cases} are the most`);
  }
  return cases.map((one: unknown, index) => {
    if (!isRecord(one) || !Object.values(one).every(isVariable)) {
      throw noData(`a case ${index + 1} that is no object of texts, numbers, booleans and nulls`);
    }
    return one as CaseVariables;
  });
}

/** True for the reply of a module that is loaded. Throws a `ModuleFailure` for any other. */
export function openedOf(reply: unknown): true {
  replyOf(reply, "opened");
  return true;
}

/** The next scenarios of a module, `wanted` at most: the JSON of each, or what is wrong with it. Throws a `ModuleFailure` for any other reply. */
export function madeOf(reply: unknown, wanted: number): readonly (string | ModuleProblem)[] {
  const { scenarios } = replyOf(reply, "made");
  if (!Array.isArray(scenarios) || scenarios.length === 0 || scenarios.length > wanted) {
    throw noData("scenarios that were not asked for");
  }
  return scenarios.map((one: unknown) => {
    if (typeof one !== "string") return problemOf(one);
    if (one.length > maxScenarioLength || !isScenarioText(one)) {
      throw noData("a scenario that is no JSON, or too large");
    }
    return one;
  });
}

/** The rows of a reference for `count` scenarios. Throws a `ModuleFailure` for any other reply. */
export function rowsOf(reply: unknown, count: number): readonly (readonly Row[])[] {
  const { rows } = replyOf(reply, "rows");
  if (!Array.isArray(rows) || rows.length !== count) throw noRows("rows that were not asked for");
  return rows.map((list: unknown) => {
    if (!Array.isArray(list)) throw noRows("no list of rows");
    if (list.length > most.rows) {
      throw noRows(`${list.length} rows for one scenario, and ${most.rows} are the most`);
    }
    return list.map((row: unknown, index) => {
      if (isRecord(row) && Object.values(row).every((value) => isValue(value, 0))) {
        return row as Row;
      }
      throw noRows(`a row ${index + 1} that is no object of values as JSON has them`);
    });
  });
}

function replyOf(reply: unknown, kind: string): Readonly<Record<string, unknown>> {
  if (!isRecord(reply)) throw noData("a message that is none of kqltest");
  if (reply["kind"] === "failed") throw new ModuleFailure(problemOf(reply["problem"]));
  if (reply["kind"] !== kind) throw noData("a message that was not asked for");
  return reply;
}

function problemOf(problem: unknown): ModuleProblem {
  if (!isRecord(problem)) throw noData("a message that is none of kqltest");
  const { code, message, hint } = problem;
  if (typeof message !== "string" || typeof code !== "string" || !/^KT(?:055|071)\d$/.test(code)) {
    throw noData("a message that is none of kqltest");
  }
  const short = { code, message: message.slice(0, most.text) };
  return typeof hint === "string" ? { ...short, hint: hint.slice(0, most.text) } : short;
}

function noData(what: string): ModuleFailure {
  return new ModuleFailure({
    code: "KT0712",
    message: `the module gave ${what}`,
    hint: "export plain data: `defineScenario({ … })` or `defineScenarios({ … })`",
  });
}

function noRows(what: string): ModuleFailure {
  return new ModuleFailure({ code: "KT0711", message: `the reference gave ${what}` });
}

/** A plain object without the one key that would change what the object is where it is copied. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) === Object.prototype && !Object.hasOwn(value, "__proto__");
}

function isVariable(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  return typeof value === "number" && Number.isFinite(value);
}

/** Whether `value` may stand in a row; what is undefined is left out. */
function isValue(value: unknown, depth: number): value is Value | undefined {
  if (value === undefined || typeof value === "number" || isVariable(value)) return true;
  if (depth > most.depth) return false;
  const nested = Array.isArray(value) || isRecord(value) ? Object.values(value) : undefined;
  return nested?.every((one) => isValue(one, depth + 1)) ?? false;
}

/** Whether `text` is an object in JSON, and has no key that would change what an object is. */
function isScenarioText(text: string): boolean {
  try {
    return isRecord(JSON.parse(text)) && !hasProtoKey(text);
  } catch {
    return false;
  }
}

function hasProtoKey(text: string): boolean {
  // Most texts have neither; an underscore may be escaped.
  if (!/__proto__|\\u005f/i.test(text)) return false;
  let found = false;
  JSON.parse(text, (key, value: unknown) => {
    found ||= key === "__proto__";
    return value;
  });
  return found;
}
