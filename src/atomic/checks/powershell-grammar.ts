import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type * as TreeSitter from "@vscode/tree-sitter-wasm";
import type { Span } from "../../base/source.ts";

type Node = TreeSitter.Node;

/** Where the grammar of PowerShell does not follow a script. */
export interface GrammarProblem {
  readonly span: Span;
  /** False near a command's arguments: there the grammar does not know all that PowerShell takes, such as a `-split` that is no operator. */
  readonly certain: boolean;
}

export interface PowershellGrammar {
  /** The first place that the grammar cannot follow. */
  check(text: string): GrammarProblem | undefined;
}

let loaded: Promise<PowershellGrammar> | undefined;

/** The grammar of PowerShell; loading its WebAssembly takes a tenth of a second, so it is done once and only where a script is checked. */
export function loadPowershellGrammar(): Promise<PowershellGrammar> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<PowershellGrammar> {
  // The lexer is one huge function, and V8 would spend 15 seconds on optimising it, which the process waits for at its
  // end. The plain code of the first compiler parses a script in milliseconds.
  setFlagsFromString("--liftoff-only");
  const require = createRequire(import.meta.url);
  const main = require.resolve("@vscode/tree-sitter-wasm");
  const treeSitter = require(main) as typeof TreeSitter;
  await treeSitter.Parser.init();
  const language = await treeSitter.Language.load(
    join(dirname(main), "tree-sitter-powershell.wasm"),
  );
  const parser = new treeSitter.Parser();
  parser.setLanguage(language);
  return {
    check: (text) => {
      const tree = parser.parse(text);
      if (tree === null) return undefined;
      try {
        const node = tree.rootNode.hasError ? firstError(tree.rootNode) : undefined;
        return node === undefined ? undefined : problemAt(node);
      } finally {
        // Its memory is WebAssembly's and not collected.
        tree.delete();
      }
    },
  };
}

function firstError(node: Node): Node | undefined {
  if (node.isError || node.isMissing) return node;
  for (const child of node.children) {
    const found = child !== null && child.hasError ? firstError(child) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function problemAt(node: Node): GrammarProblem {
  return {
    span: { start: node.startIndex, end: Math.max(node.startIndex + 1, node.endIndex) },
    certain: !isNearCommand(node),
  };
}

function isNearCommand(node: Node): boolean {
  const isCommand = ({ type }: Node): boolean =>
    /^(command|generic_token|verb|redirection|label|file_redirection)/.test(type);
  for (let above: Node | null = node; above !== null; above = above.parent) {
    if (isCommand(above)) return true;
  }
  const holdsCommand = (inner: Node): boolean =>
    isCommand(inner) || inner.children.some((child) => child !== null && holdsCommand(child));
  return holdsCommand(node);
}
