/** Time limit of a query in Kusto where none is set. */
export const kustoTimeoutMs = 240_000;
