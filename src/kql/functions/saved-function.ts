import { plainText, type EmbeddedText } from "../../base/source.ts";
import { closingBracket } from "../brackets.ts";

/** A function that a workspace keeps under a name, for rules to call. */
export interface SavedFunction {
  readonly name: string;
  /** In their parentheses, as KQL writes them: `(T:(*), least:long = 400)`. */
  readonly parameters: string;
  /** In its braces; the binder counts places in it from the first. */
  readonly body: EmbeddedText;
}

/** The function that `text` says as KQL: `(parameters) { body }`, where parentheses without parameters may be left out. */
export function savedFunction(name: string, text: string): SavedFunction {
  const start = text.search(/\S/);
  const end = text[start] === "(" ? closingBracket(text, start) : undefined;
  const brace = text.indexOf("{", end ?? 0);
  return {
    name,
    parameters: end === undefined ? "()" : text.slice(start, end + 1),
    body: plainText(`function \`${name}\``, text.slice(Math.max(brace, 0))),
  };
}

/** The functions that `text` names, and those that they name. An export has hundreds; a query calls a few. */
export function functionsNamedIn(
  text: string,
  functions: ReadonlyMap<string, SavedFunction>,
): readonly SavedFunction[] {
  const found = new Set<SavedFunction>();
  const texts = [text];
  for (let next = texts.pop(); next !== undefined; next = texts.pop()) {
    for (const word of new Set(next.match(/[A-Za-z_]\w*/g))) {
      const named = functions.get(word);
      if (named === undefined || found.has(named)) continue;
      found.add(named);
      texts.push(named.body.text);
    }
  }
  return [...found];
}
