import { realpathSync } from "node:fs";
import { hostname, networkInterfaces, tmpdir, userInfo } from "node:os";
import type { Platform } from "../atomic/types.ts";
import type { Machine } from "../lab/machine.ts";

const platforms: Partial<Record<NodeJS.Platform, Platform>> = {
  win32: "windows",
  darwin: "macos",
  linux: "linux",
};

/** The machine that kqltest runs on. */
export async function thisMachine(): Promise<Machine> {
  return {
    platform: platforms[process.platform],
    elevated: await isElevated(),
    host: hostname(),
    user: userInfo().username,
    address: ownAddress(),
    temporary: realpathSync(tmpdir()),
  };
}

async function isElevated(): Promise<boolean> {
  if (process.getuid !== undefined) return process.getuid() === 0;
  const { isWindowsAdministrator } = await import("../lab/scripts/elevation.ts");
  return isWindowsAdministrator();
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "";
}
