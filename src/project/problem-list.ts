import { InputError, mergeCases, type Diagnostic } from "../base/diagnostic.ts";

/** Mistakes gathered on the way, so that a run names all of them and not the first alone. */
export interface ProblemList {
  readonly list: Diagnostic[];
  /** What `read` gives; undefined where it throws an `InputError`, whose diagnostics are kept. */
  collect<T>(read: () => T): T | undefined;
  /** The same for what is not there at once. */
  collectAsync<T>(read: () => Promise<T>): Promise<T | undefined>;
  /** Throws one `InputError` of all that was kept. */
  throwIfAny(): void;
}

/** An empty list of mistakes. */
export function createProblemList(): ProblemList {
  const list: Diagnostic[] = [];
  return {
    list,
    collect: (read) => {
      try {
        return read();
      } catch (error) {
        keep(list, error);
        return undefined;
      }
    },
    collectAsync: async (read) => {
      try {
        return await read();
      } catch (error) {
        keep(list, error);
        return undefined;
      }
    },
    throwIfAny: () => {
      if (list.length > 0) throw new InputError(mergeCases(list));
    },
  };
}

/** Adds the diagnostics of an `InputError` to `list`; any other error is a bug and goes on. */
export function keep(list: Diagnostic[], error: unknown): void {
  if (!(error instanceof InputError)) throw error;
  for (const diagnostic of error.diagnostics) list.push(diagnostic);
}
