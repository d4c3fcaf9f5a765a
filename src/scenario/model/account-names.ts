import { hash32 } from "../../base/random.ts";

/** `amoreau`: the first letter and the last name, at most 20 characters as Windows has it. */
export function accountNameOf({
  first,
  last,
}: {
  readonly first: string;
  readonly last: string;
}): string {
  return `${first.slice(0, 1)}${last}`
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .slice(0, 20);
}

/** The short name of a domain. */
export function netbiosOf(domain: string): string {
  return domain.split(".")[0] ?? domain;
}

/** A domain account's SID: the middle is the domain's, the end the account's, and both are the same in every scenario. */
export function domainSid(domain: string, name: string): string {
  const middle = [0, 1, 2].map((part) => hash32(`sid/${part}/${domain}`));
  return `S-1-5-21-${middle.join("-")}-${1100 + (hash32(`rid/${domain}/${name}`) % 8000)}`;
}
