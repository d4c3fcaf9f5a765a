import type { ErrorCode, ErrorExample } from "./error-code.ts";
import { errorCodes } from "./index.ts";

/** `docs/errors.md`: a section for each code. */
export function renderErrors(): string {
  const sections = Object.entries(errorCodes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, error]) => renderError(code, error));
  return `# Errors

Made from the table in \`src/base/errors/\` by \`npm run docs\`. A mistake in what kqltest is given is a diagnostic: a
code, what is wrong, its place, and a hint. Every code is listed here. Each example is a test.

${sections.join("\n\n")}
`;
}

/** The section of one code. */
function renderError(code: string, { summary, fix, example }: ErrorCode): string {
  const parts = [
    `## ${code}`,
    summary,
    ...(example === undefined ? [] : renderExample(example)),
    fix,
  ];
  return parts.join("\n\n");
}

function renderExample(example: ErrorExample): readonly string[] {
  if ("kql" in example) return [block("kql", example.kql)];
  const files = Object.entries(example.files ?? {}).map(
    ([path, text]) => `\`${path}\`:\n\n${block(language(path), text)}`,
  );
  return "command" in example ? [...files, block("sh", example.command)] : files;
}

function block(kind: string, text: string): string {
  return `\`\`\`${kind}\n${text.trimEnd()}\n\`\`\``;
}

function language(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
