import { EngineGone } from "../../base/engine-gone.ts";
import { InputError } from "../../base/diagnostic.ts";
import { refusedValue } from "../../sql/udfs/refuse-value.ts";
import { isStackOverflow, tooNested } from "../nesting.ts";
import { outOfMemory } from "../limits.ts";

/** Does `action`, and turns what DuckDB says into an error of the query; any other error stays a bug. */
export async function guarded<T>(memoryMb: number, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    if (/Out of Memory/i.test(error.message)) throw outOfMemory(memoryMb, undefined, error);
    if (isStackOverflow(error)) throw tooNested(error);
    const refused = refusedValue(error.message);
    if (refused !== undefined) throw new InputError(refused, { cause: error });
    const pattern =
      /^Invalid Input Error: (.*(?:invalid|missing|no argument|bad|unexpected|repetition).*)$/im;
    const problem = pattern.exec(error.message)?.[1];
    if (problem !== undefined) {
      throw new InputError(
        { code: "KT0303", message: `a regular expression is not valid: ${problem}` },
        { cause: error },
      );
    }
    if (error.message.includes("database has been invalidated")) {
      throw new EngineGone(error.message, { cause: error });
    }
    const said = /^(?:[A-Z][A-Za-z]* )+Error: .*/.exec(error.message)?.[0];
    if (said === undefined) throw error;
    throw new InputError(
      {
        code: "KT0305",
        message: `the database rejects this query: ${said}`,
        hint: "report it as a bug of kqltest, with the query and this message",
      },
      { cause: error },
    );
  }
}
