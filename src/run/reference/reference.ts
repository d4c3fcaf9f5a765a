import type { Row, Tables } from "../../schema/types.ts";
import type { ModuleSettings } from "../../project/modules/module-options.ts";
import { withModule } from "../../project/modules/run-modules.ts";
import { openedOf, rowsOf } from "../../project/modules/replies.ts";

/** What a rule means, written a second time in TypeScript: the rows it gives for `tables`, in any order. */
export type Reference = (tables: Tables, context: { readonly now: string }) => readonly Row[];

/** The module of a reference. */
export interface ReferenceModule {
  /** Absolute path. */
  readonly path: string;
  /** What diagnostics call it. */
  readonly file: string;
  readonly rule: string;
}

/** So many rows make a batch: few messages, and each before the time limit. */
const batchRows = 20_000;

/** The rows that the reference gives for each of `scenarios`. It runs in a process of its own. Throws an `InputError` (KT0711, KT0712, KT0713). */
export function referenceRows(
  { path, file, rule }: ReferenceModule,
  input: { readonly scenarios: readonly Tables[]; readonly now: string },
  settings: ModuleSettings,
): Promise<readonly (readonly Row[])[]> {
  const module = { path, file, id: rule, kind: "reference" } as const;
  return withModule(module, settings, async (process, open) => {
    await process.ask([open], openedOf);
    const batches = batchesOf(input.scenarios);
    const rows: (readonly Row[])[] = [];
    if (batches.length === 0) return rows;
    const orders = batches.map(
      (scenarios) => ({ kind: "evaluate", now: input.now, scenarios }) as const,
    );
    let done = 0;
    return process.ask(orders, (reply) => {
      rows.push(...rowsOf(reply, batches[done++]?.length ?? 0));
      return done === batches.length ? rows : undefined;
    });
  });
}

function batchesOf(scenarios: readonly Tables[]): readonly (readonly Tables[])[] {
  const batches: Tables[][] = [];
  let rows = batchRows;
  for (const tables of scenarios) {
    if (rows >= batchRows) {
      batches.push([]);
      rows = 0;
    }
    batches.at(-1)?.push(tables);
    rows += Object.values(tables).reduce((sum, list) => sum + list.length, 1);
  }
  return batches;
}
