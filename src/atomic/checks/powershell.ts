import type { Diagnostic } from "../../base/diagnostic.ts";
import { unbalanced, type BracketProblem } from "./powershell-brackets.ts";
import { loadPowershellGrammar } from "./powershell-grammar.ts";
import { inScript, scriptsOf, type Script } from "../scripts.ts";
import type { AtomicTechnique } from "../types.ts";

/** What is wrong with the PowerShell of a technique, and what may be. */
export interface PowershellFindings {
  /** PowerShell refuses these (KT0812). */
  readonly mistakes: readonly Diagnostic[];
  /** The grammar does not follow, and it does not know all of PowerShell (KT0813). */
  readonly doubts: readonly Diagnostic[];
}

/** Checks the PowerShell of `technique` without running it: brackets and quotes by our own count, the rest by a grammar. */
export async function checkPowershell(technique: AtomicTechnique): Promise<PowershellFindings> {
  const scripts = scriptsOf(technique).filter(({ shell }) => shell === "powershell");
  const mistakes: Diagnostic[] = [];
  const doubts: Diagnostic[] = [];
  for (const script of scripts) {
    const open = unbalanced(script.filled.text);
    if (open === undefined) await checkByGrammar(script, mistakes, doubts);
    else mistakes.push(mistake(script, open));
  }
  return { mistakes, doubts };
}

async function checkByGrammar(
  script: Script,
  mistakes: Diagnostic[],
  doubts: Diagnostic[],
): Promise<void> {
  const grammar = await loadPowershellGrammar();
  const found = grammar.check(script.filled.text);
  if (found === undefined) return;
  if (found.certain) {
    mistakes.push(mistake(script, { message: "it cannot be parsed from here", span: found.span }));
    return;
  }
  doubts.push(
    inScript(script, found.span, {
      code: "KT0813",
      message: "this may be no valid PowerShell: the grammar does not follow from here",
      hint: "nothing is wrong where PowerShell takes it: the grammar does not know every form of argument",
    }),
  );
}

function mistake(script: Script, { message, span }: BracketProblem): Diagnostic {
  return inScript(script, span, { code: "KT0812", message: `no valid PowerShell: ${message}` });
}
