import type { Platform } from "../atomic/types.ts";

/** What running a test needs to know of a machine. Plain data. */
export interface Machine {
  /** Undefined where the format of atomic tests has no name for it. */
  readonly platform: Platform | undefined;
  /** Whether kqltest has the rights of an administrator. */
  readonly elevated: boolean;
  readonly host: string;
  readonly user: string;
  /** Its own address in the network; empty where it has none. */
  readonly address: string;
  /** Folder for temporary files, absolute and without links. */
  readonly temporary: string;
}

/** What a process of a test may know of the environment; the rest, such as the tokens of a build, is none of its business. */
const passedOn: ReadonlySet<string> = new Set(
  [
    ["PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TERM", "TMPDIR"],
    ["PATHEXT", "COMSPEC", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "USERNAME"],
    ["USERPROFILE", "USERDOMAIN", "COMPUTERNAME", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA"],
    ["PROGRAMFILES", "PROGRAMFILES(X86)", "PUBLIC", "HOMEDRIVE", "HOMEPATH", "PSMODULEPATH"],
  ].flat(),
);

/** The part of `env` that processes of a test get. */
export function testEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && passedOn.has(name.toUpperCase()) ? [[name, value]] : [],
    ),
  );
}
