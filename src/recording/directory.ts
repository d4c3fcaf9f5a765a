import { builtInAccounts } from "../scenario/facts/places.ts";
import { domainSid } from "../scenario/model/account-names.ts";
import type { AccountFacts } from "./process-facts.ts";
import { knownText } from "./text-values.ts";
import type { WindowsEvent } from "./windows/windows-event.ts";

/** The accounts of a recording. */
export interface Directory {
  /** The account of a domain and a name, in Defender's lower case. */
  account(domain: string, name: string): AccountFacts;
  /**
   * The token's elevation, which Sysmon does not tell. Services and standard users have one token. An administrator's
   * is split, but for the built-in account: full where it is elevated, limited where it is not.
   */
  elevation(account: AccountFacts | undefined, integrity: string | undefined): string | undefined;
}

/** The built-in account with this SID or logon id. */
export function builtInAccount(sid: string, logonId?: number): AccountFacts | undefined {
  const found = Object.entries(builtInAccounts).find(
    ([, account]) => account.sid === sid || account.logonId === logonId,
  );
  return found && { domain: "nt authority", name: found[0], sid: found[1].sid };
}

/** The accounts that `events` speak of: some tell a SID, some that a token is split. */
export function createDirectory(events: readonly WindowsEvent[]): Directory {
  const sids = new Map<string, string>();
  const elevated = new Set<string>();
  for (const { log, id, data } of events) {
    if (log === "sysmon" && id === 1 && data["IntegrityLevel"] === "High") {
      elevated.add((data["User"] ?? "").toLowerCase());
    }
    if (log !== "security") continue;
    for (const role of ["Subject", "Target"]) {
      const sid = data[`${role}UserSid`] ?? "";
      const name = knownText(data[`${role}UserName`]);
      if (!sid.startsWith("S-1-5-21-") || name === undefined) continue;
      sids.set(`${data[`${role}DomainName`] ?? ""}\\${name}`.toLowerCase(), sid);
    }
  }
  return {
    account: (domain, name) => {
      const own = { domain: domain.toLowerCase(), name: name.toLowerCase() };
      const builtIn = Object.hasOwn(builtInAccounts, own.name)
        ? builtInAccounts[own.name]
        : undefined;
      const told = builtIn?.sid ?? sids.get(`${own.domain}\\${own.name}`);
      return { ...own, sid: told ?? domainSid(own.domain, own.name) };
    },
    elevation: (account, integrity) => {
      if (account === undefined || integrity === undefined) return undefined;
      const { domain, name, sid } = account;
      const isSplit =
        !Object.hasOwn(builtInAccounts, name) &&
        name !== "administrator" &&
        !sid.endsWith("-500") &&
        elevated.has(`${domain}\\${name}`);
      if (!isSplit) return "TokenElevationTypeDefault";
      if (integrity === "High") return "TokenElevationTypeFull";
      return integrity === "Medium" ? "TokenElevationTypeLimited" : "TokenElevationTypeDefault";
    },
  };
}
