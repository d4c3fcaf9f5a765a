import { InputError } from "../base/diagnostic.ts";

/** Does `work` on a query; one whose nesting is more than the stack holds is an error of the query. */
export async function nested<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isStackOverflow(error) ? tooNested(error) : error;
  }
}

/** The same for what does not wait. */
export function nestedSync<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isStackOverflow(error) ? tooNested(error) : error;
  }
}

export function isStackOverflow(error: unknown): boolean {
  return error instanceof Error && error.message.includes("Maximum call stack size exceeded");
}

export function tooNested(cause: unknown): InputError {
  return new InputError(
    { code: "KT0306", message: "the query, or a value in it, is nested too deeply" },
    { cause },
  );
}
