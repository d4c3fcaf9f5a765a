/** What a query reads of data that no fixture provides: an error, or no rows and nulls. */
export type MissingFixtures = "error" | "empty";

export interface MissingFixturesOptions {
  /** What queries read of external data (`externaldata`, watchlists) that no fixture provides. Default `error`. */
  readonly missingFixtures?: "error" | "empty";
  /** The old name of `missingFixtures`, removed in the next version. `refuse` is `error`. */
  readonly outside?: "refuse" | "empty";
}

let isWarned = false;

/** The `missingFixtures` of `options`; given as `outside`, with a warning, once a process. */
export function missingFixturesOf({
  missingFixtures,
  outside,
}: MissingFixturesOptions): MissingFixtures | undefined {
  if (outside === undefined) return missingFixtures;
  if (!isWarned) warn();
  return missingFixtures ?? (outside === "refuse" ? "error" : outside);
}

function warn(): void {
  isWarned = true;
  process.emitWarning('the option `outside` is now `missingFixtures: "error" | "empty"`', {
    type: "DeprecationWarning",
    code: "KQLTEST_OUTSIDE",
  });
}
