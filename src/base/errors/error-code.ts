/** What a diagnostic's code stands for. `docs/errors.md` is made from it. */
export interface ErrorCode {
  /** What is wrong, in a sentence or two. */
  readonly summary: string;
  /** What helps. */
  readonly fix: string;
  /** An input that gives it, which a test runs; absent where none is small enough. */
  readonly example?: ErrorExample;
}

export type ErrorExample =
  /** A query, over the tables of Defender XDR. */
  | { readonly kql: string }
  /** Files of a project, by path; the rest of it is in order. */
  | { readonly files: Readonly<Record<string, string>> }
  /** A command, in a project that is in order but for `files`. */
  | { readonly command: string; readonly files?: Readonly<Record<string, string>> };

/** Codes in ascending order. */
export type ErrorTable = Readonly<Record<string, ErrorCode>>;
