import { expect, test } from "vitest";
import { checkPowershell } from "../../src/atomic/checks/powershell.ts";
import { position } from "../../src/base/source.ts";
import { techniqueOf, unmark } from "./atomics.ts";

/** A technique whose only script is `script`, in PowerShell. */
function around(script: string): string {
  const lines = script.split("\n").map((line) => `      ${line}`);
  return `attack_technique: T1102
display_name: Web Service
atomic_tests:
- name: x
  auto_generated_guid: 2f1d1a52-5a39-4a0b-8d2b-6f4b1c0f1a01
  description: x
  supported_platforms: [windows]
  input_arguments:
    value:
      description: x
      type: string
      default: a longer value than its name
  executor:
    name: powershell
    command: |
      Write-Output "#{value}"
${lines.join("\n")}
`;
}

async function findings(text: string): Promise<readonly string[]> {
  const { mistakes, doubts } = await checkPowershell(techniqueOf(text));
  return [...mistakes, ...doubts].map(({ code, message, source, span }) => {
    const { line, column } = position(source?.text ?? "", span?.start ?? 0);
    return `${line}:${column} ${code} ${message}`;
  });
}

// oxfmt-ignore
test.each([
  ["an open brace", "if ($true) »{ exit 0", "`{` is not closed"],
  ["an open parenthesis", "Write-Output »(Get-Date", "`(` is not closed"],
  ["an open brace in a closed one", "if ($true) { foreach »($x in (1..3) { $x } }", "`(` is not closed"],
  ["a brace that closes nothing", "if ($true) { exit 0 } »}", "`}` closes nothing"],
  ["an open string", "Write-Output »\"it", "the string does not end"],
  ["an apostrophe", "Write-Host Prereq»'s are not there", "the string does not end"],
  ["a string open behind an expression", "Write-Output \"$»(Get-Date) is it", "the string does not end"],
  ["an open expression in a string", "Write-Output \"$(Get-Date»\"", "the string does not end"],
  ["an open here-string", "$x = »@\"\nit\n \"@", "the here-string does not end"],
  ["a place behind a value", "Write-Output '#{value}' »(1", "`(` is not closed"],
  ["an operator without its right side", "»$x = 1 +", "it cannot be parsed from here"],
])("%s is no PowerShell", async (_, script, message) => {
  const { text, place } = unmark(around(script));
  const [first = "", ...more] = await findings(text);
  expect(first).toContain(`${place} KT0812 no valid PowerShell: `);
  expect(first).toContain(message);
  expect(more).toEqual([]);
});

// oxfmt-ignore
test.each([
  ["quotes in quotes", `$x = 'it''s' + "a ""b"" \`"c"`],
  ["brackets in strings", `$x = '(' + "{" + @'\n{(\n'@`],
  ["brackets in comments", "# it's (\n<# { #> Get-Date"],
  ["an expression in a string", `Write-Output "a $(Get-Item "b (c)" | ForEach-Object { $_ }) d"`],
  ["a name in braces", "${a(b} = 1"],
  ["an escaped quote", 'Write-Output a`"b'],
  ["a hash inside a word", "Write-Output a#b"],
  ["typographic quotes", "Write-Output “it’s”"],
  ["a web request", "Invoke-RestMethod -Uri \"https://a.example/$x\" -Headers @{ Host = 'b' } | Out-Null"],
  ["a try", "try { Get-Item x -ErrorAction Stop } catch { exit 1 } finally { $null = 1 }"],
])("%s is PowerShell", async (_, script) => {
  expect(await findings(around(script))).toEqual([]);
});

test("what the grammar does not know is a doubt and no mistake", async () => {
  const found = await findings(around('certutil.exe -urlcache -split -f "x" $env:TEMP\\x.txt'));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^17:\d+ KT0813 /);
});

test("a program gets what stands behind `--%` as it is", async () => {
  const { mistakes } = await checkPowershell(
    techniqueOf(around("cmd.exe --% /c echo (it's\nGet-Date")),
  );
  expect(mistakes).toEqual([]);
});
