import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFleet, machineAt } from "../../../src/scenario/background/fleet.ts";
import { profiles } from "../../../src/scenario/background/profiles.ts";
import { profileNames } from "../../../src/scenario/background/profile-names.ts";
import type { Image } from "../../../src/scenario/background/tree.ts";

interface Habit {
  readonly image: Image;
  readonly hosts: ReadonlySet<string>;
}

/** What the machines of all profiles do, by program. */
const habits = new Map<string, Habit[]>();
for (const profile of profileNames) {
  const fleet = createFleet(7, [{ profile, weight: 1 }]);
  for (let index = 0; index < 40; index++) {
    for (const { image, hosts } of machineAt(fleet, index).habits) {
      const known = habits.get(image.file.name) ?? [];
      habits.set(image.file.name, known);
      known.push({ image, hosts: new Set(hosts.map(({ forms }) => forms.host.host)) });
    }
  }
}

// Programs that talk to web services where nothing is wrong: their parents, folder, account, company and a host.
// oxfmt-ignore
const known: readonly (readonly [name: string, parents: string, folder: string, account: string, company: string, host: string])[] = [
  ["OneDrive.exe",            "explorer.exe",          "AppData\\Local\\Microsoft\\OneDrive", "user", "Microsoft Corporation", "onedrive.live.com"],
  ["OneDrive.exe",            "explorer.exe",          "AppData\\Local\\Microsoft\\OneDrive", "user", "Microsoft Corporation", "api.onedrive.com"],
  ["Microsoft.SharePoint.exe", "OneDrive.exe",         "AppData\\Local\\Microsoft\\OneDrive", "user", "Microsoft Corporation", "graph.microsoft.com"],
  ["ms-teams.exe",            "explorer.exe",          "Program Files\\WindowsApps\\MSTeams", "user", "Microsoft Corporation", "graph.microsoft.com"],
  ["msedgewebview2.exe",      "msedgewebview2.exe",    "Program Files (x86)\\Microsoft\\EdgeWebView", "user", "Microsoft Corporation", "graph.microsoft.com"],
  ["Teams.exe",               "Teams.exe",             "AppData\\Local\\Microsoft\\Teams", "user", "Microsoft Corporation", "graph.microsoft.com"],
  ["OUTLOOK.EXE",             "explorer.exe",          "Microsoft Office\\root\\Office16", "user", "Microsoft Corporation", "graph.microsoft.com"],
  ["GitHubDesktop.exe",       "GitHubDesktop.exe",     "AppData\\Local\\GitHubDesktop", "user", "GitHub, Inc.", "api.github.com"],
  ["git-remote-https.exe",    "git.exe",               "Program Files\\Git", "user, network service", "The Git Development Community", "github.com"],
  ["Code.exe",                "Code.exe",              "AppData\\Local\\Programs\\Microsoft VS Code", "user", "Microsoft Corporation", "gist.github.com"],
  ["node.exe",                "cmd.exe, Runner.Worker.exe", "Program Files\\nodejs", "user, network service", "Node.js", "registry.npmjs.org"],
  ["python.exe",              "cmd.exe",               "AppData\\Local\\Programs\\Python", "user", "Python Software Foundation", "pypi.org"],
  ["python.exe",              "cmd.exe",               "AppData\\Local\\Programs\\Python", "user", "Python Software Foundation", "storage.googleapis.com"],
  ["Dropbox.exe",             "explorer.exe",          "Program Files (x86)\\Dropbox", "user", "Dropbox, Inc.", "content.dropboxapi.com"],
  ["GoogleDriveFS.exe",       "explorer.exe",          "Program Files\\Google\\Drive File Stream", "user", "Google LLC", "drive.google.com"],
  ["slack.exe",               "slack.exe",             "AppData\\Local\\slack", "user", "Slack Technologies Inc.", "slack.com"],
  ["Discord.exe",             "Discord.exe",           "AppData\\Local\\Discord", "user", "Discord Inc.", "cdn.discordapp.com"],
  ["Notion.exe",              "Notion.exe",            "AppData\\Local\\Programs\\Notion", "user", "Notion Labs, Incorporated", "api.notion.so"],
  ["Zoom.exe",                "Zoom.exe",              "AppData\\Roaming\\Zoom", "user", "Zoom Communications, Inc.", "www.googleapis.com"],
  ["Duplicati.Server.exe",    "Duplicati.WindowsService.exe", "Program Files\\Duplicati 2", "system", "Duplicati Team", "content.dropboxapi.com"],
  ["rclone.exe",              "svchost.exe",           "Tools\\rclone", "system", "https://rclone.org", "www.googleapis.com"],
  ["PRTG Probe.exe",          "services.exe",          "Program Files (x86)\\PRTG Network Monitor", "system", "Paessler AG", "api.telegram.org"],
  ["MsMpEng.exe",             "services.exe",          "ProgramData\\Microsoft\\Windows Defender\\Platform", "system", "Microsoft Corporation", "raw.githubusercontent.com"],
  ["MsSense.exe",             "services.exe",          "Program Files\\Windows Defender Advanced Threat Protection", "system", "Microsoft Corporation", "winatp-gw-weu.microsoft.com"],
  ["Runner.Listener.exe",     "RunnerService.exe",     "actions-runner\\bin", "network service", "GitHub", "api.github.com"],
];

describe.each(known)("%s", (name, parents, folder, account, company, host) => {
  const own = habits.get(name) ?? [];

  test(`talks to ${host}`, () => {
    expect(own.some(({ hosts }) => hosts.has(host))).toBe(true);
  });

  test("has its parents, folder, account and company", () => {
    for (const { image } of own) {
      expect(parents.split(", ")).toContain(image.parent?.file.name);
      expect(image.file.path).toContain(`\\${folder}`);
      expect(account.split(", ")).toContain(image.account.alias);
      expect(image.file.version?.[0]).toBe(company);
    }
  });
});

test("somebody talks to each web service of the rule T1102 where nothing is wrong", () => {
  const rule = readFileSync(
    join(import.meta.dirname, "../../../rules/T1102-web-service/rule.yaml"),
    "utf8",
  );
  const list = /WebServiceDomains = dynamic\(\[([^\]]+)\]/.exec(rule)?.[1] ?? "";
  const services = [...list.matchAll(/"([^"]+)"/g)].map(([, host = ""]) => host);
  expect(services.length).toBe(25);
  const reached = Object.values(profiles).flatMap(({ activities }) =>
    activities.flatMap(({ hosts }) => Object.keys(hosts ?? {})),
  );
  const missing = services.filter(
    (service) => !reached.some((host) => host === service || host.endsWith(`.${service}`)),
  );
  // The site is gone.
  expect(missing).toEqual(["ghostbin.co"]);
});
