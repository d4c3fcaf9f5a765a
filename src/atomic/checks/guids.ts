import type { Diagnostic } from "../../base/diagnostic.ts";
import { position } from "../../base/source.ts";
import type { AtomicTechnique, AtomicTest } from "../types.ts";

/** GUIDs that more than one test of `techniques` has (KT0804), each told of at every test but the first. */
export function repeatedGuids(techniques: readonly AtomicTechnique[]): readonly Diagnostic[] {
  const first = new Map<string, { technique: AtomicTechnique; test: AtomicTest }>();
  const found: Diagnostic[] = [];
  for (const technique of techniques) {
    for (const test of technique.tests) {
      const owner = first.get(test.guid);
      if (owner === undefined) {
        first.set(test.guid, { technique, test });
        continue;
      }
      const { source } = owner.technique;
      const { line } = position(source.text, owner.test.span.start);
      found.push({
        code: "KT0804",
        message: `the GUID is that of \`${owner.test.name}\` too, at ${source.file}:${line}`,
        source: technique.source,
        span: test.span,
        hint: "draw a new one for one of them: a GUID is never used twice",
      });
    }
  }
  return found;
}
