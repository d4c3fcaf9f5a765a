import { alternatives, mapTexts, type Transformation } from "./transformation.ts";

// Windows and Linux give these names to accounts of their own, not to people.
const builtIn =
  /^(?:system|local service|network service|root|administrator|dwm-\d+|umfd-\d+|.*\$)$/i;

/** People under other account names, addresses and SIDs, also in the paths of their folders. Accounts of the system stay. */
export const userRename: Transformation = {
  name: "user-rename",
  description: "other account names and SIDs of the users",
  renames: true,
  apply: ({ events, names: { accounts } }) => {
    const people = accounts.filter((name) => !builtIn.test(name));
    if (people.length === 0) return events;
    const known = new Set(people);
    // In other texts a name counts where a folder of users or an address has it: `admin` is a word as well.
    const elsewhere = new RegExp(
      `(?:(?<=(?:Users|home)[\\\\/])|^)(?:${alternatives(people)})(?=[\\\\/]|@)`,
      "gi",
    );
    return mapTexts(events, (text, column) => {
      if (column.endsWith("AccountName")) return known.has(text) ? `${text}2` : text;
      if (column.endsWith("AccountSid")) return otherSid(text);
      return /[\\/@]/.test(text) ? text.replace(elsewhere, "$&2") : text;
    });
  },
};

/** Another relative id of the same domain, for an account that a person made. */
function otherSid(sid: string): string {
  return sid.replace(/^(S-1-(?:5-21|12-1)-.*-)(\d{4,})$/, (_, domain: string, id: string) => {
    return `${domain}${Number(id) + 1}0`;
  });
}
