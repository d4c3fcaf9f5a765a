import { execa } from "execa";

/** Whether kqltest runs with the rights of an administrator of Windows: only they may list sessions. */
export async function isWindowsAdministrator(): Promise<boolean> {
  const { exitCode } = await execa("net", ["session"], { reject: false, windowsHide: true });
  return exitCode === 0;
}
