import type { ExpectationKind, Finding } from "./types.ts";

/** `events`: the events behind the rows are among them, or not. */
export const events: ExpectationKind = {
  name: "events",
  check({ rows }, { events: expected }) {
    if (expected === undefined) return [];
    const behind = new Set(rows.flatMap((row) => row.events));
    const missing = (expected.include ?? []).filter((id) => !behind.has(id));
    const unwanted = (expected.exclude ?? []).filter((id) => behind.has(id));
    const findings: Finding[] = [];
    if (missing.length > 0) findings.push({ message: `no row comes from ${list(missing)}` });
    if (unwanted.length > 0) {
      findings.push({ message: `a row comes from ${list(unwanted)}, and none should` });
    }
    return findings;
  },
};

function list(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(", ");
}
