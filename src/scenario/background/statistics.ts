// No recording says these numbers; they are chosen.

/** Shares of connections whose row names the host, or shows a whole URL; the others name nothing. */
// oxfmt-ignore
export const urlForms: Readonly<Record<"program" | "browser", { readonly host: number; readonly full: number }>> = {
  program: { host: 0.65, full: 0 },
  browser: { host: 0.4, full: 0.35 },
};

/** Share of connections that fail, and of encrypted ones that are seen on the wire too. */
export const failedShare = 0.02;
export const inspectedShare = 0.05;
