/** Domains for organisations that do not exist; `.example` is reserved and resolves nowhere. */
export const domains: readonly string[] = [
  "contoso.example",
  "fabrikam.example",
  "northwind.example",
  "tailspin.example",
  "adatum.example",
];

/** What device names begin with. */
export const deviceKinds: readonly string[] = ["ws", "lap", "desk", "nb"];

/** The built-in accounts of Windows by the name a scenario calls them. */
export const builtInAccounts: Readonly<
  Record<string, { readonly sid: string; readonly logonId: number }>
> = {
  system: { sid: "S-1-5-18", logonId: 0x3e7 },
  "local service": { sid: "S-1-5-19", logonId: 0x3e5 },
  "network service": { sid: "S-1-5-20", logonId: 0x3e4 },
};
