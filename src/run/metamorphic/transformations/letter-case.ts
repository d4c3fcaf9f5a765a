import { mapTexts, type Transformation } from "./transformation.ts";

// Elsewhere than on Windows a name in other letters is the name of another file.
const windowsFile = /\.(?:exe|com|scr|dll|bat|cmd|ps1|vbs|js|hta|msi|cpl)$/i;

/** Windows file names and hosts in capitals; those that have no others, in small letters. */
export const letterCase: Transformation = {
  name: "letter-case",
  description: "file names of Windows and hosts in other letters",
  apply: ({ events }) =>
    mapTexts(events, (text, column) => {
      if (column.endsWith("FileName")) return windowsFile.test(text) ? otherCase(text) : text;
      return column === "RemoteUrl" ? otherHost(text) : text;
    }),
};

/** A path tells small letters from capitals; the scheme and the host before it do not. */
function otherHost(url: string): string {
  return url.replace(/^(?:[a-z]+:\/\/)?[^/?#]+/i, otherCase);
}

function otherCase(text: string): string {
  const capitals = text.toUpperCase();
  return capitals === text ? text.toLowerCase() : capitals;
}
